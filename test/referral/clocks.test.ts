import { describe, expect, test } from 'vitest';
import type { Fact, Instant } from '../../events/envelope.ts';
import type { Clock } from '../../shared/referral/clock.ts';
import { clocksOf } from '../../shared/referral/clocks.ts';
import type { Context } from '../../shared/referral/command.ts';
import { fold } from '../../shared/referral/fold.ts';
import { log, onward, type Step, submitted } from '../support/facts.ts';
import { abroad, contextIn, home, later, sender, third, union } from '../support/people.ts';
import {
  accepted,
  acknowledged,
  asked,
  askedToCancel,
  askedToEnd,
  cancelled,
  completed,
  consentWithdrawn,
  declined,
  failed,
  held,
  inError,
  made,
  placedLine,
  progressed,
  reopened,
  resumed,
  started,
  stoppedLine,
  told,
} from '../support/steps.ts';

// Sent on Monday 23 November 2026, 12:00 in Seoul and 10:00 in Cần Thơ; the 24th is a holiday in Viet Nam.
const HOUR = 60;
const DAY = 24 * HOUR;

/** The same facts, at these minutes after noon. */
const at = (facts: readonly Fact[], ...minutes: number[]): Fact[] =>
  facts.map((fact, i) => ({ ...fact, time: later(minutes[i] ?? 0) }));

const clocks = (facts: readonly Fact[], context: Partial<Context> = {}): Clock[] => {
  const { referral } = fold(facts);
  if (!referral) throw new Error('no referral');
  return clocksOf(referral, { ...contextIn('vn'), ...context });
};
const named = (facts: readonly Fact[], context?: Partial<Context>) =>
  Object.fromEntries(clocks(facts, context).map((clock) => [clock.clock, clock]));
const names = (facts: readonly Fact[]) =>
  clocks(facts)
    .map(({ clock }) => clock)
    .toSorted();
const due = (facts: readonly Fact[], clock: string, context?: Partial<Context>) =>
  named(facts, context)[clock]?.due;

const sent = (urgency = 'normal', more: object = {}) => log(submitted({ urgency, ...more }));
const then = (...steps: readonly Step[]) => onward(sent(), ...steps);

describe('an office that was asked', () => {
  test.each<[string, string, Instant, Instant, Instant]>([
    ['emergency', 'acknowledge', later(30), later(60), later(90)],
    ['emergency', 'decide', later(120), later(240), later(360)],
    ['urgent', 'acknowledge', later(12 * HOUR), later(24 * HOUR), later(36 * HOUR)],
    ['urgent', 'decide', later(24 * HOUR), later(48 * HOUR), later(72 * HOUR)],
    // Closing time in Cần Thơ is 10:00 UTC, the middle of the hours 05:30.
    [
      'normal',
      'acknowledge',
      '2026-11-25T10:00:00.000Z' as Instant,
      '2026-11-26T10:00:00.000Z' as Instant,
      '2026-11-27T10:00:00.000Z' as Instant,
    ],
    [
      'normal',
      'decide',
      '2026-11-27T05:30:00.000Z' as Instant,
      '2026-12-01T10:00:00.000Z' as Instant,
      '2026-12-04T05:30:00.000Z' as Instant,
    ],
  ])('of %s has this time to %s', (urgency, clock, half, due, over) => {
    expect(named(at(sent(urgency)))[clock]).toMatchObject({
      owes: abroad,
      offer: 'kr1-1',
      round: 1,
      half,
      due,
      over,
    });
  });

  test('has the days and hours of its own country, and its own if it has any', () => {
    const domestic = at(log(submitted({ lines: [[home]] })));
    expect(due(domestic, 'acknowledge')).toBe('2026-11-25T09:00:00.000Z');
    const schedules = [{ byday: 'MO,TU,WE,TH,FR', opens_at: '10:00', closes_at: '16:00' }];
    const offices = { [home]: { active: true, takesReferrals: true, schedules } };
    expect(due(domestic, 'acknowledge', { offices })).toBe('2026-11-25T07:00:00.000Z');
  });

  test('is told when a day on the way is not confirmed', () => {
    expect(named(sent()).acknowledge?.provisional).toBe(false);
    expect(named(sent()).decide?.provisional).toBe(true);
  });

  test('owes no acknowledgement once it has read, asked, answered or ended', () => {
    expect(names(sent())).toEqual(['acknowledge', 'decide']);
    expect(names(then(acknowledged()))).toEqual(['decide']);
    expect(names(then(asked()))).toEqual(['answer', 'decide']);
    expect(names(then(declined()))).toEqual(['place']);
  });

  test('owes nothing once its offer is void', () => {
    expect(names(then(askedToEnd()))).toEqual([]);
    expect(names(then(inError))).toEqual([]);
    const elsewhere = then(
      made({ office: home, offer: 'kr2-1' }),
      accepted({ office: home, offer: 'kr2-1' }),
    );
    expect(clocks(elsewhere).every(({ owes }) => owes === home)).toBe(true);
  });

  test('owes each of two offers by itself', () => {
    const both = log(submitted({ lines: [[abroad], [union]] }));
    expect(clocks(both).map(({ clock, owes }) => `${clock} ${owes}`)).toEqual([
      `decide ${abroad}`,
      `acknowledge ${abroad}`,
      `decide ${union}`,
      `acknowledge ${union}`,
    ]);
  });
});

