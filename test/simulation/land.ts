import type { Context as LambdaContext } from 'aws-lambda';
import type { Country, Fact, Instant } from '../../events/envelope.ts';
import { handler as receiveFacts } from '../../functions/border/receive-facts.ts';
import { handler as reconcile } from '../../functions/border/reconcile.ts';
import { handler as followUp } from '../../functions/follow-up/follow-up.ts';
import { handler as publishFacts } from '../../functions/publish/publish-facts.ts';
import { handler as erase } from '../../functions/vault/erase.ts';
import { handler as project } from '../../functions/views/project.ts';
import { handler as deliver } from '../../functions/webhooks/deliver.ts';
import { handler as fanOut } from '../../functions/webhooks/fan-out.ts';
import { codes } from '../../shared/codes.ts';
import type { Offices } from '../../shared/directory.ts';
import { calendar } from '../../shared/holidays.ts';
import { type Recorded, receivedIn } from '../../shared/ledger.ts';
import type { Context } from '../../shared/referral/command.ts';
import { fold } from '../../shared/referral/fold.ts';
import { peerOf } from '../../shared/referral/order.ts';
import type { State } from '../../shared/referral/state.ts';
import { Bus } from './border.ts';
import { has } from './bugs.ts';
import type { QueueName } from './config.ts';
import { Dynamo } from './dynamo.ts';
import { Invocation, running } from './invocation.ts';
import { type Ports, portsOf } from './ports.ts';
import { type Consumer, Queue } from './queue.ts';
import { Records } from './records.ts';
import { Scheduler } from './scheduler.ts';
import type { Sim } from './sim.ts';
import { Stream } from './stream.ts';
import { troubleFor } from './trouble.ts';

const consumers: Readonly<Record<QueueName, Consumer>> = {
  INBOUND: receiveFacts,
  FOLLOW_UP: followUp,
  ERASE: erase,
  VIEWS: project,
  FAN_OUT: fanOut,
  DELIVER: deliver,
};

/** One country: its tables, stream, bus, queues and wake-ups, and the real functions between them. */
export class Land {
  readonly code: Country;
  readonly sim: Sim;
  readonly dynamo: Dynamo;
  readonly records: Records;
  readonly stream: Stream;
  readonly bus: Bus;
  readonly queues: Readonly<Record<QueueName, Queue>>;
  readonly scheduler: Scheduler;
  readonly ports: Ports;
  readonly offices: Offices;
  /** Runs of functions so far. */
  runs = 0;

  constructor(sim: Sim, code: Country, offices: Offices) {
    this.sim = sim;
    this.code = code;
    this.offices = offices;
    this.dynamo = new Dynamo({
      call: (op, effect) => running().call(op, effect),
      page: sim.small ? 2 : 1_000,
      inserted: (table, item) => this.records.inserted(table, item),
      putting: (input) => this.records.putting(input),
      refusing: (table, old) =>
        table === 'ledger' && has('own put taken for a conflict') ? undefined : old,
    });
    this.records = new Records(this);
    this.stream = new Stream(this, publishFacts);
    this.bus = new Bus(this);
    this.scheduler = new Scheduler(this);
    this.queues = Object.fromEntries(
      Object.entries(consumers).map(([name, consumer]) => [
        name,
        new Queue(this, name as QueueName, consumer),
      ]),
    ) as unknown as Land['queues'];
    this.ports = portsOf(this);
  }

  get peer(): Land {
    return this.sim.lands[peerOf(this.code)];
  }

  /** This country's clocks are not exact. */
  get clock(): number {
    return Math.floor(this.sim.loop.now) + this.sim.plan.skew[this.code];
  }

  get now(): Instant {
    return new Date(this.clock).toISOString() as Instant;
  }

  /** Runs a function of this country. */
  async invoke<T>(what: string, job: () => Promise<T>) {
    this.runs += 1;
    const { sim } = this;
    const outcome = await new Invocation<Land>(this, what, sim.count, troubleFor(sim, what)).run(
      job,
    );
    if ('failure' in outcome)
      sim.trace.add(sim.loop.now, `  ${this.code} ${what} failed: ${outcome.failure}`);
    return outcome;
  }

  reconcile(run: object, door = '') {
    const context = {
      invokedFunctionArn: `arn:aws:lambda:here:1:function:reconcile${door}`,
      getRemainingTimeInMillis: () => 900_000,
    } as LambdaContext;
    return this.invoke(`reconcile${door}`, () => reconcile(run, context));
  }

  log(subject: string): readonly Recorded[] {
    return this.records.log(subject);
  }

  facts(subject: string): readonly Fact[] {
    return this.log(subject).map(({ fact }) => fact);
  }

  subjects(): string[] {
    return this.dynamo.keys('ledger').filter((pk) => pk.startsWith('ref_'));
  }

  readonly #states = new Map<string, { facts: number; state: State }>();

  /** As this country folds it now. */
  state(subject: string): State {
    const log = this.log(subject);
    const before = this.#states.get(subject);
    if (before?.facts === log.length) return before.state;
    const state = fold(log.map(({ fact }) => fact));
    this.#states.set(subject, { facts: log.length, state });
    return state;
  }

  /** What decides here, as it was so long ago. */
  context(subject: string, ago = 0): Context {
    return {
      country: this.code,
      at: new Date(this.clock - ago).toISOString() as Instant,
      codes,
      offices: this.offices,
      workingDays: calendar.workingDays,
      receivedAt: receivedIn(this.log(subject)),
    };
  }

  /** What is not yet where it belongs. */
  left(): string[] {
    const queued = Object.values(this.queues).flatMap(({ name, left }) =>
      left > 0 ? [`${name} ${left}`] : [],
    );
    const others = {
      stream: this.stream.left,
      notSent: this.bus.notSent.length,
      notWoken: this.scheduler.left,
    };
    return [
      ...queued,
      ...Object.entries(others).flatMap(([name, left]) => (left > 0 ? [`${name} ${left}`] : [])),
    ];
  }

  redrive() {
    for (const queue of Object.values(this.queues)) queue.redrive();
    this.scheduler.redrive();
  }
}
