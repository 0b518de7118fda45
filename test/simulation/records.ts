import type { Fact, Instant } from '../../events/envelope.ts';
import { Refused } from '../../shared/errors.ts';
import type { Recorded } from '../../shared/ledger.ts';
import { torn } from '../../shared/referral/order.ts';
import { has } from './bugs.ts';
import type { Item } from './expressions.ts';
import { running } from './invocation.ts';
import type { Land } from './land.ts';

/** What stands in one ledger: read once an item, however often it is loaded. */
export class Records {
  readonly #land: Land;
  readonly #read = new WeakMap<Item, Recorded>();
  readonly #arrival = new WeakMap<Item, number>();
  readonly #came = new WeakMap<Item, number>();
  #arrived = 0;

  constructor(land: Land) {
    this.#land = land;
  }

  inserted(table: string, item: Item) {
    if (table !== 'ledger' || !item.sk?.S?.startsWith('fact#')) return;
    this.#arrived += 1;
    this.#arrival.set(item, this.#arrived);
    this.#came.set(item, this.#land.sim.loop.now);
    this.#land.stream.add(item);
    const { fact } = this.#recorded(item);
    this.#land.sim.trace.add(
      this.#land.sim.loop.now,
      `  ${this.#land.code} has ${fact.id} ${fact.type}`,
    );
    this.#land.sim.trace.detail(
      () => `      seen ${fact.seen} ${fact.actor} ${JSON.stringify(fact.data)}`,
    );
    this.#land.sim.checks.recorded(this.#land, fact);
  }

  putting<
    T extends {
      readonly TableName: string;
      readonly Item: Item;
      readonly ConditionExpression?: string;
    },
  >(input: T): T {
    if (input.TableName !== 'ledger') return input;
    const { ConditionExpression: _, ...unconditional } = input;
    if (has('put without condition')) return unconditional as T;
    if (!has('slot without country')) return input;
    const sk = { S: (input.Item.sk?.S ?? '').replace(/#(kr|vn)#/, '#') };
    return { ...input, Item: { ...input.Item, sk } };
  }

  log(subject: string): Recorded[] {
    const items = this.#land.dynamo.peek('ledger', subject);
    if (has('fold by arrival') || has('no tie-break'))
      items.sort((a, b) => (this.#arrival.get(a) ?? 0) - (this.#arrival.get(b) ?? 0));
    return items.map((item) => this.#recorded(item));
  }

  /** Without those that came in this very moment. */
  before(subject: string): Fact[] {
    const { now } = this.#land.sim.loop;
    return this.#land.dynamo
      .peek('ledger', subject)
      .filter((item) => this.#came.get(item) !== now)
      .map((item) => this.#recorded(item).fact);
  }

  /** In the order in which they came. */
  arrived(subject: string): Fact[] {
    const items = this.#land.dynamo.peek('ledger', subject);
    const order = items.toSorted(
      (a, b) => (this.#arrival.get(a) ?? 0) - (this.#arrival.get(b) ?? 0),
    );
    return order.map((item) => this.#recorded(item).fact);
  }

  /** As the ledger's own `load`, but that each item is parsed only once. */
  load(subject: string): Promise<Recorded[]> {
    return running().call('read', () => {
      const log = this.log(subject);
      if (torn(log.map(({ fact }) => fact)))
        throw new Refused('busy', 503, 'Facts are still arriving');
      return log;
    });
  }

  #recorded(item: Item): Recorded {
    const before = this.#read.get(item);
    if (before) return before;
    const { fact, call, body, receivedAt } = item;
    const text = fact?.S ?? '';
    const recorded = {
      text,
      fact: frozen(JSON.parse(text) as Fact),
      ...(call?.S && body?.S && { mark: { call: call.S, body: body.S } }),
      ...(receivedAt?.S && { receivedAt: receivedAt.S as Instant }),
    };
    this.#read.set(item, recorded);
    return recorded;
  }
}

/** A fact is never changed. */
const frozen = <T>(value: T): T => {
  if (value && typeof value === 'object') {
    for (const member of Object.values(value)) frozen(member);
    Object.freeze(value);
  }
  return value;
};
