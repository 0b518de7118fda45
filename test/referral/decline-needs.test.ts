import { expect, test } from 'vitest';
import { OfferId } from '../../events/referral.ts';
import { checkDecline } from '../../shared/referral/decline-needs.ts';
import { command, refusal } from '../support/given.ts';
import { abroad, closed, contextIn, full, home, stranger, worker } from '../support/people.ts';

const more: Readonly<Record<string, string>> = {
  rule: 'An invented rule',
  document: 'An invented paper',
  expectedDate: '2027-01-04',
  otherReferral: 'ref_0000000000000000000000MORE',
};
const names = ['decline', 'withdraw-acceptance'] as const;
const checks = (name: (typeof names)[number], body: { reason: string; [more: string]: string }) => {
  const asked = command(name, worker(abroad), { reason: body.reason }, OfferId.parse('kr1-1'));
  return () => checkDecline(asked, body, contextIn('vn'));
};

test.each([
  ['not-eligible', 'rule'],
  ['prerequisites-missing', 'document'],
  ['waiting-time-too-long', 'expectedDate'],
  ['already-served', 'otherReferral'],
  ['duplicate', 'otherReferral'],
  ['no-capacity', undefined],
  ['other', undefined],
])('%s is said with %s, and with nothing else that another reason needs', (reason, needed) => {
  const fits = { reason, ...(needed && { [needed]: `${more[needed]}` }) };
  for (const name of names) {
    checks(name, fits)();
    if (needed)
      expect(refusal(checks(name, { reason }))).toEqual({
        ...{ code: 'invalid-field', status: 422, field: `/${needed}` },
      });
    for (const field of Object.keys(more).filter((one) => one !== needed))
      expect(refusal(checks(name, { ...fits, [field]: `${more[field]}` }))).toMatchObject({
        field: `/${field}`,
      });
  }
});

test('another office may be suggested that can be asked', () => {
  const suggests = (suggested: string) => checks('decline', { reason: 'no-capacity', suggested });
  for (const office of [home, stranger]) suggests(office)();
  for (const office of [abroad, full, closed, 'vn-nobody'])
    expect(refusal(suggests(office))).toMatchObject({ status: 422, field: '/suggested' });
});

test('no other command says any of it', () => {
  const asked = command('withdraw', worker(home), { reason: 'other' }, OfferId.parse('kr1-1'));
  expect(() => checkDecline(asked, { rule: more.rule }, contextIn('kr'))).not.toThrow();
});
