import '../../support/env.ts';
import { describe, expect, test } from 'vitest';
import type { Fact, Office } from '../../../events/envelope.ts';
import { handler as seals } from '../../../functions/api/sealed-command.ts';
import { asks, codeOf, contentOf, db, goesOn, ref } from '../../support/at-the-gate.ts';
import { answerOf, callOf } from '../../support/aws.ts';
import { caseFile, record } from '../../support/case-file.ts';
import { logged } from '../../support/env.ts';
import { placed } from '../../support/facts.ts';
import { abroad, home, nextYear, sender, stranger, union, worker } from '../../support/people.ts';
import {
  accepted,
  acknowledged,
  asked,
  consentWithdrawn,
  made,
  safetyHeld,
} from '../../support/steps.ts';

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
      data: { office: sender, role: 'worker', stage: 2, grants: [], offices: [sender] },
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
      // Fifteen: in Korea she may consent herself, but Viet Nam is reached too.
      [
        { parts: ['identity'], identity: { name: 'INVENTED', birthDate: '2011-01-01' } },
        '/identity/birthDate',
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
            scopes: [{ office: home, direction: 'kr', scopes, identity: ['name'] }],
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
