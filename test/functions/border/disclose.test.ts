import '../../support/env.ts';
import { compactDecrypt, exportJWK, generateKeyPair, type JWK } from 'jose';
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Country, Fact, Office } from '../../../events/envelope.ts';
import { handler as seals } from '../../../functions/api/sealed-command.ts';
import { handler } from '../../../functions/border/disclose.ts';
import { digest, refOf } from '../../../shared/ids.ts';
import { answerOf, callOf } from '../../support/aws.ts';
import { caseFile, fullSubmission, record } from '../../support/case-file.ts';
import { seedDirectory } from '../../support/directory.ts';
import { logged } from '../../support/env.ts';
import { onward, placed, type Step } from '../../support/facts.ts';
import { keys } from '../../support/kms.ts';
import {
  abroad,
  home,
  later,
  nextYear,
  noon,
  sender,
  stranger,
  union,
  worker,
} from '../../support/people.ts';
import {
  accepted,
  acknowledged,
  asked,
  consentWithdrawn,
  made,
  safetyHeld,
} from '../../support/steps.ts';
import { tables } from '../../support/tables.ts';
import { api, tokenMaker } from '../../support/tokens.ts';

const there = 'https://api.there.example';
const key = '7a0c1c9e-0000-4000-8000-invented0001';
const ref = refOf(sender, key);
const path = `/v1/referrals/${ref}/case-file/disclosures`;
const progressOf = (address: string) =>
  `${address}/v1/referrals/${ref}/offers/kr1-1/report-progress`;

let tokens: Record<string, Awaited<ReturnType<typeof tokenMaker>>>;
let forAbroad: Awaited<ReturnType<typeof generateKeyPair>>;
let encryption: JWK;
beforeAll(async () => {
  const offices = [sender, abroad, union, home, stranger];
  const made = offices.map(async (office) => [office, await tokenMaker(office)] as const);
  tokens = Object.fromEntries(await Promise.all(made));
  forAbroad = await generateKeyPair('ECDH-ES', { extractable: true });
  encryption = { ...(await exportJWK(forAbroad.publicKey)), kid: 'enc-1', use: 'enc' };
});

let db: ReturnType<typeof tables>;
let minutes = 0;
beforeEach(async () => {
  db = tables();
  keys();
  // The copy of the directory is older than 60 s in each test.
  minutes += 2;
  vi.setSystemTime(Date.parse(later(minutes)));
  seedDirectory(db, 'kr', {
    ...Object.fromEntries(Object.entries(tokens).map(([office, { jwk }]) => [office, [jwk]])),
    [abroad]: [tokens[abroad]?.jwk as JWK, encryption],
  });
  db.items.set('ledger border heartbeat', {
    ...{ sentAt: { S: noon }, receivedAt: { S: noon }, api: { S: there } },
  });
  const submitted = await answerOf(
    seals,
    callOf('POST /v1/referrals', {
      who: worker(sender),
      headers: { 'idempotency-key': key },
      body: JSON.stringify(fullSubmission(sender)),
    }),
  );
  expect(submitted.status).toBe(201);
});

/** The log goes on, as the border would bring it. */
const goesOn = (...steps: readonly Step[]) => {
  const before = db.ledger();
  const facts = onward(before, ...steps)
    .slice(before.length)
    .map(
      (fact): Fact => ({
        ...fact,
        subject: ref,
        id: `${ref}/${fact.country}/${fact.seq}`,
      }),
    );
  db.hold(facts);
};

type Change = { body?: string; key?: string; from?: Country; known?: object; claims?: object };
const asks = async (office: Office, change: Change = {}) => {
  const { body = '', from = office.startsWith('kr') ? 'kr' : 'vn', claims = {} } = change;
  const address = from === 'kr' ? api : there;
  const now = Date.parse(later(minutes)) / 1000;
  const times = { iat: now, exp: now + 300 };
  const call = { aud: address, htu: `${address}${path}`, sha256: digest(body) };
  const token = await tokens[office]?.sign({ ...times, ...call, ...claims }, {}, body);
  return handler({
    ...{ ask: 'case-file', from, ref, body, token },
    key: change.key ?? 'a-key-of-22-characters-1',
    known: change.known ?? { kr: 1, vn: 0 },
  });
};
const codeOf = (answer: Awaited<ReturnType<typeof asks>>) =>
  'refused' in answer ? answer.refused.code : 'disclosed';
const contentOf = async (answer: Awaited<ReturnType<typeof asks>>) => {
  if ('refused' in answer) throw new Error(answer.refused.code);
  if ('content' in answer) return answer.content;
  if ('allowed' in answer) throw new Error('it answered another question');
  const { plaintext } = await compactDecrypt(answer.jwe, forAbroad.privateKey);
  return JSON.parse(Buffer.from(plaintext).toString()).content;
};

