import { createHash, randomUUID } from 'node:crypto';
import { submission } from '../../infra/local/walk.ts';

/** Codes that tell the story; nothing else in the demonstration names them but what the office asked says that it offers. */
export const codes = {
  category: 'family-tracing-mediation',
  scope: 'share-sensitive-gbv',
  outcome: 'did-not-come-forward',
  needMet: 'partly-met',
  question: 'accommodation-tonight',
  reason: 'person-declined',
  channel: 'through-trusted-person',
  forbidden: 'text-message',
  result: 'wrong-person-answered',
  identification: 'passphrase',
  basis: 'child-best-interest',
  secondBasis: 'court-order',
  age: '65-and-over',
  paper: 'police-report',
  kept: 'child-protection-record',
};

/** No fact, clock or certificate of this run is of these days; nobody has these nationalities. */
const days = { born: '1957-08-23', child: '2021-11-29', travel: '2087-03-21' };
const nationality = { hers: 'QZ', child: 'XQ' };
const hours = { opens_at: '03:17', closes_at: '04:29' };
export const travelDate = '2087-03-19';

/** Short ones are looked for as values of JSON. */
const odd = [...Object.values(nationality), ...Object.values(hours)].map((text) => `"${text}"`);

/** Marks in every personal field; `texts`: all that were made. */
export const marks = () => {
  const texts: string[] = [travelDate, ...Object.values(days), ...odd];
  const mark = (what: string) => {
    const text = `CANARY-${what}-${randomUUID()}`;
    texts.push(text);
    return text;
  };
  const hash = () => {
    const text = createHash('sha256').update(randomUUID()).digest('base64url');
    texts.push(text);
    return text;
  };

  /** The body of a referral. */
  const marked = (sender: string, offices: readonly string[]) => {
    const body = submission(sender, offices);
    const { caseFile } = body;
    return {
      ...body,
      caseFile: {
        ...caseFile,
        summary: { ...caseFile.summary, ageBand: codes.age, categories: [codes.category] },
        identity: {
          name: mark('name'),
          birthDate: days.born,
          nationality: nationality.hers,
          document: { kind: 'passport', number: mark('number') },
        },
        safeContact: {
          ...caseFile.safeContact,
          channels: [{ channel: codes.channel, address: mark('address') }],
          forbidden: [codes.forbidden],
          hours: {
            country: 'vn',
            schedules: [
              { byday: 'MO,TU,WE,TH,FR,SA,SU', opens_at: '00:00', closes_at: '23:59' },
              { byday: 'TU', ...hours },
            ],
          },
          codeWord: mark('word'),
        },
        reason: mark('reason'),
        sensitive: { gbv: mark('gbv'), health: mark('health') },
        children: [
          {
            ...{ name: mark('child'), birthDate: days.child, nationality: nationality.child },
            ...{ note: mark('note'), lines: ['l1'] },
          },
        ],
        documents: [{ kind: codes.paper, note: mark('paper'), child: 1 }],
        travelDate: days.travel,
        consent: {
          ...caseFile.consent,
          items: [
            'summary',
            'identity',
            'identity-number',
            'contact',
            'reason',
            'gbv',
            'children',
            'documents',
          ],
          purposes: [mark('purpose')],
          retention: mark('retention'),
          evidenceHash: hash(),
          signatures: [{ scope: codes.scope }, ...caseFile.consent.signatures].map(({ scope }) => ({
            scope,
            evidenceHash: hash(),
          })),
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
  return { texts, mark, marked };
};
