import type { Fact } from '../../events/envelope.ts';
import { voidOf } from '../../shared/referral/leaving.ts';
import { isOpen, isServing, offerIn, statusOf } from '../../shared/referral/offers.ts';
import type { Referral, State } from '../../shared/referral/state.ts';
import { agreed, known, type Pair } from './convergence.ts';
import { wrongLines } from './convergence-lines.ts';
import { lostWishes } from './convergence-wishes.ts';

/** What is wrong, in words; nothing when all is well. */
type Wrong = readonly string[];

const final = ['completed', 'failed', 'rejected', 'cancelled', 'expired'];

/** One country, before and after it heard or did something; `fresh`: the facts that were new to it. */
export const wrongStep = (before: State, after: State, fresh: readonly Fact[]): Wrong => {
  const wrong: string[] = [];
  if (after.setAside.length > before.setAside.length)
    wrong.push(`set aside: ${after.setAside.join()}`);
  for (const was of before.referral?.offers ?? []) {
    const is = after.referral && offerIn(after.referral, was.id);
    if (!is) wrong.push(`offer ${was.id} disappeared`);
    else if (final.includes(statusOf(was)) && statusOf(is) !== statusOf(was)) {
      const again = fresh.some((f) => f.type === 'service.reopened.v1' && f.data.offer === was.id);
      if (!again) wrong.push(`${was.id} was ${statusOf(was)} and is ${statusOf(is)}`);
    }
  }
  return wrong;
};

/** Both countries, once all is exchanged and neither system found anything due. */
export const wrongAtRest = (pair: Pair): Wrong => {
  const { kr, vn } = pair;
  const { referral } = kr.state;
  const facts = known(pair, 'kr');
  if (!agreed(pair)) return ['not at rest'];
  if (!referral) return ['no referral'];
  const wrong: string[] = [];
  if (JSON.stringify(kr.state) !== JSON.stringify(vn.state)) wrong.push('two folds');
  if (kr.state.setAside.length > 0) wrong.push(`set aside: ${kr.state.setAside.join()}`);
  return [
    ...wrong,
    ...wrongLines(referral, facts),
    ...wrongOffers(referral),
    ...wrongFamilies(referral),
    ...lostWishes(kr.state, facts),
  ];
};

const wrongOffers = (referral: Referral): Wrong =>
  referral.offers.flatMap((offer) => [
    ...(voidOf(referral, offer) ? [`${offer.id} is void and open`] : []),
    ...(isServing(offer) && offer.lines.length === 0 ? [`${offer.id} serves nothing`] : []),
  ]);

/** Who referred her onward serves only what nobody took over, and what it has lost nobody below is asked for. */
const wrongFamilies = (referral: Referral): Wrong =>
  referral.offers.flatMap((offer) => {
    const parent = offer.partOf && offerIn(referral, offer.partOf);
    if (!parent) return [];
    const shared = offer.lines.filter((line) => isServing(parent) && parent.lines.includes(line));
    const twice = isServing(offer) && shared.length > 0;
    const lost = isOpen(offer) && shared.length < offer.lines.length;
    return [
      ...(twice ? [`${parent.id} and ${offer.id} below it serve the same`] : []),
      ...(lost ? [`${offer.id} is open, and ${parent.id} above it has let go`] : []),
    ];
  });
