import type { DynamoDBStreamEvent } from 'aws-lambda';
import type { Fact } from '../../events/envelope.ts';
import { has } from './bugs.ts';
import { MINUTE, SECOND, TRIED_FOR } from './config.ts';
import type { Item } from './expressions.ts';
import type { Land } from './land.ts';
import { inside } from './plan.ts';

type Rec = { readonly item: Item; readonly at: number };
type Batch = { readonly records: readonly Rec[]; tries: number };
type Publisher = (event: DynamoDBStreamEvent) => Promise<void>;

/** The ledger's stream and the publisher that reads it: order per item only, a failed batch comes again, a day and it is gone. */
export class Stream {
  readonly #land: Land;
  readonly #publisher: Publisher;
  #fresh: Rec[] = [];
  #again: Batch[] = [];
  #polls = false;

  constructor(land: Land, publisher: Publisher) {
    this.#land = land;
    this.#publisher = publisher;
  }

  get left(): number {
    return this.#fresh.length + this.#again.length;
  }

  add(item: Item) {
    const { loop, chance } = this.#land.sim;
    this.#fresh.push({ item, at: loop.now });
    this.#poll(loop.now + chance.between(100, SECOND));
  }

  #poll(at: number) {
    if (this.#polls) return;
    this.#polls = true;
    this.#land.sim.loop.at(at, `${this.#land.code} stream`, async () => {
      this.#polls = false;
      await this.#read();
    });
  }

  async #read() {
    const { loop, plan, chance } = this.#land.sim;
    const stop = inside(plan.stops[this.#land.code], loop.now);
    if (stop && !stop.failing) return this.#poll(stop.to + 1);
    this.#trim();
    const batch = this.#again.shift() ?? this.#next();
    if (!batch) return;
    const failed = stop ? true : await this.#publish(batch);
    if (failed && !has('stream failure swallowed')) this.#retry(batch);
    if (this.left === 0) return;
    const wait = failed
      ? Math.min(SECOND * 2 ** batch.tries, 5 * MINUTE)
      : chance.between(0, SECOND);
    this.#poll(loop.now + wait);
  }

  /** What is a day old is gone, for the publisher as for the stream. */
  #trim() {
    const { loop, count, checks } = this.#land.sim;
    const old = ({ at }: Rec) => loop.now - at >= TRIED_FOR;
    const all = [...this.#again.flatMap(({ records }) => records), ...this.#fresh];
    for (const { item } of all.filter(old)) {
      count('record aged out');
      checks.lost(JSON.parse(item.fact?.S ?? '') as Fact);
    }
    const young = this.#again.map(({ records, tries }) => ({
      records: records.filter((r) => !old(r)),
      tries,
    }));
    this.#again = young.filter(({ records }) => records.length > 0);
    this.#fresh = this.#fresh.filter((r) => !old(r));
  }

  #next(): Batch | undefined {
    const { chance, count } = this.#land.sim;
    if (this.#fresh.length === 0) return undefined;
    const records: Rec[] = [];
    const most = 1 + chance.below(10);
    const oldest = this.#fresh[0];
    while (this.#fresh.length > 0 && records.length < most) records.push(chance.take(this.#fresh));
    if (records[0] !== oldest) count('records in another order');
    return { records, tries: 0 };
  }

  async #publish({ records }: Batch): Promise<boolean> {
    const Records = records.map(({ item }) => ({
      eventName: 'INSERT' as const,
      dynamodb: { NewImage: { fact: { S: item.fact?.S ?? '' } } },
    }));
    const outcome = await this.#land.invoke('publish', () => this.#publisher({ Records }));
    return 'failure' in outcome;
  }

  #retry({ records, tries }: Batch) {
    const { chance, count } = this.#land.sim;
    const batch = { records, tries: tries + 1 };
    if (has('publisher gives up after ten tries') && batch.tries >= 10) return;
    if (records.length < 2 || chance.yes(0.3)) {
      count('batch again whole');
      this.#again.unshift(batch);
      return;
    }
    count('batch cut in halves');
    const half = 1 + chance.below(records.length - 1);
    this.#again.unshift(
      { ...batch, records: records.slice(0, half) },
      { ...batch, records: records.slice(half) },
    );
  }
}
