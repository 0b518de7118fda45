import { expect, test } from 'vitest';
import type { Context } from '../../shared/referral/command.ts';
import { submission } from '../support/commands.ts';
import { log, submitted } from '../support/facts.ts';
import { command, given, refusal } from '../support/given.ts';
import {
  abroad,
  closed,
  full,
  helpline,
  home,
  later,
  nextYear,
  noon,
  police,
  sender,
  union,
  worker,
} from '../support/people.ts';

const base = submission(sender);
type Base = typeof base & { helplines?: string[]; handOver?: object; duplicate?: string };
const submit = (change: (b: Base) => object = (b) => b) =>
  command('submit', worker(sender), change(structuredClone(base) as Base));
const consent = (b: Base, more: object) => ({ ...b, consent: { ...b.consent, ...more } });
const to =
  (...offices: string[]) =>
  (b: Base) => ({ ...b, lines: [{ offices }] });

test('submit makes one offer an office, of the lines that name it first, and keeps the rest as the list', () => {
  const all = [abroad, union, home];
  const grants = [
    ...base.consent.grants,
    { office: union, direction: 'kr-vn', stages: [1], expires: nextYear },
    { office: home, direction: 'kr', stages: [1, 2], expires: nextYear, onward: [union] },
  ];
  const draft = given([]).when(
    submit((b) => ({
      ...consent(b, { grants }),
      lines: [{ offices: all }, { offices: [home] }, { offices: [abroad, home] }],
      helplines: [helpline],
      handOver: { at: noon, result: 'no-answer' },
      duplicate: 'new-need',
    })),
  );
  expect(draft).toMatchObject({
    type: 'referral.submitted.v1',
    reach: 'both',
    data: {
      offices: [sender, abroad, home],
      by: worker(sender).by,
      urgency: 'normal',
      lines: [
        { line: 'l1', offices: all },
        { line: 'l2', offices: [home] },
        { line: 'l3', offices: [abroad, home] },
      ],
      offers: [
        { offer: 'kr1-1', office: abroad, lines: ['l1', 'l3'] },
        { offer: 'kr1-2', office: home, lines: ['l2'] },
      ],
      helplines: [helpline],
      handOver: { at: noon, result: 'no-answer' },
      duplicate: true,
    },
  });
  expect(draft).toHaveProperty('data.consent.grants', [
    { ...grants[0], grant: 'kr1-1', onward: [] },
    { ...grants[1], grant: 'kr1-2', onward: [] },
    { ...grants[2], grant: 'kr1-3', onward: [] },
    { ...grants[3], grant: 'kr1-4' },
  ]);
});

test('a referral that exists is not made again', () => {
  expect(refusal(() => given(log(submitted())).when(submit()))).toMatchObject({
    code: 'already-done-differently',
  });
});

test.each<[string, (b: Base) => object, string, string]>([
  ['its own office', to(sender), 'office-unavailable', '/lines/0/offices/0'],
  ['an unknown office', to('vn-nobody'), 'office-unavailable', '/lines/0/offices/0'],
  ['a suspended office', to(abroad, closed), 'office-unavailable', '/lines/0/offices/1'],
  ['an office that takes none', to(full), 'office-unavailable', '/lines/0/offices/0'],
  ['the police', to(police), 'office-unavailable', '/lines/0/offices/0'],
  ['an office twice', to(abroad, abroad), 'invalid-field', '/lines/0/offices'],
  ['an office without a grant', to(abroad, union), 'no-consent', '/consent/grants'],
  ['reach of the other country', (b) => ({ ...b, reach: 'vn' }), 'invalid-field', '/reach'],
  [
    'an office beyond the reach',
    (b) => ({ ...b, reach: 'kr' }),
    'office-unavailable',
    '/lines/0/offices/0',
  ],
  [
    'the police as helpline',
    (b) => ({ ...b, helplines: [police] }),
    'office-unavailable',
    '/helplines/0',
  ],
  [
    'a suspended helpline',
    (b) => ({ ...b, helplines: [helpline, closed] }),
    'office-unavailable',
    '/helplines/1',
  ],
  [
    'an emergency without a call',
    (b) => ({ ...b, urgency: 'emergency' }),
    'invalid-field',
    '/handOver',
  ],
  [
    'a call in the future',
    (b) => ({ ...b, handOver: { at: later(6), result: 'answered' } }),
    'invalid-field',
    '/handOver/at',
  ],
  [
    'an unknown duplicate reason',
    (b) => ({ ...b, duplicate: 'whim' }),
    'invalid-field',
    '/duplicate',
  ],
  [
    'an expired grant',
    (b) => consent(b, { grants: [{ ...b.consent.grants[0], expires: noon }] }),
    'invalid-field',
    '/consent/grants/0/expires',
  ],
  [
    'no way back',
    (b) => consent(b, { grants: b.consent.grants.slice(0, 1) }),
    'no-consent',
    '/consent/grants',
  ],
  [
    'a grant in the wrong direction',
    (b) => consent(b, { grants: b.consent.grants.map((g) => ({ ...g, direction: 'vn-kr' })) }),
    'no-consent',
    '/consent/grants',
  ],
  [
    'a grant in the wrong direction beside one that crosses',
    (b) => {
      const [to, back] = b.consent.grants;
      const grants = [{ ...to, direction: 'vn-kr' }, { ...to, office: union }, back];
      return consent(b, { grants });
    },
    'no-consent',
    '/consent/grants',
  ],
  [
    'a grant of the second stage alone',
    (b) => consent(b, { grants: b.consent.grants.map((g) => ({ ...g, stages: [2] })) }),
    'no-consent',
    '/consent/grants',
  ],
])('submit is refused with %s', (_, change, code, field) => {
  expect(refusal(() => given([]).when(submit(change)))).toEqual({ code, status: 422, field });
});

test.each<[string, (b: Base) => object]>([
  [
    'no way back but no feedback',
    (b) => consent(b, { feedback: 'none', grants: b.consent.grants.slice(0, 1) }),
  ],
  [
    'an emergency that was told by telephone',
    (b) => ({ ...b, urgency: 'emergency', handOver: { at: later(5), result: 'answered' } }),
  ],
])('submit takes %s', (_, change) => {
  expect(given([]).when(submit(change))).toBeDefined();
});

test('a domestic referral needs no crossing', () => {
  const grants = [{ office: home, direction: 'kr', stages: [1], expires: nextYear }];
  const change = (b: Base) => ({
    ...consent(b, { grants }),
    reach: 'kr',
    lines: [{ offices: [home] }],
  });
  expect(given([]).when(submit(change))).toMatchObject({ reach: 'kr' });
});

test('no system submits', () => {
  const system: Context['country'] = 'kr';
  expect(refusal(() => given([]).when(command('submit', { system }, base)))).toMatchObject({
    status: 403,
  });
});
