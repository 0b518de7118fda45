import { setTimeout as wait } from 'node:timers/promises';
import type { Message } from '@aws-sdk/client-sqs';
import type { Code } from '../countries.ts';
import { openBorder } from './border.ts';
import type { LocalCountry } from './country.ts';

/** Brings each country's border events to the peer's border bus, which AWS does itself. Made to fail. */
export interface Carrier {
  /** Nothing leaves, from one country or from both; events wait, as AWS would retry for a day. */
  cut(from?: Code): void;
  heal(from?: Code): void;
  /** Each event is this late. */
  slow(ms: number): void;
  /** Each event is up to a second late, so they arrive in any order. */
  shuffle(on: boolean): void;
  /** Each event arrives twice. */
  double(on: boolean): void;
  /** Each event is lost, as after a cut of more than a day. */
  drop(on: boolean): void;
  stop(): Promise<void>;
}

interface Faults {
  readonly cut: Set<Code>;
  late: number;
  shuffled: boolean;
  doubled: boolean;
  dropped: boolean;
  stopped: boolean;
}

const both: readonly Code[] = ['kr', 'vn'];

/** Starts both directions. */
export const startCarrier = ({ kr, vn }: Readonly<Record<Code, LocalCountry>>): Carrier => {
  const faults: Faults = {
    cut: new Set(),
    late: 0,
    shuffled: false,
    doubled: false,
    dropped: false,
    stopped: false,
  };
  const running = [carry(kr, vn, faults), carry(vn, kr, faults)];
  return {
    cut(from) {
      for (const code of from ? [from] : both) faults.cut.add(code);
    },
    heal(from) {
      for (const code of from ? [from] : both) faults.cut.delete(code);
    },
    slow(ms) {
      faults.late = ms;
    },
    shuffle(on) {
      faults.shuffled = on;
    },
    double(on) {
      faults.doubled = on;
    },
    drop(on) {
      faults.dropped = on;
    },
    async stop() {
      faults.stopped = true;
      await Promise.all(running);
    },
  };
};

const carry = async (from: LocalCountry, to: LocalCountry, faults: Faults) => {
  const border = openBorder(from, to);
  const onTheWay = new Set<Promise<void>>();
  const isCut = () => faults.stopped || faults.cut.has(from.code);
  const failed = async (error: Error) => {
    if (!faults.stopped) console.error(`The line from ${from.code} failed: ${error.message}`);
    await wait(500);
  };
  const bring = async (message: Message) => {
    await wait(faults.late + (faults.shuffled ? Math.random() * 1000 : 0));
    if (isCut()) await border.giveBack(message);
    else if (faults.dropped) await border.lose(message);
    else await border.put(message, faults.doubled ? 2 : 1);
  };
  while (!faults.stopped) {
    if (isCut()) await wait(20);
    const messages = isCut() ? [] : await border.take().catch(failed);
    for (const message of messages ?? []) {
      const trip = bring(message)
        .catch(failed)
        .finally(() => onTheWay.delete(trip));
      onTheWay.add(trip);
    }
  }
  await Promise.all(onTheWay);
};
