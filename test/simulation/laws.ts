import { isDeepStrictEqual } from 'node:util';
import type { Fact } from '../../events/envelope.ts';
import { eraseAt, mustErase } from '../../shared/referral/destroying.ts';
import { dueNext } from '../../shared/referral/due.ts';
import { factFor, mayHear } from '../../shared/referral/fact-for.ts';
import { fold } from '../../shared/referral/fold.ts';
import { leavingOf, voidOf } from '../../shared/referral/leaving.ts';
import { lineIn, wayOf } from '../../shared/referral/lines.ts';
import { hasRefused, isOpen, isServing, offerIn, statusOf } from '../../shared/referral/offers.ts';
import { countryOf, inOrder, seenBy } from '../../shared/referral/order.ts';
import { judged } from './bugs.ts';
import { MINUTE } from './config.ts';
import type { Land } from './land.ts';
import { wrongPages, wrongRows } from './lists.ts';
import type { Sim } from './sim.ts';

/** A wake-up is set to a whole minute, and rings within the one that follows. */
const WAKING = 3 * MINUTE;

/** All invariants of a history that has healed and rests. */
export const judge = async (sim: Sim) => {
  const { kr, vn } = sim.lands;
  for (const land of sim.both)
    for (const left of land.left())
      sim.checks.violated('nothing is left in flight', `${land.code} ${left}`);
  for (const land of sim.both)
    for (const row of wrongRows(land))
      sim.checks.violated('the lists say what the ledger says', row);
  for (const land of sim.both)
    for (const list of await wrongPages(land))
      sim.checks.violated('by what is due, page by page, a list shows each referral once', list);
  for (const subject of new Set([...kr.subjects(), ...vn.subjects()])) {
    agree(sim, subject);
    for (const land of sim.both) if (land.facts(subject).length > 0) judgeLog(sim, land, subject);
  }
  answers(sim);
  webhooks(sim);
};

const ids = (facts: readonly Fact[]) =>
  facts
    .map(({ id }) => id)
    .toSorted()
    .join(' ');

/** Equal ledgers, equal folds in whatever order the facts came, nothing domestic abroad. */
const agree = (sim: Sim, subject: string) => {
  const [kr, vn] = sim.both.map((land) => land.records.arrived(subject)) as [Fact[], Fact[]];
  const reach = (kr[0] ?? vn[0])?.reach;
  if (reach !== 'both') {
    if ((reach === 'kr' ? vn : kr).length > 0)
      sim.checks.violated('nothing domestic abroad', subject);
    return;
  }
  const text = (facts: readonly Fact[]) => facts.map((fact) => JSON.stringify(fact)).toSorted();
  if (!isDeepStrictEqual(text(kr), text(vn)))
    return sim.checks.violated('the ledgers are equal', `kr holds ${ids(kr)}; vn holds ${ids(vn)}`);
  if (!isDeepStrictEqual(fold(kr), fold(vn)))
    sim.checks.violated('the countries fold alike', subject);
};

const judgeLog = (sim: Sim, land: Land, subject: string) => {
  const { checks } = sim;
  const facts = land.facts(subject);
  const { referral, setAside } = land.state(subject);
  if (!referral) return checks.violated('a log begins with a referral', `${land.code} ${subject}`);
  if (setAside.length > 0)
    checks.violated('nothing honest is set aside', `${land.code} ${setAside.join(' ')}`);
  for (const country of ['kr', 'vn'] as const) {
    const seqs = facts.filter((f) => f.country === country).map(({ seq }) => seq);
    if (seqs.some((seq, i) => seq !== i + 1))
      checks.violated('slots have no gaps', `${land.code} ${country} ${seqs}`);
  }
  const bys = facts.flatMap(({ data }) => (typeof data.by === 'string' ? [data.by] : []));
  if (new Set(bys).size < bys.length)
    checks.violated('one command is one fact', `${land.code} ${subject}`);
  const due = dueNext(land.state(subject), land.context(subject, WAKING));
  if (due)
    checks.violated(
      'nothing that is due is left undone',
      `${land.code} ${due.do} ${due.offer ?? ''} of ${subject}`,
    );
  const erase = eraseAt(referral, land.context(subject));
  if (erase && (mustErase(referral) || erase <= land.context(subject, WAKING).at))
    checks.violated('what is to be destroyed is', `${land.code} ${subject}`);
  for (const offer of referral.offers) {
    if (voidOf(referral, offer))
      checks.violated('no void offer is left open', `${land.code} ${subject} ${offer.id}`);
  }
  const refuted = facts
    .filter(({ type }) => type === 'consent.withdrawal-refuted.v1')
    .flatMap(({ data }) => data.withdrawals);
  for (const { id, settled } of referral.consent.withdrawals)
    if (settled === 'refuted' && !refuted.includes(id))
      checks.violated(
        'a closing is undone only by what had seen it',
        `${land.code} ${subject} ${id}`,
      );
  if (land.code === referral.origin) judgeStory(sim, land, subject);
};