describe('what is sealed', () => {
  test('the gate gives the sender what it wrote, and records it before', async () => {
    const { categories, ...summary } = caseFile().summary;
    expect(await contentOf(await asks(sender))).toMatchObject({
      summary: { ...summary, categories: [{ line: 'l1', category: categories[0] }] },
      identity: caseFile().identity,
      contact: caseFile().safeContact,
      gbv: 'An invented story',
      children: [{ child: 1, name: 'INVENTED CHILD' }],
    });
    expect(db.ledger().at(-1)).toMatchObject({
      type: 'case-file.disclosed.v1',
      actor: 'kr:gate',
      data: { office: sender, stage: 2, grants: [], offices: [sender] },
    });
  });

  test('the gate gives an office abroad that was asked the summary alone, for its eyes alone', async () => {
    const answer = await asks(abroad);
    expect(Object.keys(answer)).toEqual(['jwe']);
    expect(Object.keys(await contentOf(answer))).toEqual(['summary']);
    expect(db.ledger().at(-1)?.data).toMatchObject({ stage: 1, office: abroad });
  });

  test('the gate gives it what she allowed once it has accepted', async () => {
    goesOn(acknowledged({ offer: 'kr1-1' }), accepted({ offer: 'kr1-1' }));
    const content = await contentOf(await asks(abroad, { known: { kr: 1, vn: 2 } }));
    expect(content).toMatchObject({
      identity: caseFile().identity,
      contact: caseFile().safeContact,
    });
    expect(content.scopes.office).toBe(abroad);
  });

  test('the gate has nothing to say before it knows what the reader knows', async () => {
    const answer = await asks(abroad, { known: { kr: 1, vn: 2 } });
    expect(answer).toMatchObject({ refused: { code: 'not-yet-here', status: 503 } });
    expect(db.ledger()).toHaveLength(1);
  });

  test('the gate masks how she may be reached while a safety hold is in force', async () => {
    goesOn(safetyHeld(sender, 'kr2-1'));
    const content = await contentOf(await asks(sender, { known: { kr: 2, vn: 0 } }));
    expect(content).toMatchObject({ identity: caseFile().identity });
    expect(content).not.toHaveProperty('contact');
  });

  test('the gate is closed by her withdrawal, with one word for every reason', async () => {
    goesOn(consentWithdrawn(sender, 'kr2-1', 'kr1-1', 'kr1-2'));
    for (const office of [sender, abroad]) expect(codeOf(await asks(office))).toBe('access-closed');
    expect(codeOf(await asks(stranger))).toBe('not-found');
    expect(db.ledger()).toHaveLength(2);
  });

  test('the gate logs who asked by country, and nothing of what was read', async () => {
    await asks(sender);
    const text = logged.join();
    expect(text).toContain(ref);
    for (const hidden of ['INVENTED', 'invented-woman', 'legal-divorce'])
      expect(text).not.toContain(hidden);
  });
});

describe('what came later', () => {
  const command = (path: string, body: object, offer?: string) =>
    answerOf(
      seals,
      callOf(`POST /v1/referrals/{ref}/${path}`, {
        who: worker(sender),
        params: { ref, ...(offer && { offer }) },
        headers: { 'idempotency-key': `a-key-of-22-characters-${path.length}` },
        body: JSON.stringify(body),
      }),
    );

  test('is read by whoever wrote it, and by whom it was written to', async () => {
    goesOn(asked({ offer: 'kr1-1' }));
    const answers = { answers: ['An invented answer'] };
    const { status } = await command('offers/{offer}/provide-information', answers, 'kr1-1');
    expect(status).toBe(200);
    const note = { fact: `${ref}/kr/2`, command: 'provide-information', content: answers };
    for (const office of [sender, abroad]) {
      const content = await contentOf(await asks(office, { known: { kr: 2, vn: 1 } }));
      expect(content.notes).toEqual([note]);
    }
  });

  test('a new safe contact makes the old one unreadable', async () => {
    const safeContact = { ...caseFile().safeContact, codeWord: 'ANOTHER INVENTED WORD' };
    const first = await command('amend', { parts: ['safe-contact'], safeContact });
    expect(first.status).toBe(200);
    const content = await contentOf(await asks(sender));
    expect(content.contact).toEqual(safeContact);
    expect(JSON.stringify(content)).not.toContain('"INVENTED WORD"');
    const wrong = await command('amend', { parts: ['safe-contact'] });
    expect([wrong.status, wrong.body.code]).toEqual([422, 'key-reused']);
  });

  test('an amendment brings what it names, of the right form', async () => {
    const { safeContact } = caseFile();
    for (const [body, field] of [
      [{ parts: ['safe-contact'] }, '/parts'],
      [{ urgency: 'urgent', safeContact }, '/parts'],
      [
        { parts: ['safe-contact'], safeContact: { ...safeContact, forbidden: ['pigeon'] } },
        '/safeContact/forbidden/0',
      ],
    ] as const)
      expect(await command('amend', body)).toMatchObject({ status: 422, body: { field } });
  });

  test('why she was withdrawn is read by whoever wrote it alone', async () => {
    const body = { reason: 'no-longer-required', comment: 'An invented comment' };
    goesOn(made({ office: union, offer: 'kr2-1', actor: sender }));
    await command('offers/{offer}/withdraw', body, 'kr1-1');
    const content = await contentOf(await asks(sender));
    expect(content.notes).toEqual([{ fact: `${ref}/kr/3`, command: 'withdraw', content: body }]);
    expect(codeOf(await asks(abroad))).toBe('access-closed');
  });
});

