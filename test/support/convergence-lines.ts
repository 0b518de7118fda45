import type { Country, Fact } from '../../events/envelope.ts';
import type { LineId } from '../../events/referral.ts';
import { clocksOf } from '../../shared/referral/clocks.ts';
import { cancellationOf, leavingOf } from '../../shared/referral/leaving.ts';
import { claimsOn, holderOf, lineStatus } from '../../shared/referral/lines.ts';
import { isOpen, isServing } from '../../shared/referral/offers.ts';
import type { Referral } from '../../shared/referral/state.ts';
import { both, contextAt, NOW } from './convergence.ts';
import { knew, stopsOn } from './convergence-stops.ts';

type Wrong = readonly string[];

/** Where each line ended up, at rest. */
export const wrongLines = (referral: Referral, facts: readonly Fact[]): Wrong => [
  ...wrongStates(referral),
  ...wrongHolders(referral),
  ...referral.lines.flatMap(({ id }) => [
    ...stoppedInVain(referral, facts, id),
    ...staleChoice(referral, facts, id),
  ]),
];

const wrongStates = (referral: Referral): Wrong => {
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

/** Nobody is asked again after a stop; who serves goes on. */
const stoppedInVain = (referral: Referral, facts: readonly Fact[], line: LineId): Wrong => {
  const status = lineStatus(referral, line);
  const again = status === 'open' || status === 'offered';
  return again && stopsOn(facts, referral, line).length > 0
    ? [`${line} is ${status} after a stop`]
    : [];
};

/** Of two that serve a line, one after a reopening, the origin chose when it knew of that. */
const staleChoice = (referral: Referral, facts: readonly Fact[], line: LineId): Wrong => {
  const claims = claimsOn(referral, line);
  if (claims.length < 2 || lineStatus(referral, line) !== 'placed') return [];
  const reopened = claims.flatMap(
    ({ id }) =>
      facts.findLast((f) => f.type === 'service.reopened.v1' && f.data.offer === id) ?? [],
  );
  const choices = facts.filter((f) => f.type === 'line.placed.v1' && f.data.line === line);
  return choices.some((choice) => reopened.every((fact) => knew(choice, fact)))
    ? []
    : [`${line} is placed by an old choice`];
};
