import { describe, expect, test } from 'vitest';
import type { Country, Office } from '../../events/envelope.ts';
import { Refused } from '../../shared/errors.ts';
import { clocksOf } from '../../shared/referral/clocks.ts';
import { erasedDraft, hasErased } from '../../shared/referral/destroying.ts';
import { factFor, mayHear } from '../../shared/referral/fact-for.ts';
import { accessOf } from '../../shared/referral/gate.ts';
import { receiptsDue } from '../../shared/referral/receipts.ts';
import { everyHistory } from '../support/every-history.ts';
import { command } from '../support/given.ts';
import type { Two } from '../support/histories.ts';
import {
  abroad,
  helpline,
  home,
  nextYear,
  sender,
  shelter,
  stranger,
  third,
  union,
  worker,
} from '../support/people.ts';
import { disclosed } from '../support/steps.ts';

const everybody = [sender, abroad, union, third, home, helpline, shelter, stranger];
const gates: readonly Country[] = ['kr', 'vn'];

/** Every office that a gate would let in reads, at each gate. */
const everybodyReads = (two: Two) => {
  for (const gate of gates)
    for (const office of everybody) {
      const reader = worker(office, 'supervisor');
      if (accessOf(two.state(gate), reader, two.context(gate)) instanceof Refused) continue;
      two.writes(gate, { ...disclosed(office), reach: 'both', actor: `${gate}:gate` });
    }
};

/** She allows the shelter, and it takes over: what the sender had read, it had read. */
const handsOver = (two: Two) => {
  const notice = {
    noticeVersion: 'test',
    noticeHash: 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg',
  };
  const grants = ['kr', 'vn-kr'].map((direction) => ({
    ...{ office: shelter, direction, stages: [1, 2], expires: nextYear },
  }));
  const boss = worker(sender, 'supervisor');
  two.does(command('record-consent', boss, { ...notice, grants }));
  two.does(command('propose-hand-over', boss, { office: shelter }));
  return two.does(command('take-over', worker(shelter, 'supervisor')));
};

const sorted = (offices: readonly Office[]) => [...new Set(offices)].toSorted();
const agreed = (two: Two) => {
  for (const country of gates) two.carry(country);
  const { referral, setAside } = two.state('kr');
  if (!referral) throw new Error('no referral');
  return { referral, setAside, facts: two.known('kr') };
};

describe('after any history that ends with an erasure', () => {
  test('the offices that owe a receipt are those to whom anything was disclosed, whoever they are by now', async () => {
    const met = { asked: 0, senders: 0, helplines: 0, former: 0 };
    await everyHistory((two, n) => {
      if (n % 4 > 0) return; // dear: each reader folds the log
      everybodyReads(two);
      const over = n % 8 > 0 && handsOver(two) !== undefined;
      if (over) everybodyReads(two);
      const { referral: before } = agreed(two);
      if (hasErased(before, 'kr')) return;
      const erased = two.writes('kr', {
        ...erasedDraft(before, 'kr'),
        reach: 'both',
      });

      const { referral, facts, setAside } = agreed(two);
      const read = sorted(referral.content.reads.map(({ office }) => office));
      const owing = everybody.filter((office) => receiptsDue(referral, office).length > 0);
      expect(sorted(owing)).toEqual(read);
      // Each has its clock, by which its country watches, hears of it and may say what became of its copy.
      const clocks = clocksOf(referral, two.context('kr')).filter((c) => c.clock === 'receipt');
      expect(sorted(clocks.map(({ owes }) => owes))).toEqual(read);
      for (const office of read) {
        expect([office, mayHear(two.state('kr'), office, erased)]).toEqual([office, true]);
        expect(factFor(office, facts, erased)?.type).toBe('content.erased.v1');
        two.does(command('confirm-erasure', worker(office), { destroyed: true }));
      }
      const after = agreed(two);
      expect(after.setAside).toEqual(setAside);
      expect(read.filter((office) => receiptsDue(after.referral, office).length > 0)).toEqual([]);

      const asked = referral.offers.map(({ office }) => office);
      met.asked += read.filter((office) => asked.includes(office)).length;
      met.senders += Number(read.includes(referral.sender));
      met.helplines += Number(read.includes(helpline));
      met.former += Number(over && read.includes(sender));
    });
    expect(Math.min(...Object.values(met))).toBeGreaterThan(100);
  });
});
