import '../../support/env.ts';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DecryptCommand } from '@aws-sdk/client-kms';
import { beforeEach, expect, test } from 'vitest';
import { Fact, type Office } from '../../../events/envelope.ts';
import { handler as seals } from '../../../functions/api/sealed-command.ts';
import { fold } from '../../../shared/referral/fold.ts';
import { destroy } from '../../../shared/vault/vault.ts';
import {
  asks,
  type Change,
  codeOf,
  contentOf,
  db,
  goesOn,
  kms,
  ref,
} from '../../support/at-the-gate.ts';
import { answerOf, callOf } from '../../support/aws.ts';
import { logged } from '../../support/env.ts';
import { abroad, home, noon, sender, stranger, union, worker } from '../../support/people.ts';
import { accepted, contentErased, disclosed, made, reportGiven } from '../../support/steps.ts';

/** She called a helpline abroad; an office of Korea read her file, and that was erased. */
beforeEach(() => {
  const [first] = db.ledger() as [Fact];
  db.hold([{ ...first, data: { ...first.data, helplines: [union] } } as Fact]);
  const offer = { office: home, offer: 'kr2-1' };
  goesOn(made({ ...offer, actor: sender }), accepted(offer), disclosed(home), contentErased('kr'));
  goesOn(reportGiven(sender), { ...reportGiven(union), country: 'vn' });
});
const keeps = async (body: object = { destroyed: false, kept: 'court-evidence' }) => {
  const { status } = await answerOf(
    seals,
    callOf('POST /v1/referrals/{ref}/confirm-erasure', {
      who: worker(home),
      params: { ref },
      headers: { 'idempotency-key': 'a-key-of-22-characters-9' },
      body: JSON.stringify(body),
    }),
  );
  expect(status).toBe(200);
};
const supervisor = { role: 'supervisor' };
const laws = (office: Office, change: Change = {}) =>
  asks(office, { body: '{"receipts":true}', claims: supervisor, ...change });
const told = () => ({
  receipts: [{ fact: `${ref}/kr/7`, content: { destroyed: false, kept: 'court-evidence' } }],
});
const types = () => db.ledger().map(({ type }) => type);
/** The last fact of this country. */
const last = () => db.ledger().findLast(({ country }) => country === 'kr');

test('after all is destroyed the gate gives the law that keeps a copy, and records it before', async () => {
  await keeps();
  await destroy(
    new DynamoDBClient({}),
    { vault: 'vault', keys: 'keys', duplicates: 'duplicates' },
    ref,
    noon,
  );
  expect(await laws(sender)).toEqual({ content: told() });
  const fact = last();
  const read = { office: sender, role: 'supervisor', what: 'receipts', stage: 1, grants: [] };
  expect(fact).toMatchObject({ type: 'case-file.disclosed.v1', actor: 'kr:gate', data: read });
  expect(fact?.data.offices).toEqual([sender]);
  const { referral, setAside } = fold(db.ledger());
  expect(setAside).toEqual([]);
  expect(referral?.content.reads.map(({ office }) => office)).toEqual([home]);
  expect(`${logged} ${JSON.stringify(db.ledger())}`).not.toContain('court-evidence');
});

test('across the border it is for the eyes of the office alone', async () => {
  await keeps();
  const answer = await laws(union);
  expect(Object.keys(answer)).toEqual(['jwe']);
  expect(await contentOf(answer)).toEqual(told());
  expect(last()?.data).toMatchObject({ offices: [sender, union], what: 'receipts' });
});

test('nothing else of the vault is opened', async () => {
  await keeps();
  await laws(sender);
  const opened = kms.commandCalls(DecryptCommand).map(({ args: [{ input }] }) => input);
  expect(opened.map(({ EncryptionContext }) => EncryptionContext)).toEqual([
    { country: 'kr', referral: `${ref}#receipts` },
  ]);
});

test('nothing is given when the fact cannot be written', async () => {
  await keeps();
  db.dynamo.on(PutItemCommand).rejects(new Error('no table'));
  await expect(laws(sender)).rejects.toThrow('no table');
});

test('everybody else is refused, in the words of the case file', async () => {
  await keeps();
  const before = types();
  for (const [office, claims, code] of [
    [sender, {}, 'access-closed'],
    [home, supervisor, 'access-closed'],
    [abroad, supervisor, 'access-closed'],
    [union, {}, 'not-found'],
    [stranger, supervisor, 'not-found'],
  ] as const)
    expect([office, codeOf(await laws(office, { claims }))]).toEqual([office, code]);
  expect([types(), kms.commandCalls(DecryptCommand)]).toEqual([before, []]);
});

test('where no receipt names a law, or none that counts, there is nothing to give, and no fact', async () => {
  expect(await laws(sender)).toEqual({ content: {} });
  await keeps({ destroyed: true });
  expect(await laws(sender)).toEqual({ content: {} });
  expect(last()?.type).toBe('erasure.confirmed.v1');
});

test('a receipt that the fold set aside is not read', async () => {
  await keeps();
  const receipt = last() as Fact;
  db.hold([Fact.parse({ ...receipt, actor: stranger })]);
  expect(await laws(sender)).toEqual({ content: {} });
});

test('a repeat of the key is the same disclosure; another question under it is refused', async () => {
  await keeps();
  await laws(sender);
  expect(await laws(sender)).toEqual({ content: told() });
  expect(types().filter((type) => type === 'case-file.disclosed.v1')).toHaveLength(2);
  expect(codeOf(await laws(sender, { body: '{"receipts":true }' }))).toBe('key-reused');
  const two = await laws(sender, { body: '{"receipts":true,"check":true}' });
  expect(two).toMatchObject({ refused: { status: 422, more: { field: '/receipts' } } });
});
