import type { Fact } from '../../events/envelope.ts';
import type { LineId } from '../../events/referral.ts';
import { aboveOf, belowOf } from '../../shared/referral/family.ts';
import { leavingOf } from '../../shared/referral/leaving.ts';
import { isServing } from '../../shared/referral/offers.ts';
import { inOrder } from '../../shared/referral/order.ts';
import type { Referral } from '../../shared/referral/state.ts';

type Wrong = readonly string[];

type Placed = Pick<Fact, 'country' | 'seq' | 'seen'>;

/** Whether one fact was written by somebody who knew the other. */
export const knew = (late: Placed, early: Placed): boolean =>
  late.country === early.country ? late.seq > early.seq : late.seen >= early.seq;

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
export const stopsOn = (facts: readonly Fact[], referral: Referral, line: LineId): Fact[] => {
  const { offers } = referral;
  return facts.filter((fact) => {
    const { type, data } = fact;
    if (type === 'referral.entered-in-error.v1') return true;
    if (type === 'line.stopped.v1') return data.line === line;
    const { offer, lines = heldBy(facts, referral, data.offer), next } = data as Ends;
    const taken = (type: string) =>
      facts.some((f) => f.type === type && f.data.offer === offer && knew(f, fact));
    if (type === 'service.closed.v1') {
      const rows = (lines ?? []) as readonly { line: LineId; next: string }[];
      return (
        rows.some((row) => row.line === line && row.next === 'stop') &&
        !taken('service.reopened.v1')
      );
    }
    const named = (lines as readonly LineId[] | undefined)?.includes(line);
    const below = offers.find(({ id }) => id === offer);
    const family = below ? [below, ...belowOf(referral, below)].map(({ id }) => id as string) : [];
    const refused = facts.some(
      (f) =>
        f.type === 'offer.cancellation-refused.v1' &&
        family.includes(f.data.offer as string) &&
        knew(f, fact),
    );
    return next === 'stop' && named && !refused;
  });
};

/** A system’s further offer, judged by the bare facts that its country knew: nobody had said stop. */
export const wrongOffer = (facts: readonly Fact[], referral: Referral, fact: Fact): Wrong => {
  if (fact.type !== 'offer.made.v1' || !fact.actor.includes(':')) return [];
  return (fact.data.lines as readonly LineId[])
    .filter((line) => stopsOn(facts, referral, line).length > 0)
    .map((line) => `the system offered ${line} after a stop`);
};

/** The system’s choice between two that serve: who stays before who leaves, who has begun, else who was first. */
export const wrongChoice = (facts: readonly Fact[], referral: Referral, fact: Fact): Wrong => {
  if (fact.type !== 'line.placed.v1' || !fact.actor.includes(':')) return [];
  const line = fact.data.line as LineId;
  const last = (type: string, id: string) =>
    facts.findLast((f) => f.type === type && f.data.offer === id);
  const all = referral.offers.filter((o) => isServing(o) && o.lines.includes(line));
  const serving = all.filter((o) => !aboveOf(referral, o).some((above) => all.includes(above)));
  const leaves = (cause: string | undefined) => cause !== undefined && cause !== 'placed-elsewhere';
  const staying = serving.filter((offer) => !leaves(leavingOf(referral, offer)?.cause));
  const rows = (staying.length > 0 ? staying : serving).map(({ id }) => {
    const reopened = last('service.reopened.v1', id);
    const begun = reopened !== undefined || last('service.started.v1', id) !== undefined;
    return { id, begun, claim: reopened ?? (last('offer.accepted.v1', id) as Fact) };
  });
  const [first] = rows.toSorted(
    (a, b) => Number(b.begun) - Number(a.begun) || inOrder(a.claim, b.claim),
  );
  return first?.id === fact.data.offer
    ? []
    : [`${line} went to ${fact.data.offer}, not ${first?.id}`];
};
