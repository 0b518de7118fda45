import type { Fact } from '../../events/envelope.ts';
import type { Refused } from '../../shared/errors.ts';
import type { Command } from '../../shared/referral/command.ts';
import { factFor, hearersOf, mayHear } from '../../shared/referral/fact-for.ts';
import { fold } from '../../shared/referral/fold.ts';
import { hasTakenOver } from '../../shared/referral/handing-over.ts';
import { offerIn } from '../../shared/referral/offers.ts';
import { countryOf, peerOf } from '../../shared/referral/order.ts';
import { rules } from '../../shared/referral/rules.ts';
import type { Referral } from '../../shared/referral/state.ts';
import type { Event } from './border.ts';
import { judged } from './bugs.ts';
import { DAY, HOUR, type QueueName } from './config.ts';
import type { Given } from './desks.ts';
import type { Land } from './land.ts';
import { overlap, type Plan } from './plan.ts';
import type { Sim } from './sim.ts';

/** A take-over is done once: who repeats it is told so. */
const tookOver = (referral: Referral, { do: name, caller }: Command): boolean =>
  name === 'take-over' && 'office' in caller && hasTakenOver(referral, caller.office);

/** More facts than anybody has reason to write. */
const MOST_FACTS = 120;

/** Invariants that are looked at while things happen; the others stand in `laws.ts`. */
export class Checks {
  readonly violations: string[] = [];
  /** What was told to somebody as done. */
  readonly done: (Given & { recorded: boolean })[] = [];
  repairs = 0;
  /** Facts written, by type. */
  readonly types: Record<string, number> = {};
  readonly #sim: Sim;
  readonly #planned: Plan;
  readonly #lost = new Set<string>();

  constructor(sim: Sim) {
    this.#sim = sim;
    this.#planned = sim.plan;
  }

  violated(law: string, what: string) {
    this.#sim.trace.add(this.#sim.loop.now, `!!! ${law}: ${what}`);
    if (this.violations.length < 20) this.violations.push(`${law}: ${what}`);
  }

  /** A stream, or EventBridge, has tried for a day. */
  lost({ subject }: Fact) {
    this.#lost.add(subject);
  }

  outlived() {
    this.#lost.add('something');
  }

  get somethingLost(): boolean {
    return this.#lost.size > 0;
  }

  recorded(land: Land, fact: Fact) {
    if (fact.seq > MOST_FACTS) this.#sim.loop.endless = true;
    if (fact.country === land.code) this.types[fact.type] = (this.types[fact.type] ?? 0) + 1;
    const counts = { kr: 0, vn: 0 };
    for (const { country } of land.facts(fact.subject)) counts[country] += 1;
    if (counts[fact.country] !== fact.seq || counts[peerOf(fact.country)] < fact.seen)
      this.violated(
        'causes stand before effects',
        `${land.code} took ${fact.id} (seen ${fact.seen})`,
      );
  }

  crossed(land: Land, { source, text }: Event) {
    const { id, reach, country } = JSON.parse(text) as Fact;
    if (country !== land.code) this.violated('nothing crosses the border back', `${source} ${id}`);
    if (reach !== 'both') this.violated('nothing domestic abroad', id);
  }

  /** What the border or the bus turns away for good: nothing here is forged. */
  turnedAway(land: Land, what: string) {
    this.violated('nothing honest is turned away', `${land.code} ${what.slice(0, 120)}`);
  }

  repaired(land: Land, text: string) {
    this.repairs += 1;
    const { id, subject } = JSON.parse(text) as Fact;
    const { now } = this.#sim.loop;
    const item = land.log(subject).find(({ fact }) => fact.id === id);
    const since = Date.parse(item?.receivedAt ?? item?.fact.time ?? '');
    const { cuts, stops } = this.#planned;
    const stopped = overlap(cuts, since, now) + overlap(stops[land.code], since, now);
    if (!this.#lost.has(subject) && stopped < DAY - 2 * HOUR)
      this.violated(
        'reconcile repairs only what an outage of more than a day excuses',
        `${land.code} ${id} after ${((now - since) / HOUR).toFixed(1)} h, ${(stopped / HOUR).toFixed(1)} h of outage`,
      );
  }

  heard(office: string, id: string, body: string, before: string | undefined) {
    const cut = JSON.parse(body) as Fact;
    const land = this.#sim.lands[countryOf(office)];
    const facts = land.facts(cut.subject);
    const fact = facts.find((f) => f.id === cut.id);
    if (id !== cut.id) this.violated('a webhook is always under its own id', `${cut.id} as ${id}`);
    if (before !== undefined && before !== body)
      this.violated('a webhook never changes', `${office} ${id}`);
    const mayNow = (log: readonly Fact[]) =>
      fact !== undefined && judged(() => mayHear(fold(log), office as never, fact));
    // What comes in the moment of sending comes too late.
    const allowed = mayNow(facts) || mayNow(land.records.before(cut.subject));
    const addressed = fact && hearersOf(fold(facts), fact).includes(office as never);
    if (!allowed || !addressed)
      this.violated('nobody hears what is not for him', `${office} heard ${cut.id} ${cut.type}`);
  }

  /** A delivery that was kept back must not be for that office, now at least. */
  consumed(land: Land, name: QueueName, taken: readonly { readonly body: string }[]) {
    if (name !== 'DELIVER') return;
    for (const { body } of taken) {
      const { id } = JSON.parse(body) as { id: string };
      const item = land.dynamo.peek('deliveries', `D#${id}`)[0];
      if (item?.state?.S !== 'withheld') continue;
      const [office, subject] = [item.office?.S ?? '', item.subject?.S ?? ''];
      const facts = land.facts(subject);
      const fact = facts.find((f) => f.country === item.country?.S && `${f.seq}` === item.seq?.N);
      if (fact && !this.#withheld.has(`${office} ${fact.id}`)) {
        this.#withheld.add(`${office} ${fact.id}`);
        if (
          judged(() => mayHear(land.state(subject), office as never, fact)) &&
          factFor(office as never, facts, fact)
        )
          this.violated(
            'what an office may hear is sent',
            `${office} ${fact.id} ${fact.type} was kept back`,
          );
      }
    }
  }

  readonly #withheld = new Set<string>();
  wasWithheld(office: string, id: string): boolean {
    return this.#withheld.has(`${office} ${id}`);
  }

  answered(given: Given, recorded: boolean) {
    this.done.push({ ...given, recorded });
    if (recorded) return;
    const { land, ref, command, by, line } = given;
    const own = this.#factBy(given);
    // Nobody tried before, and nothing was there to repeat.
    if (own && line.tries === 1)
      this.violated('who recorded a fact is told so', `${command.do} by ${by}`);
    const { referral } = land.state(ref);
    const offer = referral && offerIn(referral, command.offer);
    const done = offer && rules[command.do].done?.(offer, referral);
    if (!own && !done && !(referral && tookOver(referral, command)))
      this.violated('what was answered as done was done', `${command.do} by ${by}`);
  }

  refused(given: Given, { code }: Refused) {
    if (this.#factBy(given))
      this.violated(
        'a command that took effect is not refused',
        `${given.command.do} by ${given.by}: ${code}`,
      );
  }

  #factBy({ land, ref, by }: Given): Fact | undefined {
    return land.facts(ref).find(({ data }) => data.by === by);
  }
}
