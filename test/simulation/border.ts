import { has } from './bugs.ts';
import { DLQ_KEEPS, MINUTE, SECOND, TRIED_FOR } from './config.ts';
import type { Land } from './land.ts';
import { inside } from './plan.ts';

export type Event = {
  readonly source: string;
  readonly type: string;
  readonly text: string;
  readonly reach: string;
};

/** As in `infra/capabilities/vault.ts`. */
const erasing = ['consent.withdrawal-confirmed.v1', 'content.erased.v1'];

/** EventBridge of one country: its rules, their targets, and what it does when one cannot be reached. */
export class Bus {
  readonly notSent: { event: Event; at: number }[] = [];
  readonly #land: Land;

  constructor(land: Land) {
    this.#land = land;
  }

  put(source: string, type: string, text: string) {
    const { sim, code } = this.#land;
    const { reach } = JSON.parse(text) as { reach: string };
    const event = { source, type, text, reach };
    const own = source === `referrals.${code}` || has('border rule without source');
    if (own && (reach === 'both' || has('border rule without reach')))
      this.#times(() => this.#cross(event, sim.loop.now, this.#delay()));
    if (!source.startsWith('referrals.')) return;
    for (const name of ['FOLLOW_UP', 'VIEWS', 'FAN_OUT'] as const)
      this.#times(() => this.#land.queues[name].send(text, this.#delay()));
    if (erasing.includes(type))
      this.#times(() => this.#land.queues.ERASE.send(text, this.#delay()));
  }

  redrive() {
    const { sim } = this.#land;
    for (const { event, at } of this.notSent.splice(0))
      if (sim.loop.now - at > DLQ_KEEPS)
        sim.count('message outlived its DLQ'); // it is known to be lost
      else {
        sim.count('redrive');
        this.#cross(event, sim.loop.now, this.#delay());
      }
  }

  /** At least once. */
  #times(job: () => void) {
    const { sim } = this.#land;
    job();
    if (!sim.chance.yes(sim.plan.rates.twice)) return;
    sim.count('event twice');
    job();
  }

  #delay(): number {
    const { chance, plan, count } = this.#land.sim;
    if (!chance.yes(plan.rates.late)) return chance.between(50, 2 * SECOND);
    count('event late');
    return chance.between(MINUTE, 30 * MINUTE);
  }

  /** To the other country's border bus: tried for a day, then it waits in the DLQ of the rule. */
  #cross(event: Event, since: number, delay: number) {
    const { sim, code, peer } = this.#land;
    sim.loop.at(sim.loop.now + delay, `${code} border ${event.type}`, () => {
      const { now } = sim.loop;
      const cut = inside(sim.plan.cuts, now);
      if (!cut) {
        sim.checks.crossed(this.#land, event);
        peer.queues.INBOUND.send(`{"source":"${event.source}","detail":${event.text}}`, 50);
      } else if (now - since >= TRIED_FOR) {
        sim.count('event expired to its DLQ');
        sim.checks.lost(JSON.parse(event.text));
        if (!has('no DLQ')) this.notSent.push({ event, at: now });
      } else {
        const next = Math.min(cut.to + sim.chance.between(0, 10 * MINUTE), since + TRIED_FOR);
        this.#cross(event, since, next - now);
      }
    });
  }
}
