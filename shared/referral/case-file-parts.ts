import {
  CaseFile,
  type Child,
  type ConsentRecord,
  type Identity,
  type Paper,
  type SafeContact,
  type Summary,
} from '../../events/case-file.ts';
import { Amendable } from '../../events/referral.ts';

/** The parts that are sealed apart, so that each is opened only for who may read it. */
export type FilePart =
  | { readonly part: 'summary'; readonly content: Summary }
  | { readonly part: 'identity'; readonly content: Identity }
  | { readonly part: 'contact'; readonly content: SafeContact }
  | { readonly part: 'reason' | 'gbv' | 'health' | 'travel'; readonly content: string }
  | { readonly part: `child-${number}`; readonly content: Child }
  | { readonly part: 'documents'; readonly content: readonly Paper[] }
  | { readonly part: 'consent'; readonly content: ConsentRecord };

type Content<P extends FilePart['part']> = Extract<FilePart, { part: P }>['content'];

/** What is not in the file is no part. */
export const partsOf = (file: Partial<CaseFile>): FilePart[] => {
  const { summary, identity, safeContact, reason, consent, children = [], documents = [] } = file;
  const { sensitive: { gbv, health } = {}, travelDate: travel } = file;
  return [
    ...(summary ? [{ part: 'summary' as const, content: summary }] : []),
    ...(identity ? [{ part: 'identity' as const, content: identity }] : []),
    ...(safeContact ? [{ part: 'contact' as const, content: safeContact }] : []),
    ...(['reason', 'gbv', 'health', 'travel'] as const).flatMap((part) => {
      const content = { reason, gbv, health, travel }[part];
      return content === undefined ? [] : [{ part, content }];
    }),
    ...children.map((content, i) => ({ part: `child-${i + 1}` as const, content })),
    ...(documents.length > 0 ? [{ part: 'documents' as const, content: documents }] : []),
    ...(consent ? [{ part: 'consent' as const, content: consent }] : []),
  ];
};

/** Where each part that may be amended stands in a case file, and in an amendment. */
export const fields = {
  identity: 'identity',
  'safe-contact': 'safeContact',
  reason: 'reason',
} as const satisfies Readonly<Record<Amendable, keyof CaseFile>>;

/** By which name a sealed part is amended; nothing for those that stay as they were. */
export const amendedAs = (part: string): Amendable | undefined =>
  part === 'contact' ? 'safe-contact' : Amendable.safeParse(part).data;

/** The content of one part, if it is there. */
export const partIn = <P extends FilePart['part']>(
  parts: readonly FilePart[],
  name: P,
): Content<P> | undefined =>
  parts.find(({ part }) => part === name)?.content as Content<P> | undefined;

/** The children by their place, in order. */
export const childrenIn = (parts: readonly FilePart[]) =>
  parts
    .flatMap((one) => {
      const [, ordinal] = /^child-(\d+)$/.exec(one.part) ?? [];
      return ordinal ? [{ child: Number(ordinal), ...(one.content as Child) }] : [];
    })
    .toSorted((a, b) => a.child - b.child);

/** The whole file again; throws when a part is missing that every file has. */
export const caseFileOf = (parts: readonly FilePart[]): CaseFile => {
  const gbv = partIn(parts, 'gbv');
  const health = partIn(parts, 'health');
  return CaseFile.parse({
    summary: partIn(parts, 'summary'),
    identity: partIn(parts, 'identity'),
    safeContact: partIn(parts, 'contact'),
    reason: partIn(parts, 'reason'),
    ...((gbv ?? health) !== undefined && { sensitive: { gbv, health } }),
    children: childrenIn(parts).map(({ child, ...content }) => content),
    documents: partIn(parts, 'documents') ?? [],
    travelDate: partIn(parts, 'travel'),
    consent: partIn(parts, 'consent'),
  });
};
