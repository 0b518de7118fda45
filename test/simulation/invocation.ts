import { AsyncLocalStorage } from 'node:async_hooks';
import type { Fault } from './faults.ts';
import { type Gate, gate } from './loop.ts';

/** What goes wrong in one run of a function, and at which of the calls that it can happen to. */
export type Trouble = { readonly kind: Fault; at: number };
export type Op = 'read' | 'write' | 'send' | 'events';

class Crash extends Error {
  override readonly name = 'Crash';
}
/** What a client of AWS throws when it gives up. */
class Unavailable extends Error {
  override readonly name: string;

  constructor(name: string) {
    super(name);
    this.name = name;
  }
}

const writes: readonly Op[] = ['write', 'send', 'events'];
const happensTo: Partial<Record<Fault, readonly Op[]>> = {
  'answered late, repeated by the SDK': writes,
  'applied, never answered': writes,
  'PutEvents half failed': ['events'],
};

/** One run of a function, or of a command: whose it is, and what happens to its calls. */
export class Invocation<P> {
  readonly place: P;
  readonly trouble: Trouble | undefined;
  readonly what: string;
  /** Set for the one call of which only some entries are taken. */
  halfFails = false;
  #dead = false;
  readonly #count: (fault: Fault) => void;
  readonly #gate: Gate | undefined = gate.getStore();

  constructor(place: P, what: string, count: (fault: Fault) => void, trouble?: Trouble) {
    this.place = place;
    this.what = what;
    this.#count = count;
    this.trouble = trouble;
  }

  /** Runs it; a crash, an error and a death in the middle are all the same: no answer. */
  async run<T>(job: () => Promise<T>): Promise<{ answer: T } | { failure: unknown }> {
    try {
      const answer = await stores.run(this as Invocation<unknown>, job);
      return this.#dead ? { failure: new Crash() } : { answer };
    } catch (failure) {
      return { failure: this.#dead ? new Crash() : failure };
    }
  }

  /** One call to a service: the only thing that can fail, and the only place where others can come between. */
  async call<T>(op: Op, effect: () => T): Promise<T> {
    if (this.#gate) await this.#gate.pass();
    if (this.#dead) throw new Crash();
    const { trouble } = this;
    if (!trouble || trouble.at === 0) return effect();
    if (!(happensTo[trouble.kind]?.includes(op) ?? true)) return effect();
    trouble.at -= 1;
    return trouble.at > 0 ? effect() : this.#fails(trouble.kind, effect);
  }

  #fails<T>(kind: Fault, effect: () => T): T {
    if (kind !== 'PutEvents half failed') this.#count(kind);
    switch (kind) {
      case 'crash before a call':
        this.#dead = true;
        throw new Crash();
      case 'crash after a call':
        this.#dead = true;
        attempt(effect);
        throw new Crash();
      case 'applied, never answered':
        effect();
        throw new Unavailable('TimeoutError');
      case 'answered late, repeated by the SDK':
        attempt(effect);
        return effect();
      case 'throttled':
        throw new Unavailable('ThrottlingException');
      default:
        this.halfFails = true;
        return effect();
    }
  }
}

const attempt = (effect: () => unknown) => {
  try {
    effect();
  } catch {
    // Nobody hears it.
  }
};

const stores = new AsyncLocalStorage<Invocation<unknown>>();

/** The run that the code of this moment belongs to. */
export const running = (): Invocation<unknown> => {
  const invocation = stores.getStore();
  if (!invocation) throw new Error('no function is running');
  return invocation;
};
