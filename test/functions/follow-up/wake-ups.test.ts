import '../../support/env.ts';
import { ThrottlingException } from '@aws-sdk/client-scheduler';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Fact } from '../../../events/envelope.ts';
import { handler } from '../../../functions/follow-up/follow-up.ts';
import { queueOf } from '../../support/aws.ts';
import { bell } from '../../support/bell.ts';
import { seedDirectory } from '../../support/directory.ts';
import { logged } from '../../support/env.ts';
import { log, ref, submitted } from '../../support/facts.ts';
import { home, later, sender, third } from '../../support/people.ts';
import { tables } from '../../support/tables.ts';

let db: ReturnType<typeof tables>;
let clock: ReturnType<typeof bell>;
beforeEach(() => {
  db = tables();
  seedDirectory(db);
  clock = bell();
});

const minutes = (n: number) => vi.setSystemTime(Date.parse(later(n)));
/** An emergency, sent a minute after noon to a shelter of the same country: 1 h to acknowledge, 4 h to decide. */
const emergency = log(submitted({ lines: [[home, third]], urgency: 'emergency' }));
const fact = () => handler(queueOf(emergency[0]));
const wakeUp = () => handler(queueOf({ subject: ref }));
const written = () =>
  db.ledger().map(({ type, data }: Fact) => `${type} ${data.clock ?? data.office ?? ''}`.trim());
const consentEnds = 'at(2027-11-23T00:00:00)';
const at = (n: number) => `at(${later(n).slice(0, 16)}:00)`;

describe('an emergency that nobody answers', () => {
  test('is reminded of, missed, expired and offered to the next office, each once, by wake-ups alone', async () => {
    db.hold(emergency);
    minutes(1);
    await fact();
    expect(written()).toHaveLength(1);
    expect(clock.rings()).toEqual([at(31)]);
    for (const [minute, next] of [
      [31, 61],
      [61, 121],
      [121, 241],
      [241, 361],
    ] as const) {
      minutes(minute);
      expect((await wakeUp()).batchItemFailures).toEqual([]);
      expect(clock.rings().at(-1)).toBe(at(next));
    }
    minutes(361);
    await wakeUp();
    expect(written().slice(1)).toEqual([
      'deadline.reminded.v1 acknowledge',
      'deadline.missed.v1 acknowledge',
      'deadline.reminded.v1 decide',
      'deadline.missed.v1 decide',
      'offer.expired.v1',
      `offer.made.v1 ${third}`,
    ]);
    expect(
      db
        .ledger()
        .slice(1)
        .every(({ actor }) => (actor as string) === 'kr:system'),
    ).toBe(true);
    // The office of the other country is watched there; here her consent ends one day.
    expect(clock.rings().slice(5)).toEqual([consentEnds]);
  });

  test('of whom no wake-up came is expired by the first that does, late as it is', async () => {
    db.hold(emergency);
    minutes(60 * 24 * 30);
    await wakeUp();
    expect(written().slice(1)).toEqual([
      'deadline.missed.v1 acknowledge',
      'deadline.missed.v1 decide',
      'offer.expired.v1',
      `offer.made.v1 ${third}`,
    ]);
  });

  test('is done nothing twice to, however often it rings', async () => {
    db.hold(emergency);
    minutes(361);
    await wakeUp();
    const done = written();
    for (let i = 0; i < 3; i += 1) await handler(queueOf({ subject: ref }, emergency[0]));
    expect(written()).toEqual(done);
  });
});

test('a wake-up that came early sets another, and does nothing', async () => {
  db.hold(emergency);
  minutes(30);
  await wakeUp();
  expect(written()).toHaveLength(1);
  expect(clock.rings()).toEqual([at(31)]);
});

test('an office of the other country is watched there: here only her consent ends', async () => {
  db.hold(log(submitted()));
  await wakeUp();
  expect(clock.rings()).toEqual([consentEnds]);
});

test('what the wake-up cannot be set for comes again', async () => {
  db.hold(emergency);
  clock.scheduler.rejects(
    new ThrottlingException({ message: 'slow', Message: 'slow', $metadata: {} }),
  );
  await expect(fact()).rejects.toThrow('slow');
});

test('a wake-up for what is no referral, or for one that is not here, is nothing', async () => {
  expect((await handler(queueOf({ subject: sender }))).batchItemFailures).toEqual([]);
  expect((await wakeUp()).batchItemFailures).toEqual([]);
  expect(clock.made()).toEqual([]);
});

test('a year without a calendar is a warning, and stops nothing', async () => {
  db.hold(emergency);
  vi.setSystemTime(Date.parse('2027-10-01T00:00:00.000Z'));
  await wakeUp();
  expect(written().at(-1)).toBe(`offer.made.v1 ${third}`);
  expect(logged.join()).toContain('no calendar');
});
