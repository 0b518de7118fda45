import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type DemoOffice, decrypted } from '../../infra/local/demo-office.ts';
import { submission } from '../../infra/local/walk.ts';
import { agree, both, type Given, until } from './support.ts';
import { isOfDirectory, leaksIn, listen, type Place, tracesOf } from './traces.ts';

const sender = 'kr-danuri';
const receiver = 'vn-osso-can-tho';

/** Codes that tell the story; nothing else in the demonstration names them but what the office asked says that it offers. */
const codes = {
  category: 'family-tracing-mediation',
  scope: 'share-sensitive-gbv',
  outcome: 'did-not-come-forward',
  question: 'accommodation-tonight',
  reason: 'person-declined',
  channel: 'through-trusted-person',
  result: 'wrong-person-answered',
  identification: 'passphrase',
};

/** No fact, clock or certificate of this run is of that day. */
const travelDate = '2087-03-19';

export const canary = (given: Given) => {
  const texts: string[] = [travelDate];
  const mark = (what: string) => {
    const text = `CANARY-${what}-${randomUUID()}`;
    texts.push(text);
    return text;
  };
  const answers: Place[] = [];

  /** Calls an office's API and keeps what it answered; `read`: what may hold content. */
  const call = async (office: string, path: string, body: object, role?: 'supervisor') => {
    const answer = await given().call(office, {
      ...{ method: 'POST', path, body },
      ...(role && { role }),
    });
    if (!path.endsWith('/disclosures'))
      answers.push([`answer to ${path.split('/').at(-1)}`, JSON.stringify(answer.body)]);
    return answer;
  };

  const marked = (offices: readonly string[]) => {
    const body = submission(sender, offices);
    const { caseFile } = body;
    return {
      ...body,
      caseFile: {
        ...caseFile,
        summary: { ...caseFile.summary, categories: [codes.category] },
        identity: {
          ...caseFile.identity,
          name: mark('name'),
          document: { kind: 'passport', number: mark('number') },
        },
        safeContact: {
          ...caseFile.safeContact,
          channels: [{ channel: codes.channel, address: mark('address') }],
          codeWord: mark('word'),
        },
        reason: mark('reason'),
        sensitive: { gbv: mark('gbv'), health: mark('health') },
        children: [
          { name: mark('child'), birthDate: '2022-06-01', note: mark('note'), lines: ['l1'] },
        ],
        documents: [{ kind: 'court-paper', note: mark('paper'), child: 1 }],
        consent: {
          ...caseFile.consent,
          items: ['summary', 'identity', 'contact', 'reason', 'gbv', 'children', 'documents'],
          purposes: [mark('purpose')],
          retention: mark('retention'),
          children: [{ child: 1, givenBy: 'guardian' }],
          scopes: caseFile.consent.scopes.map((one) => ({
            ...one,
            scopes: [...one.scopes, codes.scope, 'share-child-data', 'share-documents'],
            children: [1],
            documents: [1],
          })),
        },
      },
    };
  };

  const sent = async (offices: readonly string[] = [receiver]) => {
    const { status, body } = await call(sender, '/v1/referrals', marked(offices));
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

  let walked = '';
  const whole = async () => {
    const ref = await sent();
    walked = ref;
    const offer = `/v1/referrals/${ref}/offers/kr1-1`;
    await done(receiver, `${offer}/request-information`, {
      questions: [{ question: codes.question, text: mark('question') }],
    });
    await done(sender, `${offer}/provide-information`, { answers: [mark('answer')] });
    await done(sender, `/v1/referrals/${ref}/plan-travel`, { date: travelDate });
    await done(receiver, `${offer}/accept`, { lines: ['l1'] });
    const read = await done(receiver, `/v1/referrals/${ref}/case-file/disclosures`, {});
    await done(receiver, `${offer}/report-progress`, {
      ...{ kind: 'contact-made', channel: codes.channel, note: mark('progress') },
      contactResult: codes.result,
    });
    await done(receiver, `${offer}/start-service`, {});
    await done(receiver, `${offer}/close`, {
      outcomes: [{ line: 'l1', outcome: codes.outcome }],
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

  test('whole journeys with marked strings and codes leave none of them anywhere but sealed', async () => {
    const declined = await sent();
    await done(receiver, `/v1/referrals/${declined}/offers/kr1-1/decline`, {
      ...{ reason: codes.reason, comment: mark('comment') },
    });
    const withdrawn = await sent();
    await done(sender, `/v1/referrals/${withdrawn}/withdraw-consent`, {
      ...{ identification: codes.identification, comment: mark('withdrawal') },
    });
    const refused = await call(receiver, `/v1/referrals/${withdrawn}/case-file/disclosures`, {});
    answers.push(['a refusal of the gate', JSON.stringify(refused.body)]);
    const wrong = marked([receiver]);
    await call(sender, '/v1/referrals', { ...wrong, [mark('field')]: mark('value') });
    await call(sender, '/v1/referrals', {
      ...wrong,
      caseFile: { ...wrong.caseFile, reason: [mark('list')] },
    });
    await new Promise((rest) => setTimeout(rest, 3_000)); // what is on its way arrives
    const { network, receiver: server } = given();
    const folder = join(import.meta.dirname, '../../.local');
    const places: Place[] = [
      ...(await tracesOf(both(given()), {
        ...{ log: network.log, folder, schedules: [walked, declined, withdrawn] },
      })),
      ...server.hooks.map(({ office, body }): Place => [`webhook to ${office}`, body]),
      ...answers,
    ];
    const fields = texts.filter((text) => text.startsWith('CANARY-field-'));
    const marks = [...texts.filter((text) => !fields.includes(text))];
    const { category, ...others } = codes;
    expect(leaksIn(places, [...marks, ...Object.values(others)])).toEqual([]);
    const ofHer = places.filter((place) => !isOfDirectory(place));
    expect(leaksIn(ofHer, [category])).toEqual([]);
    // It has looked where something was to be found.
    if (network.log)
      expect(places.find(([place]) => place === 'logs')?.[1]).toContain('fanned out');
    for (const where of ['kr table', 'vn table', 'kr queue', 'vn queue', 'webhook', 'schedule'])
      expect(places.filter(([place]) => place.includes(where)).length).toBeGreaterThan(0);
    expect(leaksIn(places, [declined, withdrawn]).length).toBeGreaterThan(10);
  });
};
