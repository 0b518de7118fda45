import '../../support/env.ts';
import { describe, expect, test } from 'vitest';
import type { Fact, Office } from '../../../events/envelope.ts';
import { handler as seals } from '../../../functions/api/sealed-command.ts';
import { asks, codeOf, contentOf, db, goesOn, passed, ref } from '../../support/at-the-gate.ts';
import { answerOf, callOf } from '../../support/aws.ts';
import { caseFile } from '../../support/case-file.ts';
import { placed } from '../../support/facts.ts';
import { abroad, sender, worker } from '../../support/people.ts';
import { accepted, amended, safetyHeld } from '../../support/steps.ts';

let n = 0;
const amends = async (office: Office, parts: readonly string[], brought: object) => {
  n += 1;
  const { status, body } = await answerOf(
    seals,
    callOf('POST /v1/referrals/{ref}/amend', {
      who: worker(office),
      params: { ref },
      headers: { 'idempotency-key': `another-key-of-22-chars-${n}` },
      body: JSON.stringify({ parts, ...brought }),
    }),
  );
  expect([status, body.code]).toEqual([200, undefined]);
  return db.ledger().at(-1);
};
const reads = async (office: Office) => {
  n += 1;
  const facts = db.ledger();
  const count = (country: string) => facts.filter((fact) => fact.country === country).length;
  return contentOf(
    await asks(office, {
      known: { kr: count('kr'), vn: count('vn') },
      key: `a-key-of-22-characters-${office}-${n}`,
    }),
  );
};

const file = caseFile();
const identity = { ...file.identity, name: 'SECOND INVENTED NAME' };

describe('what the sender amends', () => {
  test('is read in place of what it wrote before, stage by stage, and the fact names the parts alone', async () => {
    const fact = await amends(sender, ['identity'], { identity });
    expect(fact?.data).toMatchObject({ parts: ['identity'] });
    expect(JSON.stringify(db.ledger())).not.toContain('SECOND INVENTED NAME');
    expect(Object.keys(await reads(abroad))).toEqual(['summary']);
    goesOn(accepted({ offer: 'kr1-1' }));
    const serving = await reads(abroad);
    expect([serving.identity, serving.reason]).toEqual([identity, file.reason]);
    for (const office of [abroad, sender])
      expect(JSON.stringify(await reads(office))).not.toContain('"INVENTED WOMAN"');
  });

  test('the last of each part counts', async () => {
    await amends(sender, ['identity', 'reason'], { identity, reason: 'A second reason' });
    await amends(sender, ['reason'], { reason: 'A third reason' });
    const { notes, ...content } = await reads(sender);
    expect(content).toMatchObject({ identity, reason: 'A third reason', gbv: 'An invented story' });
    expect(notes).toBeUndefined();
  });

  test('comes under the same hold', async () => {
    const safeContact = { ...file.safeContact, codeWord: 'ANOTHER INVENTED WORD' };
    await amends(sender, ['safe-contact', 'reason'], { safeContact, reason: 'A second reason' });
    expect((await reads(sender)).contact).toEqual(safeContact);
    goesOn(safetyHeld(sender, 'kr4-1'));
    const content = await reads(sender);
    expect(content).not.toHaveProperty('contact');
    expect(content.reason).toBe('A second reason');
  });

  test('is, as safe contact, what it was before for who calls her back, and for nobody else', async () => {
    passed(15 * 24 * 60);
    const safeContact = { ...file.safeContact, codeWord: 'ANOTHER INVENTED WORD' };
    await amends(sender, ['safe-contact'], { safeContact });
    const check = { body: JSON.stringify({ check: true }), claims: { role: 'supervisor' } };
    const known = { kr: 2, vn: 0 };
    expect(await contentOf(await asks(sender, { ...check, known }))).toEqual({
      contact: file.safeContact,
    });
    expect((await reads(sender)).contact).toEqual(safeContact);
    expect(codeOf(await asks(sender, { ...check, claims: {}, known }))).toBe('access-closed');
  });

  test('at the moment of a reading is not missed: what was replaced is not answered', async () => {
    const change = placed(amended(sender, { parts: ['safe-contact'] }), 'kr', 2, 0);
    const fact = { ...change, subject: ref, id: `${ref}/kr/2` } as Fact;
    // It takes the slot once the gate has looked, before it writes.
    const get = db.items.get.bind(db.items);
    db.items.get = (item) => {
      if (item.startsWith('keys ')) db.hold([fact]);
      return get(item);
    };
    expect(codeOf(await asks(sender))).toBe('busy');
    expect(db.ledger().map(({ type }) => type)).not.toContain('case-file.disclosed.v1');
  });
});
