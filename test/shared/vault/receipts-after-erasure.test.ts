import '../../support/env.ts';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Country, Fact, Office } from '../../../events/envelope.ts';
import { handler as command } from '../../../functions/api/sealed-command.ts';
import { clocksOf } from '../../../shared/referral/clocks.ts';
import { dueNext } from '../../../shared/referral/due.ts';
import { factFor, mayHear } from '../../../shared/referral/fact-for.ts';
import { fold } from '../../../shared/referral/fold.ts';
import { referralStatus } from '../../../shared/referral/lines.ts';
import { erase } from '../../../shared/vault/erase.ts';
import { answerOf, callOf } from '../../support/aws.ts';
import { seedDirectory } from '../../support/directory.ts';
import { log, onward, ref, type Step, submitted } from '../../support/facts.ts';
import { keys } from '../../support/kms.ts';
import { memory } from '../../support/memory.ts';
import { abroad, contextIn, home, later, sender, worker } from '../../support/people.ts';
import { accepted, consentWithdrawn, disclosed } from '../../support/steps.ts';
import { tables } from '../../support/tables.ts';

const all = ['kr1-1', 'kr1-2', 'kr1-3', 'kr1-4', 'kr1-5'];
const confirmed: Step = {
  type: 'consent.withdrawal-confirmed.v1',
  actor: 'kr:system',
  data: { offices: [sender, home, abroad], withdrawals: ['kr5-1'], destroyed: true },
};
const readByBoth = onward(
  log(submitted({ lines: [[abroad], [home]] })),
  { ...accepted(), actor: home, data: { ...accepted().data, offer: 'kr1-2', lines: ['l2'] } },
  accepted(),
  disclosed(home),
  disclosed(abroad),
  consentWithdrawn(sender, 'kr5-1', ...all),
  confirmed,
);

/** Both vaults, one after the other, each with all facts of the other. */
const erasedIn = async (facts: readonly Fact[], country: Country): Promise<Fact[]> => {
  const ledger = memory(facts);
  const none = { destroy: async () => 0, destroyFiles: async () => 0, sweepLater: async () => {} };
  await erase({ country, ledger, now: () => later(20), ...none }, { subject: ref });
  return ledger.all().map(({ fact }) => fact);
};

let db: ReturnType<typeof tables>;
beforeEach(() => {
  db = tables();
  keys();
  seedDirectory(db);
  db.items.set(`keys ${ref} keys`, {
    ...{ pk: { S: ref }, sk: { S: 'keys' } },
    tombstone: { S: later(20) },
  });
});
const says = (office: Office, body: object) =>
  answerOf(
    command,
    callOf('POST /v1/referrals/{ref}/confirm-erasure', {
      who: worker(office),
      params: { ref },
      headers: { 'idempotency-key': '7a0c1c9e-0000-4000-8000-invented0001' },
      body: JSON.stringify(body),
    }),
  );

test('read, withdrawn, confirmed, erased in both: who had read owes a receipt, is watched, and gives it after all is gone', async () => {
  const facts = await erasedIn(await erasedIn(readByBoth, 'kr'), 'vn');
  const state = fold(facts);
  expect(state.setAside).toEqual([]);
  const { referral } = state;
  if (!referral) throw new Error('no referral');
  const told = facts.filter(({ type }) => type === 'content.erased.v1');
  expect(told.map(({ actor }) => actor)).toEqual(expect.arrayContaining(['kr:vault', 'vn:vault']));
  for (const fact of told)
    for (const office of [sender, home, abroad]) {
      expect(mayHear(state, office, fact)).toBe(true);
      expect(factFor(office, facts, fact)).toBeDefined();
    }
  const owed = clocksOf(referral, contextIn('kr', later(30))).filter((c) => c.clock === 'receipt');
  expect(owed.map(({ owes }) => owes).toSorted()).toEqual([home, abroad].toSorted());

  db.hold(facts);
  vi.setSystemTime(Date.parse(later(30)));
  expect((await says(home, { destroyed: true })).status).toBe(200);
  const after = fold(db.ledger()).referral;
  const left = after && clocksOf(after, contextIn('vn')).filter((c) => c.clock === 'receipt');
  expect(left?.map(({ owes }) => owes)).toEqual([abroad]);
});

test('a receipt is reminded of and missed by its country, although the referral is over', () => {
  const ended = onward(
    readByBoth,
    ...(
      [
        ['kr1-2', home, 'l2'],
        ['kr1-1', abroad, 'l1'],
      ] as const
    ).map(
      ([offer, office, line]): Step => ({
        type: 'offer.cancelled.v1',
        actor: office,
        data: { offices: [sender, office], offer, lines: [line], next: 'stop', cause: 'receiver' },
      }),
    ),
  );
  const state = fold(ended);
  expect(state.setAside).toEqual([]);
  expect(state.referral && referralStatus(state.referral)).toBe('revoked');
  const day = 24 * 60;
  for (const [minute, what] of [
    [6 * day, 'remind'],
    [11 * day, 'miss-deadline'],
  ] as const)
    for (const [country, offer] of [
      ['kr', 'kr1-2'],
      ['vn', 'kr1-1'],
    ] as const)
      expect(dueNext(state, contextIn(country, later(minute)))).toMatchObject({
        do: what,
        input: { clock: 'receipt', offer },
      });
});