test('a withdrawal of consent is to be confirmed within 72 hours and two working days', () => {
  const facts = at(then(consentWithdrawn(abroad, 'vn1-1', 'kr1-1')), 0, 60);
  expect(clocks(facts).find(({ clock }) => clock === 'withdrawal-confirm')).toMatchObject({
    half: later(60 + 36 * HOUR),
    due: later(60 + 72 * HOUR),
  });
  // From a Friday: Monday and Tuesday, until 18:00 in Seoul.
  const friday = at(then(consentWithdrawn(abroad, 'vn1-1', 'kr1-1')), 0, 4 * DAY);
  expect(due(friday, 'withdrawal-confirm')).toBe('2026-12-01T09:00:00.000Z');
});

describe('what a fact of the other country starts', () => {
  const received: Partial<Context> = {
    receivedAt: ({ country, seq }) => (country === 'kr' && seq === 1 ? later(10 * DAY) : undefined),
  };

  test('runs from when it came: nobody owes an answer to what had not arrived', () => {
    expect(due(at(sent('urgent')), 'decide', received)).toBe(later(10 * DAY + 48 * HOUR));
    expect(due(at(sent('urgent')), 'decide')).toBe(later(48 * HOUR));
  });

  test('in an emergency counts first contact from the offer as it came', () => {
    const facts = at(onward(sent('emergency'), accepted()), 0, 10 * DAY + 60);
    expect(due(facts, 'first-contact', received)).toBe(later(10 * DAY + 24 * HOUR));
  });

  test('an answer that came late ends the pause when it came', () => {
    const facts = at(onward(sent('urgent'), asked(), told()), 0, 60, 120);
    expect(due(facts, 'decide')).toBe(later(48 * HOUR + 60));
    const late: Partial<Context> = {
      receivedAt: ({ country, seq }) =>
        country === 'kr' && seq === 2 ? later(5 * HOUR) : undefined,
    };
    expect(due(facts, 'decide', late)).toBe(later(48 * HOUR + 4 * HOUR));
  });
});

describe('a question', () => {
  test('is the sender’s to answer', () => {
    const facts = at(onward(sent('urgent'), asked()), 0, 60);
    expect(named(facts).answer).toMatchObject({
      owes: sender,
      offer: 'kr1-1',
      round: 1,
      due: later(25 * HOUR),
    });
    const normal = at(then(asked()), 0, 60);
    expect(due(normal, 'answer')).toBe('2026-11-25T09:00:00.000Z');
  });

  test('pauses the decision, at most for the time to answer', () => {
    const open = at(onward(sent('urgent'), asked()), 0, 60);
    expect(due(open, 'decide')).toBe(later(72 * HOUR));
    const late = at(onward(sent('urgent'), asked(), told()), 0, 60, 60 + 40 * HOUR);
    expect(due(late, 'decide')).toBe(later(72 * HOUR));
  });

  test('does not pause the working days that end before it is answered', () => {
    // Asked on Wednesday, answered on Thursday evening: Wednesday and Thursday do not count.
    const facts = at(then(asked(), told()), 0, 2 * DAY, 3 * DAY + 8 * HOUR);
    expect(due(facts, 'decide')).toBe('2026-12-03T10:00:00.000Z');
  });

  test('of a second round pauses nothing in an urgent case, and again in a normal one', () => {
    const rounds = [asked(), told(), asked({}, { round: 2 })];
    const urgent = at(onward(sent('urgent'), ...rounds), 0, 60, 120, 180);
    expect(due(urgent, 'decide')).toBe(later(49 * HOUR));
    expect(named(urgent).answer?.round).toBe(2);
    const normal = at(then(...rounds), 0, 60, 120, 2 * DAY);
    expect(due(normal, 'decide')).toBe('2026-12-03T10:00:00.000Z');
  });
});

