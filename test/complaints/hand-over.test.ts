import '../support/env.ts';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import type { Country, Fact, Office } from '../../events/envelope.ts';
import { handler as project } from '../../functions/views/project.ts';
import { handler as rebuild } from '../../functions/views/rebuild.ts';
import { historyFor } from '../../shared/history.ts';
import { clocksOf } from '../../shared/referral/clocks.ts';
import { factFor, mayHear } from '../../shared/referral/fact-for.ts';
import { fold } from '../../shared/referral/fold.ts';
import { viewFor } from '../../shared/referral/view.ts';
import { viewsIn } from '../../shared/views.ts';
import { queueOf } from '../support/aws.ts';
import { log, onward, placed, ref, submitted, takesOver } from '../support/facts.ts';
import { abroad, contextIn, home, sender, shelter, third, union } from '../support/people.ts';
import {
  accepted,
  asked,
  consentWithdrawn,
  declined,
  handOverProposed,
  progressed,
  takenOver,
} from '../support/steps.ts';
import { tables } from '../support/tables.ts';

// A line of the table in lifecycle.md, "Complaints about other systems": timers stayed with the old office. Here: hand-over.

const grants = [
  ...[abroad, union, third, home, sender].map((office) => ({ office })),
  ...takesOver(shelter),
];
const begun = log(submitted({ lines: [[abroad], [home]], grants }));
const proposed = onward(begun, handOverProposed(shelter));
const countries: readonly Country[] = ['kr', 'vn'];
const owing = (facts: readonly Fact[]) => {
  const { referral } = fold(facts);
  if (!referral) throw new Error('no referral');
  return countries.flatMap((c) => clocksOf(referral, contextIn(c)).map(({ owes }) => owes));
};
const moves = (...before: Parameters<typeof onward>[1][]) =>
  onward(proposed, ...before, takenOver(shelter));

test.each<[string, readonly Parameters<typeof onward>[1][]]>([
  ['a line waits for its next office', [declined({}, { next: 'sender' })]],
  ['a question waits for its answer', [asked()]],
  ['a withdrawal waits for its confirmation', [consentWithdrawn(abroad, 'vn1-1', 'kr1-1')]],
])('after hand-over no clock runs for the old office: %s', (_, steps) => {
  expect(owing(onward(proposed, ...steps))).toContain(sender);
  const after = moves(...steps);
  expect(fold(after).setAside).toEqual([]);
  expect(owing(after)).not.toContain(sender);
  expect(owing(after)).toContain(shelter);
});

describe('after hand-over', () => {
  const before = onward(proposed, accepted(), progressed());
  const after = onward(before, takenOver(shelter));
  // Written abroad before the hand-over was heard there.
  const crossed = placed(declined({ office: abroad }), 'vn', 1, 1);
  const reads = (office: Office, facts: readonly Fact[]) =>
    facts.flatMap((fact) => factFor(office, facts, fact) ?? []);

  test('the old office reads that it was taken over, and nothing more', () => {
    expect(reads(sender, before)).toHaveLength(before.length);
    const last = after.filter((fact) => mayHear(fold(after), sender, fact));
    for (const facts of [last, reads(sender, after), historyFor(sender, after).facts])
      expect(facts.map(({ type }) => type)).toEqual(['responsibility.moved.v1']);
    expect(viewFor(sender, fold(after), contextIn('kr'))).toBeUndefined();
  });

  test('the new one reads the history as sender', () => {
    const history = reads(shelter, after);
    expect(history.map(({ id }) => id)).toEqual(after.map(({ id }) => id));
    expect(history[0]?.data).toEqual({ ...begun[0]?.data, by: undefined });
    expect(after.every((fact) => mayHear(fold(after), shelter, fact))).toBe(true);
    expect(viewFor(shelter, fold(after), contextIn('kr'))).toMatchObject({
      sender: shelter,
      lines: [{ line: 'l1' }, { line: 'l2' }],
    });
  });

  test('what crossed it reaches the new one alone', () => {
    const facts = [...onward(proposed, takenOver(shelter)), crossed];
    expect(fold(facts).setAside).toEqual([]);
    expect(factFor(sender, facts, crossed)).toBeUndefined();
    expect(factFor(shelter, facts, crossed)).toMatchObject({ type: 'offer.declined.v1' });
    expect(mayHear(fold(facts), shelter, crossed)).toBe(true);
  });

  test('the offices asked read who the sender is now, and nothing of the proposal', () => {
    expect(reads(abroad, after).map(({ type, actor }) => [type, actor])).toEqual([
      ['referral.submitted.v1', sender],
      ['offer.accepted.v1', abroad],
      ['service.progressed.v1', abroad],
      ['responsibility.moved.v1', shelter],
    ]);
    expect(viewFor(abroad, fold(after), contextIn('vn'))?.sender).toBe(shelter);
  });

  test('an office that handed it over and is asked again reads its own offer alone', () => {
    const again = onward(after, {
      type: 'offer.made.v1',
      actor: shelter,
      data: { offices: [shelter, sender], offer: 'kr4-1', office: sender, lines: ['l2'] },
    });
    expect(fold(again).setAside).toEqual([]);
    expect(reads(sender, again).map(({ type }) => type)).toEqual([
      'responsibility.moved.v1',
      'offer.made.v1',
    ]);
    expect(viewFor(sender, fold(again), contextIn('kr'))?.offers).toHaveLength(1);
  });
});

test('the proposed office hears of the proposal alone, until it takes over', () => {
  const heard = proposed.filter((fact) => mayHear(fold(proposed), shelter, fact));
  expect(heard.map(({ type }) => type)).toEqual(['responsibility.proposed.v1']);
  expect(factFor(shelter, proposed, proposed[1] as Fact)?.data).toEqual({
    offices: [sender, shelter],
    office: shelter,
  });
  expect(viewFor(shelter, fold(proposed), contextIn('kr'))).toBeUndefined();
  const elsewhere = onward(proposed, handOverProposed(third));
  expect(fold(elsewhere).setAside).toHaveLength(1);
  const replaced = onward(proposed, handOverProposed(home));
  expect(replaced.filter((fact) => mayHear(fold(replaced), shelter, fact))).toEqual([]);
});

test('the referral leaves the old office’s list for the new one’s, and no older view brings it back', async () => {
  const db = tables();
  const listed = async (office: Office) =>
    (await viewsIn(new DynamoDBClient({}), 'views').page('sent', office, { limit: 10 })).items.map(
      (v) => v.ref,
    );
  const show = (facts: readonly Fact[]) => {
    db.hold(facts);
    return project(queueOf(facts.at(-1)));
  };
  await show(proposed);
  expect([await listed(sender), await listed(shelter)]).toEqual([[ref], []]);
  const after = onward(proposed, takenOver(shelter));
  await show(after);
  expect([await listed(sender), await listed(shelter)]).toEqual([[], [ref]]);
  // A reader that is behind.
  db.items.delete(`ledger ${ref} fact#kr#000003`);
  await project(queueOf(proposed[1]));
  expect([await listed(sender), await listed(shelter)]).toEqual([[], [ref]]);
  db.hold(after);
  let from: string | undefined;
  do from = (await rebuild({ ...(from && { from }) })).next;
  while (from);
  expect([await listed(sender), await listed(shelter)]).toEqual([[], [ref]]);
});