describe('a record of consent by an office for itself', () => {
  const grant = { office: home, direction: 'kr', stages: [1, 2], expires: nextYear };
  const records = (office: Office, scopes: readonly string[], n: number) =>
    answerOf(
      seals,
      callOf('POST /v1/referrals/{ref}/record-consent', {
        who: worker(office),
        params: { ref },
        headers: { 'idempotency-key': `a-key-of-22-characters-${n}` },
        body: JSON.stringify({
          ...{ noticeVersion: 'test', noticeHash: 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg' },
          grants: [grant],
          record: record([grant], {
            scopes: [{ office: home, direction: 'kr', scopes }],
          }),
        }),
      }),
    );
  const read = async () =>
    Object.keys(
      await contentOf(await asks(home, { key: `a-key-of-22-characters-${db.writes()}` })),
    );

  test('narrows or renews what she allowed, and adds no scope', async () => {
    const some = ['share-coded-summary', 'share-identity', 'share-contact'];
    expect((await records(sender, some, 1)).status).toBe(200);
    goesOn(
      made({ office: home, offer: 'kr3-1', actor: sender }),
      accepted({ office: home, offer: 'kr3-1' }),
    );
    expect(await read()).toEqual(expect.arrayContaining(['identity', 'contact']));
    const all = [...some, 'share-reason', 'share-sensitive-gbv'];
    expect((await records(home, all, 2)).status).toBe(200);
    expect(await read()).not.toContain('reason');
    expect(await read()).not.toContain('gbv');
    expect((await records(home, some.slice(0, 2), 3)).status).toBe(200);
    expect(await read()).not.toContain('contact');
    expect((await records(home, some, 4)).status).toBe(200);
    expect(await read()).not.toContain('contact');
    expect((await records(sender, all, 5)).status).toBe(200);
    expect(await read()).toEqual(expect.arrayContaining(['contact', 'reason', 'gbv']));
  });
});

describe('whether she may be contacted by a channel now', () => {
  const accepts = () => goesOn(acknowledged({ offer: 'kr1-1' }), accepted({ offer: 'kr1-1' }));
  /** She is in Korea and allowed Monday and Tuesday, ten to twelve; noon there is 3:00 UTC. */
  const asksFor = async (channel: string, claims: object = {}) => {
    const body = JSON.stringify({ kind: 'contact-attempted', channel });
    const now = Date.parse(later(minutes)) / 1000;
    const call = { aud: there, htu: progressOf(there), sha256: digest(body) };
    const times = { iat: now, exp: now + 300 };
    const token = await tokens[abroad]?.sign({ ...times, ...call, ...claims }, {}, body);
    const known = { kr: 1, vn: 2 };
    const ask = { ask: 'channel', from: 'vn', ref, offer: 'kr1-1' };
    return handler({ ...ask, body, token, known });
  };
  const atTen = () => {
    minutes += 24 * 60 - ((minutes + 60) % (24 * 60)); // Tuesday or later, eleven in Korea
    vi.setSystemTime(Date.parse(later(minutes)));
  };

  test('is answered yes by the channels and hours that she gave, and no for all others', async () => {
    accepts();
    atTen();
    expect(await asksFor('messenger')).toEqual({ allowed: true });
    for (const channel of ['phone', 'email']) // one that she forbade, one that she did not name
      expect(await asksFor(channel)).toEqual({ allowed: false });
    minutes += 300;
    vi.setSystemTime(Date.parse(later(minutes)));
    expect(await asksFor('messenger')).toEqual({ allowed: false });
    expect(db.ledger().map(({ type }) => type)).not.toContain('case-file.disclosed.v1');
  });

  test('is no under a safety hold, and refused to who may read nothing', async () => {
    accepts();
    atTen();
    goesOn(safetyHeld(sender, 'kr2-1'));
    expect(await asksFor('messenger')).toEqual({ allowed: false });
    goesOn(consentWithdrawn(sender, 'kr3-1', 'kr1-1', 'kr1-2'));
    expect(codeOf(await asksFor('messenger'))).toBe('access-closed');
  });

  test('is asked with the token of that report alone', async () => {
    accepts();
    expect(codeOf(await asksFor('messenger', { htu: `${there}${path}` }))).toBe('token-wrong-call');
  });
});

describe('it believes no caller', () => {
  test.each<[string, Change, string]>([
    ['another call', { claims: { htu: `${api}/v1/referrals` } }, 'token-wrong-call'],
    ['a report of progress', { claims: { htu: progressOf(api) } }, 'token-wrong-call'],
    ['another method', { claims: { htm: 'GET' } }, 'token-wrong-call'],
    ['another body', { claims: { sha256: digest('{}') } }, 'token-wrong-body'],
    ['another API', { claims: { aud: there } }, 'token-wrong-audience'],
    ['another country', { from: 'vn' }, 'token-wrong-country'],
    ['longer than five minutes', { claims: { exp: 4_000_000_000 } }, 'token-too-long'],
    ['another office', { claims: { iss: stranger } }, 'token-wrong-country'],
  ])('a token for %s gets nothing', async (_, change, code) => {
    expect(codeOf(await asks(sender, change))).toBe(code);
    expect(db.ledger()).toHaveLength(1);
  });

  test('no token gets nothing', async () => {
    const known = { kr: 0, vn: 0 };
    const body = { ask: 'case-file', from: 'kr', ref, body: '', key: 'k', known };
    expect(codeOf(await handler({ ...body, token: '' }))).toBe('token-missing');
    await expect(handler({ ...body, office: sender })).rejects.toThrow();
    expect(db.ledger()).toHaveLength(1);
  });

  test('an office without a key to encrypt for gets nothing across the border', async () => {
    minutes += 2;
    vi.setSystemTime(Date.parse(later(minutes)));
    seedDirectory(db, 'kr', { [abroad]: [tokens[abroad]?.jwk as JWK] });
    expect(codeOf(await asks(abroad))).toBe('no-encryption-key');
    expect(db.ledger()).toHaveLength(1);
  });

  test('a country that was never heard has no API that a token could name', async () => {
    db.items.delete('ledger border heartbeat');
    expect(codeOf(await asks(abroad))).toBe('not-yet-here');
  });
});

describe('a repeat of the key', () => {
  test('is the same disclosure, and no second fact', async () => {
    const first = await contentOf(await asks(sender));
    expect(await contentOf(await asks(sender))).toEqual(first);
    expect(db.ledger()).toHaveLength(2);
  });

  test('is refused from somebody else', async () => {
    await asks(sender);
    const claims = { sub: 'another-invented-worker' };
    expect(codeOf(await asks(sender, { claims }))).toBe('key-reused');
  });

  test('is refused once a fact came after it', async () => {
    await asks(sender);
    goesOn(acknowledged({ offer: 'kr1-1' }));
    expect(codeOf(await asks(sender))).toBe('key-reused');
    expect(db.ledger()).toHaveLength(3);
  });

  test('is the same also when the other gate, or somebody else, read it meanwhile', async () => {
    await asks(sender);
    await asks(abroad, { key: 'a-key-of-22-characters-2' });
    expect(codeOf(await asks(sender))).toBe('disclosed');
    expect(db.ledger()).toHaveLength(3);
  });

  test('is refused after five minutes', async () => {
    await asks(sender);
    minutes += 6;
    vi.setSystemTime(Date.parse(later(minutes)));
    expect(codeOf(await asks(sender))).toBe('key-reused');
  });
});

test('what closed it at that very moment counts', async () => {
  const withdrawn = placed(consentWithdrawn(sender, 'kr2-1', 'kr1-1', 'kr1-2'), 'kr', 2, 0);
  const fact = { ...withdrawn, subject: ref, id: `${ref}/kr/2` } as Fact;
  // It takes the slot once the gate has looked, before it writes.
  const get = db.items.get.bind(db.items);
  db.items.get = (item) => {
    if (item.startsWith('keys ')) db.hold([fact]);
    return get(item);
  };
  expect(codeOf(await asks(sender))).toBe('access-closed');
  expect(db.ledger().map(({ type }) => type)).not.toContain('case-file.disclosed.v1');
});
