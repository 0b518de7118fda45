import type { Fact, Office } from '../../events/envelope.ts';
import type { Feedback } from '../../events/referral.ts';
import { feedbackFrom } from './consent.ts';
import type { Access } from './gate.ts';
import { isNamed } from './naming-steps.ts';
import { offerIn } from './offers.ts';
import { countryOf } from './order.ts';
import type { Referral } from './state.ts';

/** Content that came with a later command: sealed whole, under the command's name. */
export type Note = {
  readonly part: string;
  readonly fact: Pick<Fact, 'actor' | 'country' | 'data'>;
};

type Rule = {
  /** The sender reads it: always, or as far as she allowed feedback. */
  readonly sender?: 'always' | readonly Feedback[];
  /** The office of the offer reads what the sender wrote about it. */
  readonly receiver?: true;
};

const outcome: readonly Feedback[] = ['outcome', 'progress'];
const progress: readonly Feedback[] = ['progress'];

/** Who reads what, beside whoever wrote it: why somebody was asked to stop is read by nobody else. */
const rules: Readonly<Record<string, Rule>> = {
  'request-information': { sender: 'always' },
  'provide-information': { receiver: true },
  decline: { sender: 'always' },
  'withdraw-acceptance': { sender: 'always' },
  close: { sender: outcome },
  reopen: { sender: outcome },
  'report-progress': { sender: progress },
  hold: { sender: progress },
  'plan-travel': { sender: outcome }, // it crosses by her consent alone
};

/** Types of the facts that come with content in the country that is not the origin: when its gate is worth asking. */
export const noted: readonly string[] = [
  'offer.information-requested.v1',
  'offer.declined.v1',
  'offer.acceptance-withdrawn.v1',
  'service.closed.v1',
  'service.reopened.v1',
  'service.progressed.v1',
  'service.held.v1',
  'offer.cancellation-refused.v1',
  'travel.planned.v1',
  'person.arrived.v1',
  'consent.recorded.v1',
  'consent.withdrawn.v1',
  'consent.override-proposed.v1',
  'consent.overridden.v1',
  'offer.cancellation-requested.v1', // by who referred her onward there
];

/** Why her consent was overridden: whoever else answers for it in that country, since an override is inside one alone. */
const bases = ['propose-override', 'approve-override'];

/** Whether an office that was let in may read this one. */
export const mayRead = (
  referral: Referral,
  office: Office,
  { as, masked }: Access,
  { part, fact }: Note,
): boolean => {
  // What was amended is read as the case file while it counts, and not after.
  if (as === 'checker' || part === 'amend' || (part === 'plan-travel' && masked)) return false;
  if (fact.actor === (office as string)) return true;
  if (bases.includes(part))
    return (
      fact.country === countryOf(office) && (as === 'sender' || isNamed(referral, '28', office))
    );
  const rule = rules[part];
  if (as === 'receiver')
    return (
      rule?.receiver === true && offerIn(referral, fact.data.offer as never)?.office === office
    );
  const { sender } = rule ?? {};
  return sender === 'always' || (sender ?? []).includes(feedbackFrom(referral, fact.country));
};