/** The same log, fact by fact in the common order. */
const judgeStory = (sim: Sim, land: Land, subject: string) => {
  const { checks } = sim;
  const facts = land.facts(subject).toSorted(inOrder);
  const ended = new Map<string, string>();
  for (const [i, fact] of facts.entries()) {
    const { referral } = fold(facts.slice(0, i + 1));
    for (const offer of referral?.offers ?? []) {
      const [before, now] = [ended.get(offer.id), statusOf(offer)];
      if (before && before !== now && fact.type !== 'service.reopened.v1')
        checks.violated('a final state stays final', `${fact.id} ${offer.id} ${before} to ${now}`);
      if (isOpen(offer) || isServing(offer)) ended.delete(offer.id);
      else ended.set(offer.id, now);
    }
    asked(sim, fact, facts);
    if (fact.type !== 'offer.made.v1' || !fact.actor.includes(':')) continue;
    const then = fold(seenBy(fact, facts)).referral;
    for (const line of fact.data.lines as never[])
      if (!then || wayOf(then, line) !== 'next-office' || lineIn(then, line)?.stopped)
        checks.violated('no line is offered by a system after its stop', `${fact.id} ${line}`);
  }
};

/** A request leaves its trace: its offer has ended, or lost those lines, or is asked to. */
const asked = (sim: Sim, fact: Fact, facts: readonly Fact[]) => {
  if (
    fact.type !== 'offer.withdrawal-requested.v1' &&
    fact.type !== 'offer.cancellation-requested.v1'
  )
    return;
  const { referral } = fold(facts);
  const offer = referral && offerIn(referral, fact.data.offer as never);
  if (!referral || !offer) return;
  const acceptance = facts.find((f) => f.type === 'offer.accepted.v1' && f.data.offer === offer.id);
  const crossed =
    acceptance &&
    acceptance.seen < fact.seq &&
    fact.seen < acceptance.seq &&
    acceptance.country !== fact.country;
  if (crossed && fact.type === 'offer.withdrawal-requested.v1')
    sim.count('withdrawn and accepted across a cut');
  const request = offer.requests.find(({ seq }) => seq === fact.seq);
  if (request && hasRefused(offer, request)) return;
  const held = (fact.data.lines as string[]).some((line) => offer.lines.includes(line as never));
  if (held && (isOpen(offer) || (isServing(offer) && !leavingOf(referral, offer))))
    sim.checks.violated(
      'a request is answered',
      `${fact.id} on ${offer.id}, which is ${statusOf(offer)}`,
    );
};

/** Every answered command stands in every ledger of its reach, unless it had nothing to do. */
const answers = ({ checks }: Sim) => {
  for (const { land, ref, by, command, recorded } of checks.done) {
    if (!recorded) continue;
    const places = land.facts(ref)[0]?.reach === 'both' ? [land, land.peer] : [land];
    for (const place of places)
      if (!place.facts(ref).some(({ data }) => data.by === by))
        checks.violated(
          'every answered command is in every ledger of its reach',
          `${place.code} lacks ${command.do} by ${by}`,
        );
  }
};

/** Each fact at least once to each endpoint that may hear it. */
const webhooks = ({ both, checks, partners }: Sim) => {
  for (const land of both)
    for (const subject of land.subjects()) {
      const facts = land.facts(subject);
      for (const fact of facts)
        for (const office of fact.data.offices) {
          if (countryOf(office) !== land.code || !partners.has(office)) continue;
          if (partners.heard(office, fact.id) || checks.wasWithheld(office, fact.id)) continue;
          if (
            judged(() => mayHear(land.state(subject), office, fact)) &&
            factFor(office, facts, fact)
          )
            checks.violated(
              'every fact reaches every endpoint that may hear it',
              `${office} never heard ${fact.id} ${fact.type}`,
            );
        }
    }
};
