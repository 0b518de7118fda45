import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { KMSClient } from '@aws-sdk/client-kms';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { FileId } from '../events/documents.ts';
import { Country, Instant, type Ref } from '../events/envelope.ts';
import { type Bus, busOf } from './bus.ts';
import { type Deliveries, deliveriesIn } from './deliveries.ts';
import { type Directory, directoryIn } from './directory.ts';
import { type Endpoints, endpointsIn } from './endpoints.ts';
import type { World } from './handle.ts';
import { type Beats, beatsIn } from './heartbeat.ts';
import { type Ledger, ledgerIn } from './ledger.ts';
import { type Peer, peerAt, starter } from './peer.ts';
import { type Queue, queueAt } from './queue.ts';
import { closed } from './restoring.ts';
import { type Secrets, secretsUnder } from './secrets.ts';
import { type Slots, slotsIn } from './slots.ts';
import { type Touched, touchedIn } from './touched.ts';
import type { ArrivalGate } from './vault/arrival-overdue.ts';
import { type AsksArrival, arrivalAt } from './vault/ask-arrival.ts';
import type { Bringing } from './vault/bring-documents.ts';
import type { Sealer } from './vault/content-of.ts';
import type { Bucket } from './vault/documents.ts';
import type { Gate } from './vault/entrance.ts';
import type { Eraser } from './vault/erase.ts';
import { gateAt } from './vault/gates.ts';
import { keyMaker, keyOpener, macUnder } from './vault/keys.ts';
import type { Gates } from './vault/read-case-file.ts';
import { removeFiles, removeUnconfirmed } from './vault/remove-documents.ts';
import { destroy } from './vault/vault.ts';
import { type Views, viewsIn } from './views.ts';
import { type Wake, wakeBy } from './wake.ts';

/** A setting of this function. */
export const env = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
};

/** Built at first use, then kept: one client a container. The mark lets a bundle leave out what it does not use. */
// @__NO_SIDE_EFFECTS__
const once = <T>(make: () => T): (() => T) => {
  let made: { it: T } | undefined;
  return () => {
    made ??= { it: make() };
    return made.it;
  };
};

const dynamo = once(() => new DynamoDBClient({}));
const kms = once(() => new KMSClient({}));
export const country = once(() => Country.parse(env('COUNTRY')));
export const clock = () => Date.now();
export const now = (): Instant => Instant.parse(new Date(clock()).toISOString());
export const random = () => randomBytes(16).toString('base64url');

/** Set while a restored ledger lacks facts of its own. */
export const restoring = () => process.env.RESTORING === 'true';

export const openLedger = once((): Ledger => ledgerIn(dynamo(), env('LEDGER'), random));
export const ledger = once(
  (): Ledger => (restoring() ? closed(openLedger(), country()) : openLedger()),
);
export const slots = once((): Slots => slotsIn(dynamo(), env('LEDGER')));
export const beats = once((): Beats => beatsIn(dynamo(), env('LEDGER')));
export const views = once((): Views => viewsIn(dynamo(), env('VIEWS')));
export const touched = once((): Touched => touchedIn(dynamo(), env('VIEWS')));
export const directory = once(
  (): Directory => directoryIn(dynamo(), env('VIEWS'), { country: country(), clock }),
);

export const endpoints = once((): Endpoints => endpointsIn(dynamo(), env('DELIVERIES')));
export const deliveries = once((): Deliveries => deliveriesIn(dynamo(), env('DELIVERIES')));
export const secrets = once((): Secrets => secretsUnder(kms(), env('WEBHOOK_KEY'), clock));

export const bus = once((): Bus => busOf(new EventBridgeClient({}), env('BUS')));
export const queue = (name: 'STUCK' | 'REFUSED' | 'DELIVER' | 'FOLLOW_UP' | 'ERASE'): Queue =>
  queueAt(sqs(), env(name));
const sqs = once(() => new SQSClient({}));

