import { describe, expect, test } from 'vitest';
import { dueSteps } from '../../shared/referral/deadlines.ts';
import { busy } from '../support/busy.ts';
import { log, onward, submitted } from '../support/facts.ts';
import { command, given } from '../support/given.ts';
import { honest } from '../support/now.ts';
import {
  abroad,
  contextIn,
  helpline,
  home,
  later,
  sender,
  third,
  union,
} from '../support/people.ts';
import { said } from '../support/permission.ts';
import { consentWithdrawn } from '../support/steps.ts';

const DAY = 24 * 60;
const { referral } = honest(busy);

/** Each step of a country that is due so many days later, and what it becomes. */
const steps = (country: 'kr' | 'vn', days: number) =>
  dueSteps(referral, contextIn(country, later(days * DAY)))
    .filter(({ command: { do: name } }) => name === 'remind' || name === 'miss-deadline')
    .map(({ clock, command: does }) => ({
      clock,
      does,
      draft: given(busy, later(days * DAY)).when(does),
    }));

describe.each(['kr', 'vn'] as const)('in %s', (country) => {
  test.each([1, 2, 3, 4, 6, 30])(
    'after %i days each step that is due says so of its own clock',
    (days) => {
      for (const { clock, does, draft } of steps(country, days)) {
        // Of two withdrawals the second has its turn after the first.
        if (clock.clock === 'withdrawal-confirm' && clock.round > 11) continue;
        const { clock: name, offer, line, hold, round, due } = clock;
        const type = does.do === 'remind' ? 'deadline.reminded.v1' : 'deadline.missed.v1';
        const data: object = draft?.data ?? {};
        expect({ type: draft?.type, ...data, offices: [] }).toEqual({
          ...{ type, offices: [], clock: name, round, due },
          ...{ ...(offer && { offer }), ...(line && { line }), ...(hold && { hold }) },
        });
      }
    },
  );
});

test('all are due in the end, and who owes hears of it beside the sender', () => {
  const heard = (['kr', 'vn'] as const)
    .flatMap((country) => steps(country, 30))
    .map(({ clock: { clock, offer, line, hold, round }, draft }) => {
      const { offices } = (draft?.data ?? {}) as { offices?: string[] };
      return [`${clock} ${offer ?? line ?? hold ?? round}`, offices];
    });
  expect(Object.fromEntries(heard)).toEqual({
    'cancellation kr1-4': [sender, home],
    'answer kr1-2': [sender, union],
    'place l6': [sender],
    'place l7': [sender],
    'safety-review kr6-1': [sender],
    'safety-review kr7-1': [sender],
    'withdrawal-confirm 11': [sender],
    'withdrawal-confirm 16': [sender], // the first has its turn before it
    'cancellation kr1-1': [sender, abroad],
    'decide kr1-2': [sender, union],
    'decide kr5-1': [sender, third],
    'acknowledge kr5-1': [sender, third],
    'safety-review vn4-1': [sender, abroad],
  });
});

test('nobody is reminded of what is missed, nor misses what has time left', () => {
  const tries = (name: 'remind' | 'miss-deadline', days: number) =>
    said(() =>
      given(busy, later(days * DAY)).when(
        command(name, { system: 'kr' }, { clock: 'safety-review', hold: 'kr6-1' }),
      ),
    );
  const early = '409 not-allowed-now: This clock has time left';
  expect([tries('remind', 2), tries('miss-deadline', 2)]).toEqual(['allowed', early]);
  expect([tries('remind', 4), tries('miss-deadline', 4)]).toEqual([early, 'allowed']);
});

test('that a withdrawal waits is told to the helpline that must ask her, where the sender wrote it down', () => {
  const hers = onward(
    log(submitted({ helplines: [helpline] })),
    consentWithdrawn(sender, 'kr2-1', 'kr1-1'),
  );
  const says = command('miss-deadline', { system: 'kr' }, { clock: 'withdrawal-confirm' });
  expect(given(hers, later(30 * DAY)).when(says)).toHaveProperty('data.offices', [
    sender,
    helpline,
  ]);
});
