import { describe, expect, test } from 'vitest';
import type { Country, Fact, Office } from '../../events/envelope.ts';
import { allowedCommands } from '../../shared/referral/allowed.ts';
import type { Command, Context } from '../../shared/referral/command.ts';
import { wakeAt } from '../../shared/referral/deadlines.ts';
import { decide } from '../../shared/referral/decide.ts';
import { dueNext } from '../../shared/referral/due.ts';
import { fold } from '../../shared/referral/fold.ts';
import { inDirectory } from '../../shared/referral/suspension.ts';
import { viewFor } from '../../shared/referral/view.ts';
import { log, onward, submitted } from '../support/facts.ts';
import { command, recorded, refusal } from '../support/given.ts';
import {
  abroad,
  contextIn,
  home,
  later,
  offices,
  sender,
  union,
  worker,
} from '../support/people.ts';
import {
  accepted,
  asked,
  askedToCancel,
  completed,
  made,
  progressed,
  started,
} from '../support/steps.ts';

const HOUR = 60;
const noonOf = 10;
/** As it is once the directory says so: suspended ten minutes after noon. */
const contextOf = (country: Country, office: Office, minute = 20): Context => ({
  ...contextIn(country, later(minute)),
  offices: {
    ...offices,
    [office]: { active: false, takesReferrals: true, suspended: later(noonOf) },
  },
});
const due = (facts: readonly Fact[], context: Context) => dueNext(fold(facts), context);
const done = (facts: readonly Fact[], context: Context) => {
  const next = due(facts, context) as Command;
  const draft = decide(fold(facts), next, context);
  if (!draft) throw new Error('nothing came of it');
  return recorded(facts, draft, next);
};
const sent = log(submitted({ lines: [[abroad, union, home]], urgency: 'urgent' }));
const serving = onward(sent, accepted(), progressed(), started());

describe('an open offer of a suspended office', () => {
  test.each([
    ['requested', sent],
    ['asked back', onward(sent, asked())],
  ])(
    'that is %s is cancelled by the system of its country, and goes to the next office',
    (_, facts) => {
      const after = done(facts, contextOf('vn', abroad));
      expect(after.at(-1)).toMatchObject({
        type: 'offer.cancelled.v1',
        actor: 'vn:system',
        data: { offer: 'kr1-1', lines: ['l1'], cause: 'suspended', next: 'next-office' },
      });
      expect(fold(after).setAside).toEqual([]);
      expect(due(after, contextOf('vn', abroad))).toBeUndefined();
      expect(due(after, contextOf('kr', abroad))).toMatchObject({
        do: 'offer',
        input: { office: union, lines: ['l1'] },
      });
    },
  );

  test('is left alone by the other country, and by a directory that does not know', () => {
    expect(due(sent, contextOf('kr', abroad))).toBeUndefined();
    expect(due(sent, contextIn('vn', later(20)))).toBeUndefined();
    expect(due(sent, contextOf('vn', union))).toBeUndefined();
    expect(due(sent, { ...contextIn('vn', later(20)), offices: {} })).toBeUndefined();
  });

  test('cannot be accepted any more', () => {
    const accept = command('accept', worker(abroad), { lines: ['l1'] }, 'kr1-1');
    expect(refusal(() => decide(fold(sent), accept, contextOf('vn', abroad))).code).toBe(
      'not-allowed-now',
    );
  });

  test('of the sender’s own country is cancelled there', () => {
    const facts = log(submitted({ lines: [[home]] }));
    expect(due(facts, contextOf('kr', home))).toMatchObject({ do: 'cancel', offer: 'kr1-1' });
  });

  test('is not made again to it by the system', () => {
    const list = log(submitted({ lines: [[home, abroad, union]] }));
    const facts = done(list, contextOf('kr', home));
    const both: Context = {
      ...contextOf('kr', home),
      offices: {
        ...contextOf('kr', abroad).offices,
        ...{ [home]: contextOf('kr', home).offices[home] as never },
      },
    };
    expect(due(facts, both)).toMatchObject({ do: 'offer', input: { office: union } });
  });
});