export const wake = once((): Wake => {
  const bell = {
    group: env('WAKE_GROUP'),
    queue: env('WAKE_QUEUE'),
    role: env('WAKE_ROLE'),
    dlq: env('WAKE_DLQ'),
  };
  return wakeBy(new SchedulerClient({}), bell, clock);
});

/** The peer's `reconcile`, in its own region. */
export const peer = once((): Peer => {
  const [, , , region = ''] = env('PEER').split(':');
  return peerAt(new LambdaClient({ region }), env('PEER'));
});
/** Starts this very function once more. */
export const itself = () => starter(new LambdaClient({}), env('AWS_LAMBDA_FUNCTION_NAME'));

/** Ranges that `deliver` may connect to beside the public ones; set by the local stage alone. */
export const allowed = (): string[] => process.env.WEBHOOK_ALLOW?.split(',') ?? [];

const contentTables = () => ({
  vault: env('VAULT'),
  keys: env('KEYS'),
  duplicates: env('DUPLICATES'),
});

/** The gate's door for our follow-up. */
export const asksArrival = once((): AsksArrival => arrivalAt(new LambdaClient({}), env('ARRIVAL')));

/** The gates of both countries, each in its own region. */
export const gates = once((): Gates => {
  const at = (name: string) => {
    const [, , , region = ''] = env(name).split(':');
    return gateAt(new LambdaClient({ region }), env(name));
  };
  const [own, peers] = [at('OWN_GATE'), at('PEERS_GATE')];
  return country() === 'kr' ? { kr: own, vn: peers } : { kr: peers, vn: own };
});

const bucket = once((): Bucket => ({ client: new S3Client({}), name: env('DOCUMENTS') }));

/** What destroys: it makes no key and opens none. */
export const eraser = once(
  (): Eraser => ({
    ...{ country: country(), ledger: ledger(), now },
    destroy: (referral, at) => destroy(dynamo(), contentTables(), referral, at),
    destroyFiles: (ref) => removeFiles(bucket(), ref),
    sweepLater: (subject) => queue('ERASE').send({ subject, sweep: true }, { delay: SWEEP_AFTER }),
  }),
);
/** Takes a file that nobody confirmed. */
export const forgets = once(() => (ref: Ref, id: FileId) => removeUnconfirmed(bucket(), ref, id));

/** Seconds: far longer than a form takes files (60 s), and than a copy that had begun. */
const SWEEP_AFTER = 600;

/** What takes documents: it opens nothing that is sealed. */
export const bringing = once(
  (): Bringing => ({
    ...{ ...world(), bucket: bucket(), random },
    forgetLater: (subject, unconfirmed) =>
      queue('ERASE').send({ subject, unconfirmed }, { delay: FORGOTTEN_AFTER }),
  }),
);
/** Seconds: the longest that a queue waits. */
const FORGOTTEN_AFTER = 900;

/** What seals: it makes keys, and opens none. */
export const sealing = once(
  (): Sealer => ({
    country: country(),
    client: dynamo(),
    tables: { ...contentTables(), ledger: env('LEDGER') },
    keyFor: keyMaker(kms(), env('CONTENT_KEY')),
    mac: macUnder(kms(), env('PERSON_KEY')),
    gates: gates(),
    random,
  }),
);

/** What opens. */
const vault = () => ({
  client: dynamo(),
  tables: { vault: env('VAULT'), keys: env('KEYS') },
  unwrap: keyOpener(kms(), env('CONTENT_KEY')),
});

/** What opens, and says yes or no of one date. */
export const arrivalGate = once(
  (): ArrivalGate => ({ ...vault(), country: country(), ledger: ledger(), now }),
);

/** What opens, and discloses. */
export const gate = once(
  (): Gate => ({
    ...world(),
    ...vault(),
    directory: directory(),
    documents: bucket(),
    apiOf: async (of) => (of === country() ? env('API_URL') : (await beats().heard())?.api),
  }),
);
/** What deciding needs. */
export const world = (): World => ({
  country: country(),
  ledger: ledger(),
  directory: directory(),
  now,
});
