import { expect, test } from 'vitest';
import type { Fact, Office } from '../../events/envelope.ts';
import { allowedCommands } from '../../shared/referral/allowed.ts';
import { fold } from '../../shared/referral/fold.ts';
import { countryOf } from '../../shared/referral/order.ts';
import { log, onward, submitted } from '../support/facts.ts';
import { abroad, contextIn, home, sender, stranger, worker } from '../support/people.ts';
import { accepted, made, newer } from '../support/steps.ts';

const begun = log(submitted({ lines: [[abroad], [home]] }));
/** `command offer`, or the command alone where it is about the whole. */
const may = (who: Office, facts: readonly Fact[] = begun, role?: 'supervisor') =>
  allowedCommands(fold(facts), worker(who, role), contextIn(countryOf(who))).map(
    ({ command, ...of }) => ['offer' in of ? `${command} ${of.offer}` : command].join(),
  );

test('an office is told what it may do, and with which of its offers', () => {
  expect(may(abroad)).toEqual([
    'acknowledge kr1-1',
    'request-information kr1-1',
    'accept kr1-1',
    'decline kr1-1',
    'record-consent',
    'withdraw-consent',
    'raise-safety-hold',
    'plan-travel',
  ]);
  const two = onward(
    begun,
    made({ office: abroad, offer: 'kr2-1', actor: sender }, { lines: ['l2'] }),
    accepted(),
  );
  expect(may(abroad, two).filter((name) => /accept|start|hold|close/.test(name))).toEqual([
    'accept kr2-1',
    'hold kr1-1',
    'close kr1-1',
    'raise-safety-hold',
  ]);
});

test('the sender is told what it may do, a supervisor more', () => {
  const worker = may(sender);
  expect(worker).toEqual([
    'withdraw kr1-1',
    'withdraw kr1-2',
    'record-consent',
    'withdraw-consent',
    'raise-safety-hold',
    'plan-travel',
    'amend',
    'propose-override',
  ]);
  expect(may(sender, begun, 'supervisor').filter((name) => !worker.includes(name))).toEqual([
    'offer',
    'mark-error',
    'give-report',
    'propose-hand-over',
  ]);
});

test('nobody may do anything to what never was, nor a stranger to what is', () => {
  expect(may(sender, [])).toEqual([]);
  expect(may(stranger)).toEqual([]);
});

test('while a newer fact is here, nothing risky may be done', () => {
  expect(may(abroad, onward(begun, newer))).not.toContain('accept kr1-1');
  expect(may(abroad, onward(begun, newer))).toContain('decline kr1-1');
});
