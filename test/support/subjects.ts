import type { Country, Fact, Reach } from '../../events/envelope.ts';
import { countsOf, peerOf } from '../../shared/referral/order.ts';
import { log, onward, placed, submitted } from './facts.ts';
import { later } from './people.ts';
import { acknowledged, progressed } from './steps.ts';

/** The n-th of many invented referrals. */
export const subjectNo = (n: number) => `ref_${String(n).padStart(26, '0')}`;

export const moved = (fact: Fact, subject: string, reach: Reach): Fact => ({
  ...fact,
  subject,
  reach,
  id: `${subject}/${fact.country}/${fact.seq}`,
});

/** A log of three facts, kr/1, vn/1, vn/2, under a subject of its own. */
export const threeFacts = (n: number, reach: Reach = 'both'): [Fact, Fact, Fact] =>
  onward(log(submitted()), acknowledged(), progressed()).map((fact) =>
    moved(fact, subjectNo(n), reach),
  ) as [Fact, Fact, Fact];

/** Any fact of a country that comes next in a log, some minutes after noon. */
export const nextOf = (facts: readonly Fact[], country: Country, minutes: number): Fact => {
  const [first] = facts;
  if (!first) throw new Error('a log begins somewhere');
  const counts = countsOf(facts);
  const step = country === 'kr' ? { ...acknowledged(), actor: 'kr:system' } : progressed();
  const fact = placed(step, country, counts[country] + 1, counts[peerOf(country)]);
  return { ...moved(fact, first.subject, first.reach), time: later(minutes) };
};
