import { describe, expect, test } from 'vitest';
import type { Fact } from '../../events/envelope.ts';
import { Conflict, Refused } from '../../shared/errors.ts';
import { type Drafted, record } from '../../shared/record.ts';
import { log, onward, placed, ref, submitted } from '../support/facts.ts';
import { memory } from '../support/memory.ts';
import { abroad, noon } from '../support/people.ts';
import { acknowledged, declined } from '../support/steps.ts';

const begun = log(submitted());
const draft = { ...declined(), reach: 'both', actor: abroad } as unknown as Drafted;
const now = () => noon;

test('what was decided stands in the next slot, with what was seen and when', async () => {
  const ledger = memory(onward(begun, acknowledged()));
  const { facts, recorded } = await record({ ledger, country: 'vn', now }, ref, () => draft);
  expect(recorded).toBe(true);
  const fact = {
    specversion: '1.0',
    id: `${ref}/vn/2`,
    source: 'urn:referrals:vn',
    type: 'offer.declined.v1',
    subject: ref,
    time: noon,
    country: 'vn',
    seq: 2,
    seen: 1,
    reach: 'both',
    actor: abroad,
    data: declined().data,
  };
  expect(facts.at(-1)).toEqual(fact);
  expect((await ledger.load(ref)).at(-1)?.fact).toEqual(fact);
});

test('nothing decided is nothing written', async () => {
  const ledger = memory(begun);
  const { facts, recorded } = await record({ ledger, country: 'vn', now }, ref, () => undefined);
  expect([facts, recorded]).toEqual([begun, false]);
  expect(ledger.calls).toEqual(['load']);
});

test('one read and one write, no more', async () => {
  const ledger = memory(begun);
  await record({ ledger, country: 'vn', now }, ref, () => draft);
  expect(ledger.calls).toEqual(['load', 'append']);
});

describe('when somebody took the slot meanwhile', () => {
  const racing = (rivals: number) => {
    const ledger = memory(begun);
    let left = rivals;
    return {
      ...ledger,
      append: async (fact: Fact, beside?: object) => {
        if (left-- > 0) {
          await ledger.append(placed(acknowledged(), fact.country, fact.seq, fact.seen));
          throw new Conflict('The slot is taken');
        }
        await ledger.append(fact, beside);
      },
    };
  };

  test('it loads and decides again, upon what is there now', async () => {
    const ledger = racing(2);
    const seen: number[] = [];
    const { facts } = await record({ ledger, country: 'vn', now }, ref, (known) => {
      seen.push(known.length);
      return draft;
    });
    expect(seen).toEqual([1, 2, 3]);
    expect(facts.at(-1)).toMatchObject({ seq: 3, type: 'offer.declined.v1' });
  });

  test('it may find that there is nothing left to do', async () => {
    const ledger = racing(1);
    const once = await record({ ledger, country: 'vn', now }, ref, (known) =>
      known.length === 1 ? draft : undefined,
    );
    expect(once.recorded).toBe(false);
  });

  test('it gives up after a while, so that the caller tries again', async () => {
    const ledger = racing(1000);
    const tried = record({ ledger, country: 'vn', now }, ref, () => draft);
    await expect(tried).rejects.toThrow(Refused);
    await expect(tried).rejects.toMatchObject({ code: 'busy', status: 503 });
    expect(ledger.calls.filter((call) => call === 'load').length).toBeLessThanOrEqual(20);
  });
});

test('any other failure is passed on, and tried no second time', async () => {
  const ledger = memory(begun);
  const broken = { ...ledger, append: () => Promise.reject(new Error('throttled')) };
  await expect(record({ ledger: broken, country: 'vn', now }, ref, () => draft)).rejects.toThrow(
    'throttled',
  );
  expect(ledger.calls).toEqual(['load']);
});
