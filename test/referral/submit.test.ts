import { expect, test } from 'vitest';
import type { Context } from '../../shared/referral/command.ts';
import { submission } from '../support/commands.ts';
import { log, submitted } from '../support/facts.ts';
import { command, given } from '../support/given.ts';
import {
  abroad,
  border,
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
import { said } from '../support/permission.ts';

const base = submission(sender);
type Base = typeof base & { helplines?: string[]; handOver?: object; duplicate?: string };
const submit = (change: (b: Base) => object = (b) => b) =>
  command('submit', worker(sender), change(structuredClone(base) as Base));
const consent = (b: Base, more: object) => ({ ...b, consent: { ...b.consent, ...more } });
const to =
  (...offices: string[]) =>
  (b: Base) => ({ ...b, lines: [{ offices }] });

type Grants = Base['consent']['grants'];
const grants = (b: Base, change: (all: Grants) => readonly unknown[]) =>
  consent(b, { grants: change(b.consent.grants) });
const noWayBack =
  'no-consent: Feedback crosses the border: grant kr-invented-centre direction vn-kr, or set feedback "none" (/consent/grants)';
const noGrant =
  'no-consent: Grant stage 1 to vn-invented-office in direction kr-vn (/consent/grants)';
const helpless =
  'office-unavailable: Name an active office that is no immigration or police authority';

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
  expect(said(() => given(log(submitted())).when(submit()))).toBe(
    '409 already-done-differently: This referral exists',
  );
});

// biome-ignore format: a table
const refused: [string, (b: Base) => object, string][] = [
  ['its own office', to(sender), 'office-unavailable: Name another office than your own (/lines/0/offices/0)'],
  ['an unknown office', to('vn-nobody'), 'office-unavailable: Name an office that is active in the directory (/lines/0/offices/0)'],
  ['a suspended office', to(abroad, closed), 'office-unavailable: Name an office that is active in the directory (/lines/0/offices/1)'],
  ['an office that takes none', to(full), 'office-unavailable: Name an office that takes referrals (/lines/0/offices/0)'],
  ['the police', to(police), 'no-consent: Grant stage 1 to vn-invented-police in direction kr-vn (/consent/grants)'],
  ['an office twice', to(abroad, abroad), 'invalid-field: Name each office once (/lines/0/offices)'],
  ['an office without a grant', to(abroad, union), 'no-consent: Grant stage 1 to vn-invented-union in direction kr-vn (/consent/grants)'],
  ['reach of the other country', (b) => ({ ...b, reach: 'vn' }), 'invalid-field: Must be "kr" or "both" (/reach)'],
  ['an office beyond the reach', (b) => ({ ...b, reach: 'kr' }), 'office-unavailable: Name an office inside the reach, or submit with reach "both" (/lines/0/offices/0)'],
  ['the police as helpline', (b) => ({ ...b, helplines: [police] }), `${helpless} (/helplines/0)`],
  ['immigration as helpline', (b) => ({ ...b, helplines: [border] }), `${helpless} (/helplines/0)`],
  ['a suspended helpline', (b) => ({ ...b, helplines: [helpline, closed] }), `${helpless} (/helplines/1)`],
  ['an unknown helpline', (b) => ({ ...b, helplines: ['kr-nobody'] }), `${helpless} (/helplines/0)`],
  ['an emergency without a call', (b) => ({ ...b, urgency: 'emergency' }), 'invalid-field: An emergency is handed over by telephone first: say when and with what result (/handOver)'],
  ['a call in the future', (b) => ({ ...b, handOver: { at: later(6), result: 'answered' } }), 'invalid-field: Must not be in the future (/handOver/at)'],
  ['an unknown duplicate reason', (b) => ({ ...b, duplicate: 'whim' }), 'invalid-field: Must be one of: new-need, earlier-closed-badly, person-asked-again (/duplicate)'],
  ['an expired grant', (b) => consent(b, { grants: [{ ...b.consent.grants[0], expires: noon }] }), 'invalid-field: Must be in the future (/consent/grants/0/expires)'],
  ['no way back', (b) => grants(b, ([out]) => [out]), noWayBack],
  ['a way back to another office', (b) => grants(b, ([out, back]) => [out, { ...back, office: union }]), noWayBack],
  ['a grant of its own that is no way back', (b) => grants(b, ([out, back]) => [out, { ...back, direction: 'kr' }]), noWayBack],
  ['no way out', (b) => ({ ...grants(b, ([out, back]) => [{ ...out, office: home, direction: 'kr' }, back]), lines: [{ offices: [home] }] }), 'no-consent: Reach "both" needs a grant in direction kr-vn (/consent/grants)'],
  ['a grant in the wrong direction', (b) => grants(b, (all) => all.map((g) => ({ ...g, direction: 'vn-kr' }))), noGrant],
  ['a grant in the wrong direction beside one that crosses', (b) => grants(b, ([out, back]) => [{ ...out, direction: 'vn-kr' }, { ...out, office: union }, back]), noGrant],
  ['a grant of the second stage alone', (b) => grants(b, (all) => all.map((g) => ({ ...g, stages: [2] }))), noGrant],
];
test.each(refused)('submit is refused with %s', (_, change, expected) => {
  expect(said(() => given([]).when(submit(change)))).toBe(`422 ${expected}`);
});

test('a submission says nothing of duplicates, calls and helplines where there are none', () => {
  const draft = given([]).when(submit());
  expect(draft).toHaveProperty('data.helplines', []);
  for (const name of ['duplicate', 'handOver']) expect(draft).not.toHaveProperty(`data.${name}`);
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
  expect(said(() => given([]).when(command('submit', { system }, base)))).toBe(
    '403 not-yours-to-do: Only an office may submit',
  );
});
