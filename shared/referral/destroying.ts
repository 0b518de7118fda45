import type { Actor, Country, Instant } from '../../events/envelope.ts';
import type { Context } from './command.ts';
import { referralStatus } from './lines.ts';
import { hadSeen, momentOf } from './order.ts';
import { readersOf } from './receipts.ts';
import { known } from './since.ts';
import type { Moment, Position, Referral } from './state.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** `lifecycle.md`, "erasing". */
const FINISHED_FOR = 15 * DAY;
/** The bus tells the vault at once: what still stands so long after was not told. */
const TOLD_WITHIN = 10 * MINUTE;
/** An answer of the other country counts as given right now for so long. */
const AGREED_FOR = 15 * MINUTE;

/** Her confirmed withdrawal left no grant, or a country has begun: nothing stays that can be opened. */
export const mustErase = ({ consent, content }: Referral): boolean =>
  consent.destroyed || content.erased.length > 0;

/** Where and when, and when the log came. */
type Here = Pick<Context, 'country' | 'at' | 'receivedAt'>;

export const hasErased = ({ content }: Referral, country: Country): boolean =>
  content.erased.some((moment) => moment.country === country);

/** The referral after a fact, with when it came to be over: that depends on all of it, so it is kept. A reopened one is not. */
export const withEnd = (before: Referral | undefined, after: Referral, fact: Fact): Referral => {
  const isAsBefore = before && decides.every((part) => before[part] === after[part]);
  if (isAsBefore) return after;
  const { ended = momentOf(fact), ...referral } = after;
  return referralStatus(after) === 'active' ? referral : { ...referral, ended };
};
type Fact = Parameters<typeof momentOf>[0];

/** What `referralStatus` reads: most facts change none of it. */
const decides = ['lines', 'offers', 'consent', 'overrides', 'error'] as const;

/**
 * From when this country's system has it destroyed; nothing once it is. What must be, where the vault was not told; what is
 * finished, in the origin alone: the other country follows its fact.
 */
export const eraseAt = (referral: Referral, context: Here): Instant | undefined => {
  const { country } = context;
  if (hasErased(referral, country)) return undefined;
  const after = (moment: Moment | undefined, time: number) =>
    moment && (new Date(Date.parse(known(moment, context)) + time).toISOString() as Instant);
  if (mustErase(referral)) return after(mustSince(referral), TOLD_WITHIN);
  return country === referral.origin ? after(referral.ended, FINISHED_FOR) : undefined;
};

const mustSince = ({ consent, content }: Referral): Moment | undefined =>
  consent.destroyedBy ?? content.erased[0];

/** Whether who destroys had seen why it must: the origin alone begins by itself. */
export const hadReason = ({ origin, consent, content }: Referral, at: Position): boolean =>
  at.country === origin ||
  [consent.destroyedBy ?? [], ...content.erased].flat().some((moment) => hadSeen(at, moment));

/** Whether the origin may destroy what is finished, now that the other country said at `agreed` that it holds the same facts. */
export const mayErase = (referral: Referral, context: Here, agreed: Instant): boolean => {
  const from = eraseAt(referral, context);
  const isFresh = Date.parse(context.at) - Date.parse(agreed) <= AGREED_FOR;
  return from !== undefined && from <= context.at && isFresh;
};

/** By the vault of a country, once; told to the sender, each office that was ever asked, and who else has read: they must destroy their copies. */
export const erasedDraft = (referral: Referral, country: Country) => ({
  type: 'content.erased.v1',
  reach: referral.reach,
  actor: `${country}:vault` as Actor,
  data: {
    offices: [
      ...new Set([
        referral.sender,
        ...referral.offers.map(({ office }) => office),
        ...readersOf(referral),
      ]),
    ],
  },
});