describe('an office that accepted', () => {
  test.each<[string, Instant, Instant]>([
    ['emergency', later(24 * HOUR), later(DAY)],
    ['urgent', later(60 + 72 * HOUR), later(60 + 7 * DAY)],
    ['normal', later(60 + 14 * DAY), later(60 + 30 * DAY)],
  ])('of %s has this time to reach her and to say so', (urgency, contact, feedback) => {
    const facts = at(onward(sent(urgency), accepted()), 0, 60);
    expect(due(facts, 'first-contact')).toBe(contact);
    expect(due(facts, 'feedback')).toBe(feedback);
  });

  test.each([
    ['contact-made', []],
    ['visit', []],
    ['contact-attempted', ['first-contact']],
    ['appointment-scheduled', ['first-contact']],
    ['note', ['first-contact']],
  ])('that reports %s still owes %s', (kind, owed) => {
    expect(names(then(accepted(), progressed({}, { kind })))).toEqual(owed);
  });

  test('reached her by an appointment where she comes herself', () => {
    for (const [contact, owed] of [
      ['person-contacts-office', []],
      ['no-contact', []],
      ['through-worker', ['first-contact']],
    ] as const) {
      const facts = onward(
        sent('normal', { contact }),
        accepted(),
        progressed({}, { kind: 'appointment-scheduled' }),
      );
      expect(names(facts)).toEqual(owed);
    }
  });

  test('owes no feedback where none was allowed', () => {
    expect(names(onward(sent('normal', { feedback: 'none' }), accepted()))).toEqual([
      'first-contact',
    ]);
  });

  test('owes nothing of the kind once it serves, has ended or has begun again', () => {
    const serving = then(accepted(), progressed(), started());
    expect(names(serving)).toEqual([]);
    expect(names(onward(serving, completed()))).toEqual([]);
    expect(names(onward(serving, completed(), reopened()))).toEqual([]);
  });
});

describe('a hold', () => {
  const safety = { pausesContact: true, review: later(10 * DAY) };
  const waits = (data: object, ...more: readonly Step[]) =>
    onward(sent('urgent'), accepted(), held({}, data as Record<string, unknown>), ...more);

  test('that pauses the contact stops both clocks until it ends', () => {
    const facts = at(waits(safety, resumed()), 0, 60, 120, 120 + DAY);
    expect(due(facts, 'first-contact')).toBe(later(60 + 72 * HOUR + DAY));
    expect(due(facts, 'feedback')).toBe(later(60 + 7 * DAY + DAY));
  });

  test('of another kind stops feedback alone', () => {
    const other = { pausesContact: false, review: later(10 * DAY) };
    const facts = at(waits(other, resumed()), 0, 60, 120, 120 + DAY);
    expect(due(facts, 'first-contact')).toBe(later(60 + 72 * HOUR));
    expect(due(facts, 'feedback')).toBe(later(60 + 7 * DAY + DAY));
  });

  test('stops them until somebody should have looked again, and no longer', () => {
    const facts = at(waits({ ...safety, review: later(3 * DAY) }), 0, 60, 120);
    expect(due(facts, 'first-contact')).toBe(later(60 + 72 * HOUR + 3 * DAY - 120));
    const late = at(waits({ ...safety, review: later(3 * DAY) }, resumed()), 0, 60, 120, 9 * DAY);
    expect(due(late, 'first-contact')).toBe(later(60 + 72 * HOUR + 3 * DAY - 120));
  });

  test('that awaits her arrival stops them without an end', () => {
    const awaited = { pausesContact: true, awaitsArrival: true, review: undefined };
    const facts = at(waits(awaited), 0, 60, 120);
    expect(named(facts)['first-contact']).toMatchObject({ half: undefined, due: undefined });
    expect(names(facts)).toEqual(['feedback', 'first-contact']);
  });

  test('is looked at again by its office', () => {
    const serving = onward(sent(), accepted(), progressed(), started(), held());
    expect(clocks(at(serving, 0, 0, 0, 0, 0))).toMatchObject([
      { clock: 'hold-review', owes: abroad, round: 1, half: later(12 * HOUR), due: later(DAY) },
    ]);
    const again = at(onward(serving, resumed(), held({}, { review: later(3 * DAY) })), 0, 0, 0, 0);
    expect(clocks(again)).toMatchObject([{ round: 2, due: later(3 * DAY) }]);
  });
});

