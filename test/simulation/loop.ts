import { AsyncLocalStorage } from 'node:async_hooks';
import type { Chance } from './chance.ts';
import type { Trace } from './trace.ts';

type Happening = {
  readonly at: number;
  readonly tie: number;
  readonly what: string;
  /** Waits for its hour: not on its way. */
  readonly timer: boolean;
  readonly run: () => void | Promise<void>;
};

/** Lets several that run at once go on one step at a time, whose turn it is being a matter of chance. */
export class Gate {
  readonly #parked: (() => void)[] = [];

  pass(): Promise<void> {
    return new Promise((go) => this.#parked.push(go));
  }

  /** Lets one go on; nothing when all are done. */
  open(chance: Chance): boolean {
    if (this.#parked.length === 0) return false;
    chance.take(this.#parked)();
    return true;
  }
}

const settled = () => new Promise<void>((go) => setImmediate(go));
/** Whose step it is: none when it runs alone. */
export const gate = new AsyncLocalStorage<Gate>();

const TOGETHER = 2_000;
const MOST_STEPS = 20_000;

/** So much work for so few facts is a loop. */
export class Endless extends Error {
  override readonly name = 'Endless';
}

/** Virtual time: what happens next happens at once. */
export class Loop {
  now: number;
  steps = 0;
  together = 0;
  /** Somebody saw that it will never end. */
  endless = false;
  readonly #heap: Happening[] = [];
  readonly #chance: Chance;
  readonly #trace: Trace;
  #onTheWay = 0;

  constructor(start: number, chance: Chance, trace: Trace) {
    this.now = start;
    this.#chance = chance;
    this.#trace = trace;
  }

  /** Nothing is on its way; only timers wait for their hour. */
  get quiet(): boolean {
    return this.#onTheWay === 0;
  }

  at(at: number, what: string, run: Happening['run'], timer = false) {
    const tie = this.#chance.next();
    this.#push({ at: Math.max(at, this.now), tie, what, timer, run });
    if (!timer) this.#onTheWay += 1;
  }

  /** Runs all that happens until then. `apart`: one at a time. */
  async until(end: number, often = 0) {
    for (let next = this.#heap[0]; next && next.at <= end; next = this.#heap[0]) {
      const first = this.#pop();
      const others: Happening[] = [];
      while (others.length < 2 && this.#isNear(first) && this.#chance.yes(often))
        others.push(this.#pop());
      this.now = others.at(-1)?.at ?? first.at;
      this.steps += 1 + others.length;
      if (this.steps > MOST_STEPS || this.endless) throw new Endless(`${this.steps} steps`);
      if (others.length === 0) await this.#alone(first);
      else await this.#atOnce([first, ...others]);
    }
    this.now = Math.max(this.now, end);
  }

  #isNear({ at }: Happening): boolean {
    const next = this.#heap[0];
    return next !== undefined && next.at <= at + TOGETHER;
  }

  async #alone(one: Happening) {
    this.#trace.add(this.now, one.what);
    const running = one.run();
    if (running) await running;
  }

  async #atOnce(all: readonly Happening[]) {
    this.together += 1;
    this.#trace.add(this.now, all.map(({ what }) => what).join(' with '));
    const shared = new Gate();
    let failure: unknown;
    let running = all.length;
    for (const one of all)
      gate
        .run(shared, async () => one.run())
        .catch((error: unknown) => {
          failure ??= error;
        })
        .finally(() => {
          running -= 1;
        });
    do await settled();
    while (shared.open(this.#chance));
    if (running > 0) throw new Error('somebody waits for ever');
    if (failure) throw failure;
  }

  #push(one: Happening) {
    const heap = this.#heap;
    let i = heap.push(one) - 1;
    while (i > 0) {
      const up = (i - 1) >> 1;
      if (!before(one, heap[up] as Happening)) break;
      heap[i] = heap[up] as Happening;
      i = up;
    }
    heap[i] = one;
  }

  #pop(): Happening {
    const heap = this.#heap;
    const first = heap[0] as Happening;
    const last = heap.pop() as Happening;
    if (!first.timer) this.#onTheWay -= 1;
    if (heap.length === 0) return first;
    let i = 0;
    for (let down = 1; down < heap.length; down = 2 * i + 1) {
      if (down + 1 < heap.length && before(heap[down + 1] as Happening, heap[down] as Happening))
        down += 1;
      if (!before(heap[down] as Happening, last)) break;
      heap[i] = heap[down] as Happening;
      i = down;
    }
    heap[i] = last;
    return first;
  }
}

const before = (a: Happening, b: Happening) => a.at < b.at || (a.at === b.at && a.tie < b.tie);
