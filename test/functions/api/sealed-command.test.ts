import '../../support/env.ts';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GenerateDataKeyCommand, GenerateMacCommand, KMSClient } from '@aws-sdk/client-kms';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Fact } from '../../../events/envelope.ts';
import { handler } from '../../../functions/api/sealed-command.ts';
import { refOf } from '../../../shared/ids.ts';
import { keyOpener } from '../../../shared/vault/keys.ts';
import { open } from '../../../shared/vault/seal.ts';
import { destroy, sealedIn, wrappedIn } from '../../../shared/vault/vault.ts';
import { answerOf, callOf } from '../../support/aws.ts';
import { caseFile, fullSubmission, type Grant, record } from '../../support/case-file.ts';
import { submission } from '../../support/commands.ts';
import { nobodyOffers, seedDirectory } from '../../support/directory.ts';
import { logged } from '../../support/env.ts';
import { log, ref, submitted } from '../../support/facts.ts';
import { keys } from '../../support/kms.ts';
import { abroad, helpline, home, noon, police, sender, worker } from '../../support/people.ts';
import { accepted, consentWithdrawn, disclosed, settled } from '../../support/steps.ts';
import { tables } from '../../support/tables.ts';

const lambda = mockClient(LambdaClient);
let db: ReturnType<typeof tables>;
let kms: ReturnType<typeof keys>;
beforeEach(() => {
  db = tables();
  kms = keys();
  seedDirectory(db);
});
const store = { vault: 'vault', keys: 'keys', duplicates: 'duplicates' };
const key = (n: number) => ({ 'idempotency-key': `7a0c1c9e-0000-4000-8000-invented000${n}` });
const firstRef = refOf(sender, key(1)['idempotency-key']);
const submit = (n = 1, more: object = {}) =>
  answerOf(
    handler,
    callOf('POST /v1/referrals', {
      who: worker(sender),
      headers: key(n),
      body: JSON.stringify(fullSubmission(sender, more)),
    }),
  );

/** What stands sealed of a referral, opened as only the gate may. */
const opened = async (referral: string) => {
  const client = new DynamoDBClient({});
  const wrapped = await wrappedIn(client, store, referral);
  if (wrapped === 'erased') return wrapped;
  const unwrap = keyOpener(new KMSClient({}), 'content');
  const parts = (await sealedIn(client, store, referral)).map(async ({ slot, part, bytes }) => {
    const of = { country: 'kr' as const, referral };
    const plain = await unwrap(of, wrapped.get(slot) ?? new Uint8Array());
    return [`${slot} ${part}`, await open(plain, { ...of, slot, part }, bytes)] as const;
  });
  return Object.fromEntries(await Promise.all(parts));
};

describe('submit', () => {
  test('seals the case file in its parts with the first fact', async () => {
    expect((await submit()).status).toBe(201);
    const file = caseFile();
    expect(await opened(firstRef)).toEqual({
      'kr1 summary': file.summary,
      'kr1 identity': file.identity,
      'kr1 contact': file.safeContact,
      'kr1 reason': file.reason,
      'kr1 gbv': file.sensitive?.gbv,
      'kr1 health': file.sensitive?.health,
      'kr1 travel': file.travelDate,
      'kr1 child-1': file.children[0],
      'kr1 documents': file.documents,
      'kr1 consent': file.consent,
    });
    expect(db.ledger()).toHaveLength(1);
    expect(kms.commandCalls(GenerateDataKeyCommand)).toHaveLength(1);
    expect(kms.commandCalls(GenerateMacCommand)).toHaveLength(1);
  });

  test('leaves nothing of it outside the seal', async () => {
    const { text } = await submit();
    // The directory says who offers what.
    const items = [...db.items].filter(([name]) => !name.startsWith('views directory'));
    const all = [text, logged.join(), JSON.stringify(items)].join().toLowerCase();
    for (const hidden of ['invented woman', 'invented word', 'an invented', 'legal-divorce'])
      expect(all).not.toContain(hidden);
  });

  test('writes neither fact nor content when the file is refused', async () => {
    const { status, body } = await submit(1, {
      caseFile: { ...caseFile(), summary: { ...caseFile().summary, categories: ['no-such-need'] } },
    });
    expect([status, body.field]).toEqual([422, '/caseFile/summary/categories/0']);
    expect([db.writes(), kms.calls().length]).toEqual([0, 0]);
  });

  test('is refused a need that an office of the line does not offer, and writes nothing', async () => {
    const summary = { ...caseFile().summary, categories: [nobodyOffers] };
    const { status, body } = await submit(1, { caseFile: { ...caseFile(), summary } });
    expect([status, body.code]).toEqual([422, 'not-served']);
    expect(body.field).toBe('/caseFile/summary/categories/0');
    expect(body.title).toMatch(/^vn-invented-office offers: legal-divorce, /);
    expect([db.writes(), kms.calls().length]).toEqual([0, 0]);
  });

  test('asks the police only where her consent shares with it by name, whatever the coded grant says', async () => {
    const { consent } = submission(sender);
    const [grant, back] = consent.grants;
    const grants = [{ ...grant, office: police }, back] as Grant[];
    const sends = (...more: string[]) => {
      const whole = record(grants);
      const scopes = whole.scopes.map((one) =>
        one.office === police ? { ...one, scopes: [...one.scopes, ...more] } : one,
      );
      return submit(1, {
        lines: [{ offices: [police] }],
        consent: { ...consent, grants },
        caseFile: { ...caseFile(), consent: { ...whole, scopes } },
      });
    };
    const { status, body } = await sends();
    expect([status, body.field]).toEqual([422, '/caseFile/consent/scopes/0/scopes']);
    expect(body.title).toBe('This grant needs: share-with-authorities');
    expect((await sends('share-with-authorities')).status).toBe(201);
  });

  test('a repeat finds the first, and seals nothing', async () => {
    await submit();
    const calls = kms.calls().length;
    expect((await submit()).status).toBe(200);
    expect([db.writes(), kms.calls().length]).toEqual([1, calls]);
  });
});

