import { expect, test } from 'vitest';
import type { Fact, Office } from '../../events/envelope.ts';
import type { Worker } from '../../shared/referral/command.ts';
import { log, onward, submitted } from '../support/facts.ts';
import { command, given, recorded, refusal } from '../support/given.ts';
import {
  abroad,
  closed,
  full,
  home,
  police,
  sender,
  stranger,
  third,
  union,
  worker,
} from '../support/people.ts';
import { declined, made } from '../support/steps.ts';

const over = onward(
  log(submitted()),
  declined({}, { next: 'sender', reason: 'prerequisites-missing' }),
);
const offer = (office: Office, more: object = {}, role: Worker['role'] = 'worker') =>
  command('offer', worker(sender, role), { office, lines: ['l1'], ...more });

test('the sender offers an open line to any office that is covered', () => {
  const draft = given(over).when(offer(home));
  expect(draft).toEqual({
    type: 'offer.made.v1',
    reach: 'both',
    data: {
      offices: [sender, home],
      by: worker(sender).by,
      offer: 'kr2-1',
      office: home,
      lines: ['l1'],
      replaces: 'kr1-1',
    },
  });
});

test.each<[string, Office, object, string, string | undefined]>([
  ['an office that is closed', closed, {}, 'office-unavailable', '/office'],
  ['an office that takes none', full, {}, 'office-unavailable', '/office'],
  ['the police, whom she did not name', police, {}, 'no-consent', '/office'],
  ['itself', sender, {}, 'office-unavailable', '/office'],
  ['an office without a grant', stranger, {}, 'no-consent', '/office'],
  ['an unknown line', home, { lines: ['l9'] }, 'invalid-field', '/lines'],
  ['a line twice', home, { lines: ['l1', 'l1'] }, 'invalid-field', '/lines'],
  ['the same office without a reason', abroad, {}, 'invalid-field', '/sameOfficeAgain'],
  [
    'the same office for no known reason',
    abroad,
    { sameOfficeAgain: 'whim' },
    'invalid-field',
    '/sameOfficeAgain',
  ],
])('is refused with %s', (_, office, more, code, field) => {
  expect(refusal(() => given(over).when(offer(office, more)))).toMatchObject({ code, field });
});

test('the same office is asked again with a reason', () => {
  expect(given(over).when(offer(abroad, { sameOfficeAgain: 'capacity-now' }))).toBeDefined();
});

test('a supervisor decides where a line goes that needs a human', () => {
  const facts = onward(log(submitted()), declined({}, { next: 'human', reason: 'other' }));
  expect(refusal(() => given(facts).when(offer(union)))).toMatchObject({
    code: 'not-yours-to-do',
    status: 403,
  });
  expect(given(facts).when(offer(union, {}, 'supervisor'))).toBeDefined();
});

test('five offers follow each other, and no sixth', () => {
  let facts: Fact[] = over;
  for (const office of [union, third, home, abroad]) {
    const does = offer(office, { sameOfficeAgain: 'capacity-now' }, 'supervisor');
    const draft = given(facts).when(does);
    if (!draft) throw new Error('no offer');
    facts = recorded(facts, draft, does);
    const id = String((draft.data as { offer: string }).offer);
    facts = onward(
      facts,
      declined({ office, offer: id }, { next: 'sender', reason: 'prerequisites-missing' }),
    );
  }
  const sixth = offer(union, { sameOfficeAgain: 'capacity-now' }, 'supervisor');
  expect(refusal(() => given(facts).when(sixth))).toMatchObject({
    code: 'limit-reached',
    status: 409,
  });
});

test('no two offers have one id, though both countries count alike', () => {
  const first = onward(over, made({ office: union, offer: 'kr2-1' }));
  const declinedToo = onward(first, declined({ office: union, offer: 'kr2-1' }));
  expect(given(declinedToo).when(offer(third))?.data).toMatchObject({ offer: 'kr3-1' });
});

test('the system offers to nobody but the next of the list', () => {
  const facts = onward(log(submitted()), declined());
  const system = (office: Office) => command('offer', { system: 'kr' }, { office, lines: ['l1'] });
  expect(refusal(() => given(facts).when(system(third)))).toMatchObject({
    code: 'not-allowed-now',
  });
  const draft = given(facts).when(system(union));
  expect(draft?.data).toEqual({
    offices: [sender, union],
    offer: 'kr2-1',
    office: union,
    lines: ['l1'],
    replaces: 'kr1-1',
  });
});
