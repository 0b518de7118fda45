import type { Country, Instant, Ref } from '../../events/envelope.ts';
import { type Ledger, type Recorded, receivedIn } from '../ledger.ts';
import { record } from '../record.ts';
import { erasedDraft, hasErased, mayErase, mustErase } from '../referral/destroying.ts';
import { fold } from '../referral/fold.ts';

export type Eraser = {
  readonly country: Country;
  readonly ledger: Ledger;
  readonly now: () => Instant;
  /** Gives how many items it took (`vault.ts`). */
  readonly destroy: (referral: string, at: Instant) => Promise<number>;
  /** Of its documents, every version; gives how many. */
  readonly destroyFiles: (ref: Ref) => Promise<number>;
  /** Has this country looked once more for documents that were on their way. */
  readonly sweepLater: (ref: Ref) => Promise<void>;
};

/** `agreed`: when the other country said that it holds the same facts, so that what is finished may go. */
export type Asked = { readonly subject: Ref; readonly agreed?: Instant | undefined };

/**
 * Destroys first, then says so, once a country; may be repeated. Nothing where nothing calls for it, or that answer is old:
 * follow-up asks again. Gives how many items and files went, and whether it was said now.
 */
export const erase = async (
  { country, ledger, now, destroy, destroyFiles, sweepLater }: Eraser,
  { subject, agreed }: Asked,
): Promise<{ items: number; files: number; recorded: boolean } | undefined> => {
  const log = await ledger.load(subject);
  const { referral } = folded(log);
  const context = { country, at: now(), receivedAt: receivedIn(log) };
  const must = referral && mustErase(referral);
  const may = referral && agreed && mayErase(referral, context, agreed);
  if (!must && !may) return undefined;
  const items = await destroy(subject, context.at);
  const files = await destroyFiles(subject);
  const { recorded } = await record({ country, ledger, now }, subject, (before) => {
    const state = folded(before);
    return state.referral && !hasErased(state.referral, country)
      ? erasedDraft(state.referral, country)
      : undefined;
  });
  await sweepLater(subject);
  return { items, files, recorded };
};

/** Takes the documents that came while it was erased; gives how many. Nothing where nothing was. */
export const sweep = async (
  { ledger, destroyFiles }: Pick<Eraser, 'ledger' | 'destroyFiles'>,
  subject: Ref,
): Promise<number | undefined> => {
  const { referral } = folded(await ledger.load(subject));
  return referral && mustErase(referral) ? destroyFiles(subject) : undefined;
};

const folded = (log: readonly Recorded[]) => fold(log.map(({ fact }) => fact));
