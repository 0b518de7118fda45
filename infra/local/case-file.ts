import { randomUUID } from 'node:crypto';

type Grant = { readonly office: string; readonly direction: string };

/** Of an invented paper. */
const evidenceHash = 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg';

/** The scope of a way over the border. */
const crossing = ({ direction }: Grant) =>
  direction.includes('-') ? [`cross-border-${direction}`] : [];

/** What is said of an invented woman, each time another: nobody is found twice. One line; every scope of each grant. */
export const caseFile = (grants: readonly Grant[], category = 'civil-status-documents') => ({
  summary: {
    ageBand: '25-34',
    language: 'vi',
    area: 'vn-2025-can-tho',
    categories: [category],
  },
  identity: {
    name: 'INVENTED WOMAN',
    birthDate: '1996-01-31',
    nationality: 'VN',
    document: { kind: 'passport', number: `INVENTED-${randomUUID()}` },
  },
  safeContact: {
    known: true,
    channels: [{ channel: 'messenger', address: 'invented-woman' }],
    forbidden: ['phone'],
    codeWord: 'INVENTED WORD',
    mayLeaveMessage: false,
  },
  reason: 'An invented reason',
  children: [],
  documents: [],
  consent: {
    language: 'vi',
    items: ['summary', 'identity', 'identity-number', 'contact', 'reason'],
    purposes: ['Invented purpose'],
    method: 'paper',
    retention: 'Invented retention',
    rightToRefuseShown: true,
    givenBy: 'self',
    interpreter: false,
    evidenceHash,
    scopes: grants.map((grant) => ({
      office: grant.office,
      direction: grant.direction,
      scopes: [
        'share-coded-summary',
        'share-identity',
        'share-contact',
        'share-reason',
        ...crossing(grant),
      ],
      identity: ['name', 'birthDate', 'nationality', 'document'],
    })),
    signatures: [...new Set(['share-identity', ...grants.flatMap(crossing)])].map((scope) => ({
      scope,
      evidenceHash,
    })),
  },
});
