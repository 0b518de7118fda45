import { describe, expect, test } from 'vitest';
import { type CommandName, commandAt, commands, routes } from '../../events/commands.ts';
import { rules } from '../../shared/referral/rules.ts';
import { sample } from '../support/commands.ts';
import { abroad, union, worker } from '../support/people.ts';

const names = Object.keys(commands) as CommandName[];

test('every command but the system’s own has a path and a rule', () => {
  const systems = [
    'lapse-consent',
    'cancel',
    'expire',
    'remind',
    'miss-deadline',
    'record-no-arrival',
    'close-parent',
    'end-override',
  ];
  expect([...names, ...systems].toSorted()).toEqual(Object.keys(rules).toSorted());
});

test('every path is one route, and leads back to its command', () => {
  expect(routes).toHaveLength(names.length);
  expect(new Set(routes.map(({ path }) => path)).size).toBe(names.length);
  for (const name of names) expect(commandAt(commands[name].path)).toBe(name);
  expect(commandAt('/v1/referrals/{ref}')).toBeUndefined();
});

test('a path names an offer exactly when the command is about one', () => {
  for (const name of names)
    expect([name, commands[name].path.includes('{offer}')]).toEqual([
      name,
      rules[name].on === 'offer',
    ]);
});

describe('input', () => {
  const samples = sample(worker(abroad), union);

  test.each(names)(
    'of %s is taken as it is, and refused with a field that is not known',
    (name) => {
      const { input } = samples[name] ?? {};
      expect(commands[name].input.parse(input)).toEqual(input);
      expect(commands[name].input.safeParse({ ...input, override: true }).success).toBe(false);
    },
  );

  test('of a round is one to ten questions, and one to ten answers', () => {
    const takes = (name: CommandName, field: string, one: unknown) =>
      [0, 1, 10, 11].map(
        (n) => commands[name].body.safeParse({ [field]: Array(n).fill(one) }).success,
      );
    const some = [false, true, true, false];
    const question = { question: 'documents-available' };
    expect(takes('request-information', 'questions', question)).toEqual(some);
    expect(takes('provide-information', 'answers', 'An invented answer')).toEqual(some);
  });

  test('has no office in it but those that are asked: the office comes from the token', () => {
    for (const name of names)
      expect(
        commands[name].input.safeParse({ ...samples[name]?.input, sender: abroad }).success,
      ).toBe(false);
  });

  test('what brings content or may happen twice is marked', () => {
    const marked = (which: 'sealed' | 'repeats') => names.filter((name) => commands[name][which]);
    expect(marked('sealed')).toEqual([
      'submit',
      'request-information',
      'provide-information',
      'decline',
      'withdraw-acceptance',
      'withdraw',
      'request-cancellation',
      'refuse-cancellation',
      'record-consent',
      'withdraw-consent',
      'confirm-withdrawal',
      'refute-withdrawal',
      'offer',
      'stop-line',
      'report-progress',
      'hold',
      'close',
      'reopen',
      'mark-error',
      'plan-travel',
      'record-arrival',
      'confirm-erasure',
      'amend',
      'take-over',
      'propose-override',
      'approve-override',
    ]);
    expect(marked('repeats')).toEqual([
      'submit',
      'request-information',
      'request-cancellation',
      'record-consent',
      'withdraw-consent',
      'confirm-withdrawal',
      'refute-withdrawal',
      'offer',
      'report-progress',
      'hold',
      'resume',
      'reopen',
      'raise-safety-hold',
      'propose-lift',
      'approve-lift',
      'plan-travel',
      'give-report',
      'amend',
      'refer-onward',
      'propose-hand-over',
      'propose-override',
      'approve-override',
    ]);
  });

  test.each([
    ['lines', { lines: [] }],
    ['urgency', { urgency: 'soon' }],
    ['urgency', { urgency: undefined }],
    ['reach', { reach: 'all' }],
  ])('of submit needs %s', (field, change) => {
    const result = commands.submit.input.safeParse({ ...samples.submit?.input, ...change });
    expect(result.error?.issues[0]?.path[0]).toBe(field);
  });
});
