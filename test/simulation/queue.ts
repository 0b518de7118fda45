import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { has } from './bugs.ts';
import { DLQ_KEEPS, MINUTE, type QueueName, queues } from './config.ts';
import type { Land } from './land.ts';

type Message = {
  readonly id: string;
  readonly body: string;
  receives: number;
  visibleAt: number;
  gaveUpAt: number;
};
export type Consumer = (event: SQSEvent) => Promise<SQSBatchResponse>;

const DEDUPLICATED_FOR = 5 * MINUTE;

/** A queue, the function that reads it, and the DLQ where its failures wait. */
export class Queue {
  readonly name: QueueName;
  readonly dlq: Message[] = [];
  readonly #land: Land;
  readonly #consumer: Consumer;
  readonly #waiting = new Set<Message>();
  readonly #once = new Map<string, number>();
  #sent = 0;

  constructor(land: Land, name: QueueName, consumer: Consumer) {
    this.#land = land;
    this.name = name;
    this.#consumer = consumer;
  }

  get left(): number {
    return this.#waiting.size + this.dlq.length;
  }

  send(body: string, delay = 0, once?: string) {
    const { loop } = this.#land.sim;
    if (once !== undefined) {
      const before = this.#once.get(once);
      if (before !== undefined && loop.now - before < DEDUPLICATED_FOR) return;
      this.#once.set(once, loop.now);
    }
    this.#sent += 1;
    this.#wait({
      id: `${this.#sent}`,
      body,
      receives: 0,
      visibleAt: loop.now + delay,
      gaveUpAt: 0,
    });
  }

  redrive() {
    const { sim } = this.#land;
    for (const message of this.dlq.splice(0)) {
      if (sim.loop.now - message.gaveUpAt > DLQ_KEEPS) {
        sim.count('message outlived its DLQ');
        sim.checks.outlived();
        continue;
      }
      sim.count('redrive');
      this.#wait({
        ...message,
        receives: 0,
        visibleAt: sim.loop.now + sim.chance.between(0, MINUTE),
      });
    }
  }

  #wait(message: Message) {
    this.#waiting.add(message);
    this.#look(message);
  }

  #look(message: Message) {
    const what = `${this.#land.code} ${this.name} ${message.id}`;
    this.#land.sim.loop.at(message.visibleAt, what, () => this.#receive(message));
  }

  #receive(first: Message) {
    const { now } = this.#land.sim.loop;
    if (!this.#waiting.has(first) || first.visibleAt > now) return;
    const { batch, visibility } = queues[this.name];
    const visible =
      batch > 1 ? [...this.#waiting].filter((m) => m !== first && m.visibleAt <= now) : [];
    const others = visible.slice(0, batch - 1);
    const taken = [first, ...others];
    for (const message of taken) {
      message.receives += 1;
      message.visibleAt = now + visibility;
    }
    return this.#consume(taken);
  }

  async #consume(taken: readonly Message[]) {
    const land = this.#land;
    const Records = taken.map(({ id, body }) => ({ messageId: id, body }));
    const outcome = await land.invoke(this.name, () => this.#consumer({ Records } as SQSEvent));
    land.sim.checks.consumed(land, this.name, taken);
    for (const message of taken)
      if (this.#isDone(outcome, message.id)) this.#done(message);
      else if (message.receives >= queues[this.name].receives) this.#giveUp(message);
      else this.#look(message);
  }

  #isDone(outcome: { answer: SQSBatchResponse } | { failure: unknown }, id: string): boolean {
    if (!('answer' in outcome)) return has('a failed message is taken for done');
    const failed = outcome.answer.batchItemFailures.some(
      ({ itemIdentifier }) => itemIdentifier === id,
    );
    if (failed && this.name === 'INBOUND' && has('receive-facts drops a gap')) return true;
    return !failed || has('a failed message is taken for done');
  }

  #done(message: Message) {
    this.#waiting.delete(message);
    const { sim } = this.#land;
    if (!sim.chance.yes(sim.plan.rates.twice)) return;
    sim.count('message again after it was done');
    this.#wait({ ...message, visibleAt: sim.loop.now + sim.chance.between(0, 2 * MINUTE) });
  }

  #giveUp(message: Message) {
    const { sim } = this.#land;
    this.#waiting.delete(message);
    sim.count('message gave up to its DLQ');
    if (!has('no DLQ')) this.dlq.push({ ...message, gaveUpAt: sim.loop.now });
  }
}
