import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { type DemoOffice, decrypted } from '../../infra/local/demo-office.ts';
import { nameOffice } from '../../infra/local/ops.ts';
import { answersOf } from './answers.ts';
import { sends } from './documents.ts';
import { heldIn } from './erased.ts';
import { isOfDirectory, leaksIn } from './leaks.ts';
import { codes, marks, travelDate } from './marked.ts';
import { agree, both, type Given, until } from './support.ts';
import { listen, tracesOf } from './traces.ts';

const [sender, receiver, second] = ['kr-danuri', 'vn-osso-can-tho', 'kr-klac'];

export const canary = (given: Given) => {
  const { texts, mark, marked } = marks();
  const { answers, call } = answersOf(given);

  const sent = async () => {
    const { status, body } = await call(sender, '/v1/referrals', marked(sender, [receiver]));
    expect([status, body.code]).toEqual([201, undefined]);
    const ref: string = body.state.ref;
    await agree(given(), ref, '"kr1.vn0"', [sender, receiver]);
    return ref;
  };

  /** Waits until the other country has heard. */
  const done = async (office: string, path: string, body: object, role?: 'supervisor') => {
    const answer = await until(
      () => call(office, path, body, role),
      ({ status }) => ![404, 409, 503].includes(status),
    );
    expect([path, answer.status, answer.body?.code]).toEqual([path, 200, undefined]);
    return answer;
  };

  /** A file of her first paper. */
  const brought = async (ref: string) => {
    const bytes = `%PDF-1.7 ${mark('file')}`;
    const sha256 = createHash('sha256').update(bytes).digest('base64');
    const path = `/v1/referrals/${ref}/documents`;
    const { body } = await done(sender, path, {
      ...{ document: 1, contentType: 'application/pdf', size: bytes.length, sha256 },
    });
    expect(await sends(body, bytes)).toBe(204);
    await done(sender, `${path}/${body.id}/confirmations`, {});
  };

  /** Two offices of Korea, each on a basis of its own. */
  const overridden = async () => {
    const ref = await sent();
    await done(sender, `/v1/referrals/${ref}/propose-override`, {
      ...{ basis: codes.basis, comment: mark('basis') },
    });
    await nameOffice(given().network.countries.kr.client, 'kr', { ref, row: '28', office: second });
    const approval = { basis: codes.secondBasis, comment: mark('second') };
    await done(second, `/v1/referrals/${ref}/approve-override`, approval, 'supervisor');
    return ref;
  };

  /** An office of the other country read, and keeps a copy under a law when everything is destroyed. */
  const kept = async () => {
    const ref = await sent();
    const path = `/v1/referrals/${ref}`;
    await done(receiver, `${path}/case-file/disclosures`, {});
    await done(receiver, `${path}/withdraw-consent`, { identification: codes.identification });
    await done(sender, `${path}/confirm-withdrawal`, {}, 'supervisor');
    await done(receiver, `${path}/confirm-erasure`, { destroyed: false, kept: codes.kept });
    return ref;
  };

  let walked = '';
  const whole = async () => {
    const ref = await sent();
    walked = ref;
    await brought(ref);
    const offer = `/v1/referrals/${ref}/offers/kr1-1`;
    await done(receiver, `${offer}/request-information`, {
      questions: [{ question: codes.question, text: mark('question') }],
    });
    await done(sender, `${offer}/provide-information`, { answers: [mark('answer')] });
    await done(sender, `/v1/referrals/${ref}/plan-travel`, { date: travelDate });
    await done(receiver, `${offer}/accept`, { lines: ['l1'] });
    const read = await done(receiver, `/v1/referrals/${ref}/case-file/disclosures`, {});
    await done(receiver, `${offer}/report-progress`, {
      ...{ kind: 'contact-attempted', channel: codes.channel, note: mark('progress') },
      contactResult: codes.result,
    });
    await done(receiver, `${offer}/report-progress`, { kind: 'contact-made' });
    await done(receiver, `${offer}/start-service`, {});
    await done(receiver, `${offer}/close`, {
      outcomes: [{ line: 'l1', outcome: codes.outcome }],
      needMet: codes.needMet,
      note: mark('outcome'),
    });
    return read;
  };

  test('accept in Cần Thơ and read at once: what she allowed, and never a wrong refusal', async () => {
    for (const country of both(given())) await listen(country);
    const read = await whole();
    const office = given().offices[receiver];
    if (!office) throw new Error('no office');
    const { content } = await decrypted(office, read.body.parts[0].jwe);
    const text = JSON.stringify(content);
    for (const what of ['name', 'number', 'address', 'word', 'reason', 'gbv', 'child', 'paper'])
      expect(text).toContain(`CANARY-${what}-`);
    expect(text).not.toContain('CANARY-health-');
    const file = await fetch(content.documents[0].files[0].url);
    expect(await file.text()).toContain('CANARY-file-');
  });

  test('the sender reads what it was asked, and how it ended, as she allowed', async () => {
    const path = `/v1/referrals/${walked}/case-file/disclosures`;
    const { body } = await done(sender, path, {});
    const office = given().offices[sender];
    const [own, other] = body.parts;
    expect([own.country, other?.country]).toEqual(['kr', 'vn']);
    expect(JSON.stringify(own.content)).toContain('CANARY-health-');
    const { content } = await decrypted(office as DemoOffice, other.jwe);
    const text = JSON.stringify(content);
    for (const what of ['question', 'progress', 'outcome'])
      expect(text).toContain(`CANARY-${what}-`);
    expect(Object.keys(content)).toEqual(['notes']);
  });

  let destroyed = '';
  test('under which law a copy is kept is read by the sender’s supervisor after everything is destroyed', async () => {
    destroyed = await kept();
    for (const country of both(given()))
      await until(
        () => heldIn(country, destroyed),
        ({ tombstone }) => tombstone !== undefined,
      );
    await done(
      sender,
      `/v1/referrals/${destroyed}/give-report`,
      { identification: 'in-person-known' },
      'supervisor',
    );
    const path = `/v1/referrals/${destroyed}/case-file/disclosures`;
    const { body } = await until(
      () => call(sender, path, { receipts: true }, 'supervisor'),
      ({ status, body }) => status === 200 && body.parts[0]?.jwe !== undefined,
    );
    const [part] = body.parts;
    expect(part.country).toBe('vn');
    const { content } = await decrypted(given().offices[sender] as DemoOffice, part.jwe);
    expect(content).toEqual({
      receipts: [
        {
          fact: expect.stringMatching(`^${destroyed}/vn/`),
          content: { destroyed: false, kept: codes.kept },
        },
      ],
    });
  });

  test('whole journeys with marked strings and codes leave none of them anywhere but sealed', async () => {
    const declined = await sent();
    await done(receiver, `/v1/referrals/${declined}/offers/kr1-1/decline`, {
      ...{ reason: codes.reason, comment: mark('comment') },
    });
    const ruled = await sent();
    await done(receiver, `/v1/referrals/${ruled}/offers/kr1-1/decline`, {
      ...{ reason: 'not-eligible', comment: mark('comment'), rule: mark('rule') },
    });
    const withdrawn = await sent();
    await done(sender, `/v1/referrals/${withdrawn}/withdraw-consent`, {
      ...{ identification: codes.identification, comment: mark('withdrawal') },
    });
    await call(receiver, `/v1/referrals/${withdrawn}/case-file/disclosures`, {}); // refused
    const overrode = await overridden();
    const wrong = marked(sender, [receiver]);
    const field = mark('field');
    await call(sender, '/v1/referrals', { ...wrong, [field]: mark('value') });
    await call(sender, '/v1/referrals', {
      ...wrong,
      caseFile: { ...wrong.caseFile, reason: [mark('list')] },
    });
    await new Promise((rest) => setTimeout(rest, 3_000)); // what is on its way arrives
    const journeys = [walked, destroyed, declined, ruled, withdrawn, overrode];
    const places = [...(await tracesOf(given(), journeys)), ...answers];
    const { category, ...others } = codes;
    // A name that is not known is said to who sent it, once, and nowhere else.
    expect(leaksIn(places, [...texts, ...Object.values(others)])).toEqual([
      `answer to referrals: ${field}`,
    ]);
    const ofHer = places.filter((place) => !isOfDirectory(place));
    expect(leaksIn(ofHer, [category])).toEqual([]);
    // It has looked where something was to be found, for the category too.
    const where = new Set(ofHer.map(([place]) => place));
    const kinds = ['kr table', 'vn table', 'kr queue', 'vn queue', 'kr bucket', 'webhook'];
    for (const kind of [...kinds, 'schedule', 'answer'])
      expect([...where].filter((place) => place.includes(kind))).not.toEqual([]);
    if (given().network.log) {
      expect([...where]).toEqual(expect.arrayContaining(['logs', 'metrics']));
      const lines = ofHer.filter(([place]) => place === 'logs').map(([, line]) => line);
      expect(lines.filter((line) => line.includes('fanned out'))).not.toEqual([]);
    }
    for (const ref of journeys) expect(leaksIn(ofHer, [ref]).length).toBeGreaterThan(5);
  });
};
