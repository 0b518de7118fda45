import { expect, test } from 'vitest';
import { factsIn } from '../../infra/local/facts-in.ts';
import { workersOf } from '../../infra/local/workers.ts';
import { both, type Given, heard, post, sent, until } from './support.ts';

const PAIRS = 100;
const AT_ONCE = 6;

/** Runs jobs a few at a time, as many clients would. */
const inParallel = async <T>(count: number, job: (i: number) => Promise<T>): Promise<T[]> => {
  const results: T[] = [];
  let next = 0;
  const worker = async () => {
    while (next < count) {
      const i = next;
      next += 1;
      results[i] = await job(i);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
};

export const burst = (given: Given) => {
  test('with the publisher killed in the middle of 200 commands, every fact is in both ledgers and every webhook arrived', async () => {
    const demo = given();
    const { kr } = demo.network.countries;
    const publisher = Object.entries(kr.functions).find(([name]) =>
      name.startsWith('Publish'),
    )?.[1];
    let killed = 0;
    const refs = await inParallel(PAIRS, async (i) => {
      const { ref, offer } = await sent(demo);
      if (i % 30 === 15)
        for (const pid of await workersOf(publisher ?? '')) {
          process.kill(pid, 'SIGKILL');
          killed += 1;
        }
      return { ref, offer };
    });
    expect(killed).toBeGreaterThan(0);
    await inParallel(PAIRS, async (i) => {
      const { ref, offer } = refs[i] ?? { ref: '', offer: '' };
      const path = `/v1/referrals/${ref}/offers/${offer}/acknowledge`;
      const answer = await until(
        () => post(demo, 'vn-osso-can-tho', path),
        ({ status }) => status !== 404,
      );
      expect(answer.status).toBe(200);
    });
    await inParallel(PAIRS, async (i) => {
      const { ref = '' } = refs[i] ?? {};
      const [first = [], second = []] = await until(
        () => Promise.all(both(demo).map((country) => factsIn(country, ref))),
        ([a = [], b = []]) => a.length === 2 && b.length === 2,
      );
      expect(second).toEqual(first);
      const hooks = await heard(demo, ref, '"kr1.vn1"', ['kr-danuri', 'vn-osso-can-tho']);
      expect(hooks.every(({ verified }) => verified)).toBe(true);
    });
  });
};
