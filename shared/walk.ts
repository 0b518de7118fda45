import { invalid } from './errors.ts';
import { SEGMENTS, type Slots } from './slots.ts';

/** What is done with a page of the ledger’s subjects, and after them with a page of another list, if there is one. */
type Walk<Done> = {
  readonly slots: Pick<Slots, 'scan'>;
  readonly subjects: (subjects: readonly string[]) => Promise<Done>;
  readonly after?: {
    readonly name: string;
    readonly page: (cursor?: string) => Promise<{ readonly done: Done; readonly next?: string }>;
  };
};

/** One page of a walk over everything; `next`: where the following begins, none when all is done. */
export const walkPage = async <Done extends object>(
  { slots, subjects, after }: Walk<Done>,
  from = 'ledger-0',
): Promise<Done & { readonly next?: string }> => {
  const [, part = '', cursor] = /^([a-z]+|ledger-\d)(?::([A-Za-z0-9_-]+))?$/.exec(from) ?? [];
  if (after && part === after.name) {
    const { done, next } = await after.page(cursor);
    return { ...done, ...(next && { next: `${part}:${next}` }) };
  }
  const segment = Number(/^ledger-(\d)$/.exec(part)?.[1] ?? SEGMENTS);
  if (segment >= SEGMENTS) throw invalid('/from', 'Must be the `next` of a page');
  const { heads, next } = await slots.scan(segment, cursor);
  const done = await subjects(heads.map(({ subject }) => subject));
  const following = segment + 1 < SEGMENTS ? `ledger-${segment + 1}` : after?.name;
  const place = next ? `${part}:${next}` : following;
  return { ...done, ...(place && { next: place }) };
};