describe('a request to cancel', () => {
  const asking = (...more: readonly Step[]) => onward(sent('urgent'), accepted(), ...more);

  test('is the receiver’s to answer, and stops what it owed before', () => {
    const facts = at(asking(askedToCancel()), 0, 60, 120);
    expect(clocks(facts)).toMatchObject([
      { clock: 'cancellation', owes: abroad, due: later(120 + 48 * HOUR) },
    ]);
  });

  test('counts from the first, from the crossing, the error or the other choice', () => {
    const twice = at(asking(askedToCancel(), askedToCancel()), 0, 60, 120, 10 * DAY);
    expect(due(twice, 'cancellation')).toBe(later(120 + 48 * HOUR));
    expect(due(at(asking(askedToEnd()), 0, 60, 120), 'cancellation')).toBe(later(120 + 48 * HOUR));
    expect(due(at(asking(inError), 0, 60, 120), 'cancellation')).toBe(later(120 + 48 * HOUR));
    const other = { office: union, offer: 'kr2-1' };
    const placed = asking(made(other), accepted(other), placedLine('kr2-1'));
    expect(due(at(placed, 0, 60, 120, 180, 240), 'cancellation')).toBe(later(240 + 48 * HOUR));
  });

  test('is over when it was answered', () => {
    const facts = asking(askedToCancel(), cancelled({ actor: abroad }, { next: 'sender' }));
    expect(names(facts)).toEqual(['place']);
  });
});

describe('a line that waits for its sender', () => {
  const sole = (urgency = 'normal') => log(submitted({ urgency, lines: [[abroad]] }));

  test('is to be placed from when its last office let it go', () => {
    const facts = at(onward(sole('urgent'), declined()), 0, 60);
    expect(clocks(facts)).toMatchObject([
      { clock: 'place', owes: sender, line: 'l1', due: later(60 + 24 * HOUR) },
    ]);
    const normal = at(onward(sole(), declined()), 0, 60);
    expect(due(normal, 'place')).toBe('2026-11-25T09:00:00.000Z');
  });

  test('from when the sender’s country heard of it', () => {
    const facts = at(onward(sole('urgent'), declined()), 0, 60);
    const heard: Partial<Context> = {
      receivedAt: ({ country }) => (country === 'vn' ? later(3 * DAY) : undefined),
    };
    expect(due(facts, 'place', heard)).toBe(later(4 * DAY));
  });

  test('and once more each time, as another round', () => {
    const again = { office: union, offer: 'kr2-1' };
    const first = onward(sole(), declined());
    const second = onward(first, made(again), declined(again));
    const ends = { lines: [{ line: 'l1', state: 'failed', next: 'sender' }] };
    const third = onward(sole(), accepted(), failed({}, ends));
    const fourth = onward(third, reopened(), failed({}, ends));
    const rounds = [first, second, third, fourth].map((facts) => named(facts).place?.round);
    expect(rounds).toEqual([2, 3, 2, 3]);
  });

  test('is waited for no more when it is offered, placed, stopped or closed', () => {
    for (const step of [made({ office: third, offer: 'kr2-1' }), stoppedLine()])
      expect(names(onward(sole(), declined(), step))).not.toContain('place');
    expect(names(onward(sole(), accepted(), failed()))).toEqual([]);
  });

  test('of two that serve it the supervisor must choose one, only when both have begun', () => {
    const other = { office: union, offer: 'kr2-1' };
    const two = onward(sole(), made(other), accepted(), accepted(other));
    expect(names(two)).not.toContain('place');
    const begun = onward(two, progressed(), progressed(other), started(), started(other));
    expect(named(begun).place).toMatchObject({ owes: sender, line: 'l1', round: 2 });
  });
});
