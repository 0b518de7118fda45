import { describe, expect, test } from 'vitest';
import { handle } from '../../shared/handle.ts';
import { markOf } from '../../shared/ids.ts';
import { submission } from '../support/commands.ts';
import { log, onward, ref, submitted } from '../support/facts.ts';
import { command } from '../support/given.ts';
import { memory, worldOf } from '../support/memory.ts';
import { abroad, home, sender, stranger, worker } from '../support/people.ts';
import { accepted, acknowledged, askedToEnd, progressed } from '../support/steps.ts';

const begun = log(submitted({ lines: [[abroad], [home]] }));
const serving = onward(begun, accepted(), progressed());
const path = '/v1/referrals/x/offers/kr1-1/report-progress';
const key = '0123456789012345678901';
const note = command('report-progress', worker(abroad), { kind: 'note' }, 'kr1-1');
const mark = (body: string, of = path) => markOf(abroad, of, key, body);

describe('an Idempotency-Key', () => {
  test('makes the same call the same step: nothing new, and no extra read or write', async () => {
    const ledger = memory(serving);
    const world = worldOf('vn', ledger);
    const first = await handle(world, ref, note, { mark: mark('{}') });
    expect([first.recorded, ledger.all()]).toEqual([true, expect.objectContaining({ length: 4 })]);
    expect(ledger.calls).toEqual(['load', 'append']);
    ledger.calls.length = 0;
    const again = await handle(world, ref, note, { mark: mark('{}') });
    expect([again.recorded, again.state]).toEqual([false, first.state]);
    expect(ledger.calls).toEqual(['load']);
  });

  test('with another body is an error', async () => {
    const ledger = memory(serving);
    await handle(worldOf('vn', ledger), ref, note, { mark: mark('{}') });
    await expect(
      handle(worldOf('vn', ledger), ref, note, { mark: mark('{"other":1}') }),
    ).rejects.toMatchObject({
      code: 'key-reused',
      status: 422,
      more: { field: 'Idempotency-Key' },
    });
    expect(ledger.all()).toHaveLength(4);
  });

  test('of another command is another call', async () => {
    const ledger = memory(serving);
    await handle(worldOf('vn', ledger), ref, note, { mark: mark('{}') });
    const { recorded } = await handle(worldOf('vn', ledger), ref, note, {
      mark: mark('{}', `${path}/other`),
    });
    expect(recorded).toBe(true);
  });

  test('repeats what took effect, though it could not happen now', async () => {
    const ledger = memory(begun);
    const decline = command('decline', worker(abroad), { reason: 'no-capacity' }, 'kr1-1');
    await handle(worldOf('vn', ledger), ref, decline, { mark: mark('{}') });
    expect((await handle(worldOf('vn', ledger), ref, decline, { mark: mark('{}') })).recorded).toBe(
      false,
    );
  });

  test('is not needed to repeat what the state can tell', async () => {
    const ledger = memory(begun);
    const ack = command('acknowledge', worker(abroad), {}, 'kr1-1');
    expect((await handle(worldOf('vn', ledger), ref, ack)).recorded).toBe(true);
    expect((await handle(worldOf('vn', ledger), ref, ack)).recorded).toBe(false);
  });
});

describe('If-Match', () => {
  const ack = command('acknowledge', worker(abroad), {}, 'kr1-1');

  test('lets the version through that it names', async () => {
    const { recorded } = await handle(worldOf('vn', memory(begun)), ref, ack, {
      ifMatch: '"kr1.vn0"',
    });
    expect(recorded).toBe(true);
  });

  test('stops every other, with the present state', async () => {
    const ledger = memory(begun);
    await expect(
      handle(worldOf('vn', ledger), ref, ack, { ifMatch: '"kr1.vn1"' }),
    ).rejects.toMatchObject({
      code: 'changed-meanwhile',
      status: 412,
      more: {
        state: { ref },
        allowedCommands: expect.arrayContaining([{ command: 'accept', offer: 'kr1-1' }]),
      },
    });
    expect(ledger.all()).toHaveLength(1);
  });

  test('does not stop a repeat', async () => {
    const ledger = memory(serving);
    await handle(worldOf('vn', ledger), ref, note, { mark: mark('{}'), ifMatch: '"kr1.vn2"' });
    const again = await handle(worldOf('vn', ledger), ref, note, {
      mark: mark('{}'),
      ifMatch: '"kr1.vn2"',
    });
    expect(again.recorded).toBe(false);
  });

  test.each(['"kr0.vn0"', '"kr1.vn0"', '"kr9.vn9"'])(
    'tells a stranger nothing (%s)',
    async (ifMatch) => {
      const does = command('acknowledge', worker(stranger), {}, 'kr1-1');
      const answer = (facts: typeof begun) =>
        handle(worldOf('vn', memory(facts)), ref, does, { ifMatch }).catch((error) => ({
          ...error,
          message: error.message,
        }));
      expect(await answer(begun)).toEqual(await answer([]));
      expect(await answer(begun)).toMatchObject({ status: 404 });
    },
  );
});

test('what comes too late is answered with the present state and what may be done now', async () => {
  const ledger = memory(onward(begun, askedToEnd()));
  const accept = command('accept', worker(abroad), { lines: ['l1'] }, 'kr1-1');
  await expect(handle(worldOf('vn', ledger), ref, accept)).rejects.toMatchObject({
    code: 'not-allowed-now',
    status: 409,
    more: {
      state: { ref, offers: [{ offer: 'kr1-1', status: 'requested' }] },
      allowedCommands: [
        { command: 'decline', offer: 'kr1-1' },
        { command: 'record-consent' },
        { command: 'withdraw-consent' },
        { command: 'raise-safety-hold' },
      ],
    },
  });
});

test('what the state of the call shows is cut for its caller', async () => {
  const ledger = memory(onward(begun, acknowledged()));
  const twice = command('acknowledge', worker(abroad), {}, 'kr1-2');
  await expect(handle(worldOf('vn', ledger), ref, twice)).rejects.toMatchObject({
    status: 404,
    more: {},
  });
  const done = command('start-service', worker(abroad), {}, 'kr1-1');
  const error = await handle(worldOf('vn', ledger), ref, done).catch((e) => e);
  expect(JSON.stringify(error.more)).not.toContain(home);
});

test('two of one office submit at once: one referral', async () => {
  const ledger = memory();
  const submit = command('submit', worker(sender), submission(sender));
  const call = () => handle(worldOf('kr', ledger), ref, submit, { mark: mark('{}') });
  const [one, two] = await Promise.all([call(), call()]);
  expect([one.recorded, two.recorded].toSorted()).toEqual([false, true]);
  expect(ledger.all()).toHaveLength(1);
  expect(one.state).toEqual(two.state);
});

test('withdraw and accept at once in one country: one wins, the other is told so', async () => {
  const facts = log(submitted({ lines: [[home]] }));
  for (const order of [0, 1]) {
    const ledger = memory(facts);
    const calls = [
      command('accept', worker(home), { lines: ['l1'] }, 'kr1-1'),
      command('withdraw', worker(sender), { reason: 'no-longer-required' }, 'kr1-1'),
    ];
    if (order) calls.reverse();
    const results = await Promise.allSettled(
      calls.map((c) => handle(worldOf('kr', ledger), ref, c)),
    );
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(results.find((r) => r.status === 'rejected')?.reason).toMatchObject({ status: 409 });
    expect(ledger.all()).toHaveLength(2);
  }
});