describe('a duplicate', () => {
  test('of the same office, person and need is answered with the open referral', async () => {
    await submit();
    const { status, body } = await submit(2);
    expect([status, body.code, body.referral]).toEqual([409, 'duplicate', firstRef]);
    expect(db.ledger()).toHaveLength(1);
  });

  test('goes through with a reason', async () => {
    await submit();
    expect((await submit(2, { duplicate: 'new-need' })).status).toBe(201);
  });

  test('is none once the first is over', async () => {
    await submit();
    const over = { path: 'mark-error', body: { reason: 'test-entry' } };
    const ended = await answerOf(
      handler,
      callOf(`POST /v1/referrals/{ref}/${over.path}`, {
        who: worker(sender, 'supervisor'),
        params: { ref: firstRef },
        headers: key(3),
        body: JSON.stringify(over.body),
      }),
    );
    expect(ended.status).toBe(200);
    expect((await submit(2)).status).toBe(201);
  });
});

describe('a command with content', () => {
  const atHome: Fact[] = log(submitted({ lines: [[home]] }));
  const declines = (body: object = { reason: 'person-declined', comment: 'An invented comment' }) =>
    answerOf(
      handler,
      callOf('POST /v1/referrals/{ref}/offers/{offer}/decline', {
        who: worker(home),
        params: { ref, offer: 'kr1-1' },
        headers: key(4),
        body: JSON.stringify(body),
      }),
    );

  test('seals all that it brought: its reason too, which is not the fact’s to tell', async () => {
    db.hold(atHome);
    expect((await declines()).status).toBe(200);
    expect(await opened(ref)).toEqual({
      'kr2 decline': { reason: 'person-declined', comment: 'An invented comment' },
    });
    const text = JSON.stringify(db.ledger());
    for (const hidden of ['person-declined', 'comment']) expect(text).not.toContain(hidden);
  });

  test.each([
    ['needs words', { reason: 'other' }],
    ['takes none', { reason: 'safety-or-conflict-of-interest', comment: 'An invented comment' }],
  ])('is refused where its code %s, and writes nothing', async (_, asked) => {
    db.hold(atHome);
    const { status, body } = await declines(asked);
    expect([status, body.code, body.field]).toEqual([422, 'invalid-field', '/comment']);
    expect([db.ledger().length, kms.calls()]).toEqual([1, []]);
  });

  test('is refused without what its reason needs, which is sealed beside it', async () => {
    db.hold(atHome);
    const body = { reason: 'not-eligible', comment: 'An invented comment' };
    const refused = await declines(body);
    expect([refused.status, refused.body.field]).toEqual([422, '/rule']);
    const whole = { ...body, rule: 'An invented rule', suggested: abroad };
    expect((await declines(whole)).status).toBe(200);
    expect(await opened(ref)).toEqual({ 'kr2 decline': whole });
    expect(JSON.stringify(db.ledger().at(-1))).not.toContain(abroad);
  });

  describe('a receipt is given also once everything was destroyed', () => {
    const over = log(
      submitted({ lines: [[home]], helplines: [helpline] }),
      ...[accepted({ office: home }), disclosed(home)],
      ...[consentWithdrawn(sender, 'kr4-1', 'kr1-4'), settled('confirmed', helpline, 'kr4-1')],
    );
    const gives = async (body: object) => {
      db.hold(over);
      await destroy(new DynamoDBClient({}), store, ref, noon);
      return answerOf(
        handler,
        callOf('POST /v1/referrals/{ref}/confirm-erasure', {
          who: worker(home),
          params: { ref },
          headers: key(6),
          body: JSON.stringify(body),
        }),
      );
    };

    test('without a word more, nothing is sealed', async () => {
      expect((await gives({ destroyed: true })).status).toBe(200);
      expect(db.ledger().at(-1)?.type).toBe('erasure.confirmed.v1');
      expect(kms.calls()).toEqual([]);
    });

    test('the law that keeps a copy is sealed apart, where no erasure takes it', async () => {
      expect((await gives({ destroyed: false, kept: 'court-evidence' })).status).toBe(200);
      expect(await opened(ref)).toBe('erased');
      expect(await opened(`${ref}#receipts`)).toEqual({
        'kr6 confirm-erasure': { destroyed: false, kept: 'court-evidence' },
      });
    });
  });

  test('is refused once everything was destroyed', async () => {
    db.hold(atHome);
    await destroy(new DynamoDBClient({}), store, ref, noon);
    const { status, body } = await declines();
    expect([status, body.code]).toEqual([409, 'erased']);
    expect(db.ledger()).toHaveLength(1);
  });
});

