import { afterEach, beforeEach, vi } from 'vitest';
import { noon } from './people.ts';

// Settings of the functions; import it before any of them.
Object.assign(process.env, {
  COUNTRY: 'kr',
  STAGE: 'test',
  AWS_REGION: 'ap-northeast-2',
  LEDGER: 'ledger',
  VIEWS: 'views',
  DELIVERIES: 'deliveries',
  VAULT: 'vault',
  KEYS: 'keys',
  DUPLICATES: 'duplicates',
  CONTENT_KEY: 'arn:aws:kms:ap-northeast-2:123456789012:key/content',
  PERSON_KEY: 'arn:aws:kms:ap-northeast-2:123456789012:key/person',
  BUS: 'bus',
  API_URL: 'https://api.invented.example',
  WEBHOOK_KEY: 'arn:aws:kms:ap-northeast-2:123456789012:key/invented',
  WEBHOOK_ALLOW: '127.0.0.0/8',
  STUCK: 'https://sqs.invented.example/stuck',
  REFUSED: 'https://sqs.invented.example/refused',
  DELIVER: 'https://sqs.invented.example/deliver.fifo',
  PEER: 'arn:aws:lambda:ap-southeast-1:123456789012:function:referrals-vn-reconcile:peer',
  OWN_GATE: 'arn:aws:lambda:ap-northeast-2:123456789012:function:referrals-kr-gate',
  PEERS_GATE: 'arn:aws:lambda:ap-southeast-1:123456789012:function:referrals-vn-gate:peer',
  ARRIVAL: 'referrals-kr-arrival',
  FOLLOW_UP: 'https://sqs.invented.example/follow-up',
  ERASE: 'https://sqs.invented.example/erase',
  WAKE_GROUP: 'wake-ups',
  WAKE_QUEUE: 'arn:aws:sqs:ap-northeast-2:123456789012:follow-up',
  WAKE_ROLE: 'arn:aws:iam::123456789012:role/wake',
  WAKE_DLQ: 'arn:aws:sqs:ap-northeast-2:123456789012:not-woken',
  DOCUMENTS: 'documents-of-kr',
  // Addresses are signed here, without a call.
  AWS_ACCESS_KEY_ID: 'INVENTED',
  AWS_SECRET_ACCESS_KEY: 'invented',
  POWERTOOLS_DEV: 'true',
});

/** All that the functions logged in this test. */
export const logged: string[] = [];

beforeEach(() => {
  logged.length = 0;
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(noon) });
  for (const level of ['debug', 'info', 'warn', 'error', 'log'] as const)
    vi.spyOn(console, level).mockImplementation((...lines) => {
      logged.push(lines.map(String).join(' '));
    });
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});
