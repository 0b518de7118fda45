import { expect, test } from 'vitest';
import { commands } from '../../events/commands.ts';
import { allowedCommands } from '../../shared/referral/allowed.ts';
import type { Worker } from '../../shared/referral/command.ts';
import { fold } from '../../shared/referral/fold.ts';
import { countryOf } from '../../shared/referral/order.ts';
import { rules } from '../../shared/referral/rules.ts';
import { abroad, contextIn, sender, shelter, third, worker } from '../support/people.ts';
import { situations } from '../support/situations.ts';

// Of each command about the whole referral: who may give it in which situation of an offer abroad (`in`), or in all but some.
const table = `
  record-consent by sender: but none error handed-over
  record-consent by its worker: but none error handed-over
  record-consent by office: but none withdrawn withdrawn-late withdrawn-by-sender error
  record-consent by shelter: in handed-over
  record-consent by third: in contested contested-begun placed placed-away elsewhere child-offered child-declined child-accepted parent-closed child-completed child-to-cancel parent-failed
  withdraw-consent by sender: but none handed-over
  withdraw-consent by its worker: but none handed-over
  withdraw-consent by office: but none
  withdraw-consent by shelter: in handed-over
  withdraw-consent by third: in contested contested-begun placed placed-away elsewhere child-offered child-declined child-accepted parent-closed child-completed child-to-cancel parent-failed
  confirm-withdrawal by sender: in withdrawn withdrawn-late
  refute-withdrawal by sender: in withdrawn withdrawn-late
  offer by sender: but none error newer newer-later handed-over
  offer by its worker: in rejected taken-back cancelled-late
  offer by shelter: in handed-over
  stop-line by sender: in rejected for-a-human taken-back cancelled-late
  stop-line by its worker: in rejected for-a-human taken-back cancelled-late
  place-line by sender: in contested-begun
  mark-error by sender: but none error handed-over
  mark-error by shelter: in handed-over
  raise-safety-hold by sender: but none error handed-over
  raise-safety-hold by its worker: but none error handed-over
  raise-safety-hold by office: but none error
  raise-safety-hold by shelter: in handed-over
  raise-safety-hold by third: in contested contested-begun placed placed-away elsewhere child-offered child-declined child-accepted parent-closed child-completed child-to-cancel parent-failed
  propose-lift by sender: in on-safety-hold lift-proposed
  propose-lift by its worker: in on-safety-hold lift-proposed
  propose-lift by office: in on-safety-hold lift-proposed
  approve-lift by sender: in lift-proposed
  approve-lift by its worker: in lift-proposed
  approve-lift by office: in lift-proposed
  plan-travel by sender: but none error handed-over
  plan-travel by its worker: but none error handed-over
  plan-travel by office: but none completed failed rejected for-a-human taken-back withdrawn withdrawn-late withdrawn-by-sender confirmed lapsed cancelled-late stopped error parent-closed child-completed parent-failed receipt-due cancelled asked asked-later crossed
  plan-travel by shelter: in handed-over
  plan-travel by third: in contested contested-begun placed placed-away elsewhere child-offered child-accepted parent-closed child-to-cancel parent-failed
  record-arrival by sender: in travel-planned not-arrived
  record-arrival by its worker: in travel-planned not-arrived
  record-arrival by office: in travel-planned not-arrived
  confirm-erasure by office: in receipt-due
  give-report by sender: but none on-safety-hold lift-proposed handed-over
  give-report by shelter: in handed-over
  amend by sender: but none error handed-over
  amend by its worker: but none error handed-over
  amend by office: in accepted contacted in-progress on-hold to-cancel consents-anew went-on reopened contested contested-begun placed placed-away newer-later child-offered child-declined child-accepted child-to-cancel on-safety-hold lift-proposed lifted travel-planned arrived not-arrived to-hand-over handed-over
  amend by shelter: in handed-over
  amend by third: in contested contested-begun placed placed-away elsewhere child-accepted parent-closed child-to-cancel
  propose-hand-over by sender: but none error handed-over
  propose-hand-over by shelter: in handed-over
  take-over by shelter: in to-hand-over
  propose-override by sender: but none error on-safety-hold lift-proposed handed-over
  propose-override by its worker: but none error on-safety-hold lift-proposed handed-over
  propose-override by office: in lapsed unconsented to-override
  propose-override by shelter: in handed-over`;

const all = Object.entries(situations(abroad, 'vn'));
const callers: readonly [string, Worker][] = [
  ['sender', worker(sender, 'supervisor')],
  ['its worker', worker(sender)],
  ['office', worker(abroad, 'supervisor')],
  ['shelter', worker(shelter, 'supervisor')],
  ['third', worker(third, 'supervisor')],
];
const allowed = new Map(
  callers.map(([who, caller]) => [
    who,
    all.map(([name, facts]) => {
      const may = allowedCommands(fold(facts), caller, contextIn(countryOf(caller.office)));
      return [name, new Set(may.map(({ command }) => command))] as const;
    }),
  ]),
);

/** Where it is allowed, in whichever way is shorter to say. */
const row = (command: keyof typeof commands, who: string) => {
  const sets = allowed.get(who) ?? [];
  const inside = sets.filter(([, may]) => may.has(command)).map(([name]) => name);
  const outside = sets.filter(([, may]) => !may.has(command)).map(([name]) => name);
  const names = inside.length <= outside.length ? ['in', ...inside] : ['but', ...outside];
  return `${command} by ${who}: ${names.join(' ')}`;
};

test('whoever may do something to the whole may do it in these situations, and in no other', () => {
  const names = (Object.keys(commands) as (keyof typeof commands)[]).filter(
    (command) => rules[command].on === 'referral',
  );
  const rows = names.flatMap((command) => callers.map(([who]) => row(command, who)));
  expect(rows.filter((text) => !text.endsWith(': in'))).toEqual(
    table
      .trim()
      .split('\n')
      .map((text) => text.trim()),
  );
});
