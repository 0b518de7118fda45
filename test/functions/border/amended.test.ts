import '../../support/env.ts';
import { describe, expect, test } from 'vitest';
import type { Office } from '../../../events/envelope.ts';
import { handler as seals } from '../../../functions/api/sealed-command.ts';
import { asks, contentOf, db, goesOn, ref } from '../../support/at-the-gate.ts';
import { answerOf, callOf } from '../../support/aws.ts';
import { caseFile } from '../../support/case-file.ts';
import { abroad, home, sender, union, worker } from '../../support/people.ts';
import { accepted, consentRecorded, made, safetyHeld } from '../../support/steps.ts';

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
const summary = { ...file.summary, ageBand: '35-49' };

describe('what the sender amends', () => {
  test('is read in place of what it wrote before, stage by stage, and the fact names the parts alone', async () => {
    const fact = await amends(sender, ['identity', 'summary'], { identity, summary });
    expect(fact?.data).toMatchObject({ parts: ['identity', 'summary'] });
    expect(JSON.stringify(db.ledger())).not.toContain('SECOND INVENTED NAME');

    const asked = await reads(abroad);
    expect(asked.summary.ageBand).toBe('35-49');
    expect(Object.keys(asked)).toEqual(['summary']);

    goesOn(accepted({ offer: 'kr1-1' }));
    const serving = await reads(abroad);
    expect([serving.identity, serving.summary.ageBand]).toEqual([identity, '35-49']);
    expect(serving.reason).toBe(file.reason);
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

  test('may take away what was sensitive, all children, all papers', async () => {
    const none = { sensitive: {}, children: [], documents: [] };
    await amends(sender, ['sensitive', 'children', 'documents'], none);
    const content = await reads(sender);
    for (const part of ['gbv', 'health', 'children', 'documents'])
      expect(content).not.toHaveProperty(part);
    expect(content).toHaveProperty('identity');
  });

  test('a child or a paper at a new place is opened by no consent from before', async () => {
    const second = { ...file.children[0], name: 'SECOND INVENTED CHILD' };
    const children = [{ ...file.children[0], note: 'A new note' }, second];
    await amends(sender, ['children'], { children });
    goesOn(accepted({ offer: 'kr1-1' }));
    expect((await reads(abroad)).children).toMatchObject([{ child: 1, note: 'A new note' }]);
    expect((await reads(sender)).children).toHaveLength(2);
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
});

test('what an office that serves her amends is read by itself and the sender, and changes no case file', async () => {
  const of = { office: home, offer: 'kr2-1' };
  goesOn(
    made({ ...of, actor: sender }),
    consentRecorded(sender, 'kr3-1', 'kr', { office: home }),
    accepted(of),
    made({ office: union, offer: 'kr5-1', actor: sender }),
  );
  const safeContact = { ...file.safeContact, codeWord: 'ANOTHER INVENTED WORD' };
  const fact = await amends(home, ['identity', 'safe-contact'], { identity, safeContact });
  const note = {
    fact: fact?.id,
    command: 'amend',
    content: { parts: ['identity', 'safe-contact'], identity },
  };
  const content = await reads(sender);
  expect([content.identity, content.notes]).toEqual([file.identity, [note]]);
  // The contact counts, as before: it is where the case file is.
  expect(content.contact).toEqual(safeContact);
  expect((await reads(home)).notes).toEqual([note]);
  for (const office of [abroad, union])
    await expect(reads(office)).rejects.toThrow('access-closed');
});