describe('a service of a suspended office', () => {
  test('is shown as asked to cancel, alike in both countries, with a clock from the suspension', () => {
    for (const [office, country] of [
      [sender, 'kr'],
      [abroad, 'vn'],
    ] as const) {
      const view = viewFor(office, fold(serving), contextOf(country, abroad));
      expect(view?.offers[0]).toMatchObject({
        status: 'in-progress',
        cancellation: 'requested',
        due: [{ clock: 'cancellation', due: later(noonOf + 48 * HOUR) }],
      });
    }
    expect(viewFor(sender, fold(serving), contextIn('kr'))?.offers[0]?.cancellation).toBe('none');
  });

  test('that nobody there ends is ended by its country’s system at one and a half times, and the sender decides', () => {
    const { referral } = inDirectory(fold(serving), contextOf('vn', abroad).offices);
    expect(referral && wakeAt(referral, contextOf('vn', abroad))).toBe(later(noonOf + 24 * HOUR));
    let facts = serving;
    const over = contextOf('vn', abroad, noonOf + 72 * HOUR);
    while (due(facts, over)) facts = done(facts, over);
    expect(facts.at(-1)?.data).toMatchObject({ cause: 'clock', lines: ['l1'], next: 'sender' });
    expect(facts.at(-1)?.type).toBe('offer.cancelled.v1');
    expect(fold(facts).setAside).toEqual([]);
    // Its list is not asked: the line waits for the sender, whose clock runs.
    expect(due(facts, contextOf('kr', abroad, noonOf + 72 * HOUR))).toMatchObject({
      do: 'miss-deadline',
      input: { clock: 'place', line: 'l1' },
    });
  });

  test('keeps what was asked of it before, and when', () => {
    const facts = onward(serving, askedToCancel());
    const view = viewFor(sender, fold(facts), contextOf('kr', abroad));
    expect(view?.offers[0]?.due).toMatchObject([
      { clock: 'cancellation', due: later(5 + 48 * HOUR) },
    ]);
  });

  test('is reminded of what is asked of it once it is back, whatever it was late with before', () => {
    const late = done(serving, contextOf('vn', abroad, noonOf + 48 * HOUR));
    expect(late.at(-1)?.data).toMatchObject({ clock: 'cancellation' });
    const back = contextIn('vn', later(noonOf + 48 * HOUR));
    expect(due(onward(late, askedToCancel()), back)).toMatchObject({
      do: 'miss-deadline',
      input: { clock: 'cancellation', offer: 'kr1-1' },
    });
  });

  test('lets the sender’s supervisor ask another office at once', () => {
    const may = (context: Context) =>
      allowedCommands(fold(serving), worker(sender, 'supervisor'), context).map((c) => c.command);
    expect(may(contextOf('kr', abroad))).toContain('offer');
    expect(may(contextIn('kr', later(20)))).not.toContain('offer');
    const parallel = command('offer', worker(sender, 'supervisor'), {
      ...{ office: union, lines: ['l1'], parallel: true },
    });
    expect(decide(fold(serving), parallel, contextOf('kr', abroad))?.type).toBe('offer.made.v1');
  });

  test('gives way to another that accepted the same line', () => {
    const facts = onward(
      serving,
      made({ office: home, offer: 'kr2-1', actor: sender }),
      accepted({ office: home, offer: 'kr2-1' }),
    );
    const view = viewFor(sender, fold(facts), contextOf('kr', abroad));
    expect(view && 'lines' in view && view.lines).toMatchObject([{ status: 'placed' }]);
    expect(due(facts, contextOf('kr', abroad))).toBeUndefined();
  });
});

test('what has ended stays as it ended', () => {
  const facts = onward(serving, completed());
  expect(viewFor(sender, fold(facts), contextOf('kr', abroad))?.offers[0]).toMatchObject({
    status: 'completed',
    cancellation: 'none',
  });
  expect(due(facts, contextOf('vn', abroad))).toBeUndefined();
});

test('a state without suspensions is the very state', () => {
  const state = fold(serving);
  expect(inDirectory(state, offices)).toBe(state);
});

test('a suspension of which the directory does not say when counts from the offer', () => {
  const { referral } = inDirectory(fold(sent), {
    [abroad]: { active: false, takesReferrals: true },
  });
  expect(referral?.offers[0]?.suspended).toBe(referral?.offers[0]?.made.at);
});
