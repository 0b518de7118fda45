import { ConflictException, type CreateScheduleCommandInput } from '@aws-sdk/client-scheduler';
import { has } from './bugs.ts';
import { HOUR, MINUTE } from './config.ts';
import type { Land } from './land.ts';

/** EventBridge Scheduler: a name once, at least one ring, within a minute or so. */
export class Scheduler {
  readonly #land: Land;
  readonly #names = new Set<string>();
  readonly #notWoken: string[] = [];

  constructor(land: Land) {
    this.#land = land;
  }

  get left(): number {
    return this.#notWoken.length;
  }

  create({ Name = '', ScheduleExpression = '', Target }: CreateScheduleCommandInput): object {
    const name = has('wake-up remembered, not computed') ? (Name.split('-')[0] ?? '') : Name;
    if (this.#names.has(name))
      throw new ConflictException({ message: 'exists', $metadata: {}, Message: 'exists' });
    this.#names.add(name);
    const at = Date.parse(`${/at\((.+)\)/.exec(ScheduleExpression)?.[1]}Z`);
    const { sim, code } = this.#land;
    const message = Target?.Input ?? '';
    const rings = at + sim.chance.between(0, MINUTE);
    sim.loop.at(rings, `${code} wake-up ${Name}`, () => this.#due(name, message), true);
    return {};
  }

  #due(name: string, message: string) {
    const { chance, plan, loop, count } = this.#land.sim;
    if (!chance.yes(plan.rates.late)) return this.#ring(name, message);
    count('wake-up late');
    const what = `${this.#land.code} late wake-up ${name}`;
    loop.at(loop.now + chance.between(0, 2 * HOUR), what, () => this.#ring(name, message));
  }

  #ring(name: string, message: string) {
    const { sim, queues } = this.#land;
    const { chance, plan } = sim;
    if (!has('wake-up remembered, not computed')) this.#names.delete(name);
    if (chance.yes(plan.rates.trouble)) {
      sim.count('wake-up lost to its DLQ');
      this.#notWoken.push(message);
      return;
    }
    queues.FOLLOW_UP.send(message);
    if (!chance.yes(plan.rates.twice)) return;
    sim.count('wake-up twice');
    queues.FOLLOW_UP.send(message, chance.between(0, MINUTE));
  }

  redrive() {
    for (const message of this.#notWoken.splice(0)) {
      this.#land.sim.count('redrive');
      this.#land.queues.FOLLOW_UP.send(message);
    }
  }
}