describe('an attempt to reach her', () => {
  const served: Fact[] = log(submitted({ lines: [[home]] }), accepted({ office: home }));
  const reports = (body: object, n = 5) =>
    answerOf(
      handler,
      callOf('POST /v1/referrals/{ref}/offers/{offer}/report-progress', {
        who: worker(home),
        params: { ref, offer: 'kr1-1' },
        headers: { ...key(n), authorization: 'Bearer a.b.c' },
        body: JSON.stringify({ kind: 'contact-attempted', ...body }),
      }),
    );
  const gateSays = (answer: object) =>
    lambda.on(InvokeCommand).resolves({ Payload: Buffer.from(JSON.stringify(answer)) as never });
  beforeEach(() => {
    db.hold(served);
    lambda.reset();
    gateSays({ allowed: true });
  });

  test('is recorded when the gate says that the channel is safe now', async () => {
    expect((await reports({ channel: 'messenger' })).status).toBe(200);
    const [
      {
        args: [{ input }],
      } = { args: [{ input: undefined }] },
    ] = lambda.commandCalls(InvokeCommand);
    expect(JSON.parse(`${input?.Payload}`)).toMatchObject({
      ...{ ask: 'channel', offer: 'kr1-1', token: 'a.b.c' },
      body: JSON.stringify({ kind: 'contact-attempted', channel: 'messenger' }),
      known: { kr: 2, vn: 0 },
    });
    // A retry of what was recorded is no second attempt.
    gateSays({ allowed: false });
    expect((await reports({ channel: 'messenger' })).status).toBe(200);
    expect(db.ledger()).toHaveLength(3);
  });

  test('by a forbidden channel, or at a forbidden hour, is refused and reported', async () => {
    gateSays({ allowed: false });
    const { status, body } = await reports({ channel: 'phone' });
    expect([status, body.code, body.field]).toEqual([409, 'channel-not-safe', '/channel']);
    expect(db.ledger()).toHaveLength(2);
    const line = logged.find((one) => one.includes('channel not safe'));
    expect([line?.includes(home), line?.includes(ref), line?.includes('phone')]).toEqual([
      true,
      true,
      false,
    ]);
  });

  test('says by which channel, and waits for a gate that does not answer', async () => {
    expect((await reports({})).body).toMatchObject({ code: 'invalid-field', field: '/channel' });
    expect((await reports({ channel: 'pigeon' })).status).toBe(422);
    expect(lambda.commandCalls(InvokeCommand)).toEqual([]);
    lambda.on(InvokeCommand).rejects(new Error('no line'));
    expect((await reports({ channel: 'phone' })).body.code).toBe('gate-unreachable');
    gateSays({ refused: { code: 'access-closed', status: 403, message: 'Closed', more: {} } });
    expect((await reports({ channel: 'phone' })).body.code).toBe('access-closed');
    expect(db.ledger()).toHaveLength(2);
  });

  test('codes that no list has are refused in every report', async () => {
    const odd = { kind: 'contact-made', channel: 'phone', contactResult: 'vanished' };
    expect((await reports(odd)).body).toMatchObject({ status: 422, field: '/contactResult' });
  });

  test('what reached her needs no asking', async () => {
    expect((await reports({ kind: 'contact-made' })).status).toBe(200);
    expect(lambda.commandCalls(InvokeCommand)).toEqual([]);
  });
});

describe('destroying', () => {
  test('leaves a tombstone, and nothing else that names the person', async () => {
    await submit();
    const client = new DynamoDBClient({});
    expect(await destroy(client, store, firstRef, noon)).toBe(11);
    expect(await destroy(client, store, firstRef, noon)).toBe(0);
    expect(await opened(firstRef)).toBe('erased');
    const left = [...db.items.keys()].filter((one) => /^(vault|keys|duplicates) /.test(one));
    expect(left).toEqual([`keys ${firstRef} keys`]);
    expect((await submit(2)).status).toBe(201);
  });

  test('leaves a duplicate’s name to the referral that took it over', async () => {
    await submit();
    await submit(2, { duplicate: 'new-need' });
    await destroy(new DynamoDBClient({}), store, firstRef, noon);
    const { body } = await submit(3);
    expect(body.referral).toBe(refOf(sender, key(2)['idempotency-key']));
  });

  test('stands also where nothing was', async () => {
    await destroy(new DynamoDBClient({}), store, ref, noon);
    expect(await opened(ref)).toBe('erased');
  });
});
