import type { Country, Fact } from '../../events/envelope.ts';
import type { LineId } from '../../events/referral.ts';
import { clocksOf } from '../../shared/referral/clocks.ts';
import { cancellationOf, leavingOf, voidOf } from '../../shared/referral/leaving.ts';
import { claimsOn, holderOf, lineStatus } from '../../shared/referral/lines.ts';
import { isOpen, isServing, offerIn, statusOf } from '../../shared/referral/offers.ts';
import type { Referral, State } from '../../shared/referral/state.ts';
import { agreed, both, contextAt, dueIn, known, NOW, type Pair } from './convergence.ts';
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

type Ends = {
  readonly offer?: string;
  readonly lines?: readonly unknown[];
  readonly next?: string;
};

/** What an office that let go of all held until then. */
const heldBy = (facts: readonly Fact[], { offers }: Referral, offer: unknown) =>
  (facts.find((f) => f.type === 'offer.accepted.v1' && f.data.offer === offer)?.data.lines ??
    offers.find(({ id }) => id === offer)?.offered) as readonly LineId[] | undefined;

/** The facts that said of a line that nobody is to be asked again, unless the same office took it up again. */
const stopsOn = (facts: readonly Fact[], referral: Referral, line: LineId): Fact[] =>
  facts.filter(({ type, data, seq, country }) => {
    if (type === 'referral.entered-in-error.v1') return true;
    if (type === 'line.stopped.v1') return data.line === line;
    const { offer, lines = heldBy(facts, referral, data.offer), next } = data as Ends;
    const taken = (type: string) =>
      facts.some(
        (f) =>
          f.type === type &&
          f.data.offer === offer &&
          (f.country === country ? f.seq > seq : f.seen >= seq),
      );
    if (type === 'service.closed.v1') {
      const rows = (lines ?? []) as readonly { line: LineId; next: string }[];
      return (
        rows.some((row) => row.line === line && row.next === 'stop') &&
        !taken('service.reopened.v1')
      );
    }
    const named = (lines as readonly LineId[] | undefined)?.includes(line);
    return next === 'stop' && named && !taken('offer.cancellation-refused.v1');
  });

/** A system’s further offer, judged by the bare facts that its country knew: nobody had said stop. */
export const wrongOffer = (facts: readonly Fact[], referral: Referral, fact: Fact): Wrong => {
  if (fact.type !== 'offer.made.v1' || !fact.actor.includes(':')) return [];
  return (fact.data.lines as readonly LineId[])
    .filter((line) => stopsOn(facts, referral, line).length > 0)
    .map((line) => `the system offered ${line} after a stop`);
};

/** Both countries, once all is exchanged and nothing is due. */
export const wrongAtRest = (pair: Pair): Wrong => {
  const { kr, vn } = pair;
  const { referral } = kr.state;
  if (!agreed(pair)) return ['not at rest'];
  if (!referral) return ['no referral'];
  const wrong: string[] = [];
  if (JSON.stringify(kr.state) !== JSON.stringify(vn.state)) wrong.push('two folds');
  if (kr.state.setAside.length > 0) wrong.push(`set aside: ${kr.state.setAside.join()}`);
  for (const country of both) if (dueIn(pair, country)) wrong.push(`${country} is not at rest`);
  return [
    ...wrong,
    ...wrongLines(referral),
    ...wrongHolders(referral),
    ...wrongOffers(referral),
    ...lostWishes(kr.state, known(pair, 'kr')),
  ];
};

const wrongLines = (referral: Referral): Wrong => {
  const clocks = both.flatMap((country: Country) =>
    clocksOf(referral, contextAt(country, NOW)).filter(({ owes }) => owes.startsWith(country)),
  );
  return referral.lines.flatMap(({ id }): string[] => {
    const status = lineStatus(referral, id);
    const owed = clocks.some(({ clock, line }) => clock === 'place' && line === id);
    const claims = claimsOn(referral, id);
    const staying = claims.filter((offer) => cancellationOf(referral, offer) === 'none');
    const begun = claims.filter(({ started }) => started);
    const asked = referral.offers.filter((o) => isOpen(o) && o.lines.includes(id));
    const deciding = asked.some((o) =>
      clocks.some(({ clock, offer }) => clock === 'decide' && offer === o.id),
    );
    if (status === 'open') return owed ? [] : [`${id} is open and nobody owes it anything`];
    if (status === 'offered') return deciding ? [] : [`${id} is offered and nobody decides`];
    if (status === 'contested')
      return begun.length > 1 && owed ? [] : [`${id} is contested at rest`];
    if (status === 'placed')
      return staying.length < 2 ? [] : [`${id} is placed with ${staying.map((o) => o.id).join()}`];
    return [];
  });
};

/** An office that was asked to leave holds no line of which another could take care. */
const wrongHolders = (referral: Referral): Wrong =>
  referral.lines.flatMap(({ id }) => {
    const serving = referral.offers.filter((o) => isServing(o) && o.lines.includes(id));
    const causes = serving.map((offer) => ({ offer, cause: leavingOf(referral, offer)?.cause }));
    const holder = causes.find(({ offer }) => offer.id === holderOf(referral, id)?.id);
    const leaves = holder?.cause !== undefined && holder.cause !== 'placed-elsewhere';
    const other = causes.find((one) => one !== holder && one.cause === 'placed-elsewhere');
    return leaves && other ? [`${id} is with ${holder.offer.id}, not with ${other.offer.id}`] : [];
  });

const wrongOffers = (referral: Referral): Wrong =>
  referral.offers.flatMap((offer) => [
    ...(voidOf(referral, offer) ? [`${offer.id} is void and open`] : []),
    ...(isServing(offer) && offer.lines.length === 0 ? [`${offer.id} serves nothing`] : []),
  ]);
