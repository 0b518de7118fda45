import type { EventBridgeClient, PutEventsCommandInput } from '@aws-sdk/client-eventbridge';
import type { KMSClient } from '@aws-sdk/client-kms';
import type { InvokeCommandInput, LambdaClient } from '@aws-sdk/client-lambda';
import type { CreateScheduleCommandInput, SchedulerClient } from '@aws-sdk/client-scheduler';
import type { SendMessageCommandInput, SQSClient } from '@aws-sdk/client-sqs';
import type { Instant } from '../../events/envelope.ts';
import type { PlanId } from '../../events/referral.ts';
import { busOf } from '../../shared/bus.ts';
import { deliveriesIn } from '../../shared/deliveries.ts';
import { type Directory, directoryIn } from '../../shared/directory.ts';
import { endpointsIn } from '../../shared/endpoints.ts';
import { beatsIn } from '../../shared/heartbeat.ts';
import { type Ledger, ledgerIn, type Recorded } from '../../shared/ledger.ts';
import { peerAt, starter } from '../../shared/peer.ts';
import { queueAt } from '../../shared/queue.ts';
import { secretsUnder } from '../../shared/secrets.ts';
import { slotsIn } from '../../shared/slots.ts';
import { touchedIn } from '../../shared/touched.ts';
import { destroy } from '../../shared/vault/vault.ts';
import { viewsIn } from '../../shared/views.ts';
import { wakeBy } from '../../shared/wake.ts';
import { has } from './bugs.ts';
import { DAY, SECOND } from './config.ts';
import { running } from './invocation.ts';
import type { Land } from './land.ts';
import { inside } from './plan.ts';

const client = <C>(send: (input: never) => Promise<object>) =>
  ({ send: ({ input }: { input: never }) => send(input) }) as unknown as C;

const sealed = { vault: 'vault', keys: 'keys', duplicates: 'duplicates' };
const secret = Buffer.from(`whsec_${Buffer.alloc(32, 7).toString('base64')}`);

/** The real adapters on simulated services: what `shared/world.ts` builds on AWS. */
export const portsOf = (land: Land) => {
  const { dynamo: db, sim } = land;
  const { client: dynamo } = db;
  const clock = () => land.clock;
  const lambda = client<LambdaClient>((input) => invoked(land, input));
  const sqs = client<SQSClient>((input) => sent(land, input));
  const ledger: Ledger = ledgerIn(dynamo, 'ledger', () => `put ${sim.chance.next()}`);
  // The long way round through DynamoDB's answers in some histories, else each fact is parsed once.
  const read: Ledger = sim.small
    ? ledger
    : { ...ledger, load: (subject: string) => land.records.load(subject) };
  const directory: Directory = directoryIn(dynamo, 'views', { country: land.code, clock });
  return {
    ledger: read,
    // Nothing is sealed here, but what erases does not know that.
    eraser: {
      ...{ country: land.code, ledger: read, now: () => land.now },
      destroy: (referral: string, at: Instant) => destroy(dynamo, sealed, referral, at),
      destroyFiles: async () => 0,
      sweepLater: async () => {},
    },
    directory: { ...directory, offices: () => running().call('read', () => land.offices) },
    slots: slotsIn(dynamo, 'ledger'),
    beats: beatsIn(dynamo, 'ledger'),
    views: viewsIn(dynamo, 'views'),
    touched: touchedIn(dynamo, 'views'),
    endpoints: endpointsIn(dynamo, 'deliveries'),
    deliveries: deliveriesIn(dynamo, 'deliveries'),
    secrets: secretsUnder(
      client<KMSClient>(() => running().call('read', () => ({ Plaintext: secret }))),
      'key',
      clock,
    ),
    bus: busOf(
      client<EventBridgeClient>((input) => put(land, input)),
      'bus',
    ),
    queue: (name: string) => queueAt(sqs, name),
    wake: wakeBy(
      client<SchedulerClient>((input: CreateScheduleCommandInput) =>
        running().call('send', () => land.scheduler.create(input)),
      ),
      { group: 'group', queue: 'queue', role: 'role', dlq: 'dlq' },
      clock,
    ),
    peer: peerAt(lambda, 'peer'),
    asksArrival: async (ref: string, plan: PlanId) =>
      isOverdue(await read.load(ref), plan, clock()),
    itself: starter(lambda, 'itself'),
  };
};
export type Ports = ReturnType<typeof portsOf>;

/** No date is sealed here: she was to arrive at most three days after the plan was made, by its number. */
const isOverdue = (log: readonly Recorded[], plan: PlanId, now: number): boolean => {
  const { fact } = log.find(({ fact }) => plan === `${fact.country}${fact.seq}-1`) ?? {};
  if (!fact) throw new Error('the plan is not here');
  return now > Date.parse(fact.time) + (3 + (fact.seq % 4)) * DAY;
};

const put = (land: Land, { Entries = [] }: PutEventsCommandInput) => {
  const run = running();
  return run.call('events', () => {
    const { sim } = land;
    const fails = run.halfFails ? sim.chance.below(Entries.length) : -1;
    const answers = Entries.map(({ Source = '', DetailType = '', Detail = '' }, i) => {
      if (i === fails || (run.halfFails && sim.chance.yes(0.5)))
        return { ErrorCode: 'InternalFailure' };
      if (run.what.startsWith('reconcile')) sim.checks.repaired(land, Detail);
      land.bus.put(Source, DetailType, Detail);
      return { EventId: 'taken' };
    });
    if (run.halfFails) sim.count('PutEvents half failed');
    run.halfFails = false;
    if (has('FailedEntryCount ignored')) return { FailedEntryCount: 0, Entries: [] };
    const FailedEntryCount = answers.filter((answer) => 'ErrorCode' in answer).length;
    return { FailedEntryCount, Entries: answers };
  });
};

const sent = (land: Land, input: SendMessageCommandInput) =>
  running().call('send', () => {
    const { QueueUrl, MessageBody = '', MessageDeduplicationId: once } = input;
    if (QueueUrl === 'DELIVER') land.queues.DELIVER.send(MessageBody, 50, once);
    else if (QueueUrl === 'ERASE') land.queues.ERASE.send(MessageBody, 50);
    else land.sim.checks.turnedAway(land, `${QueueUrl}: ${MessageBody}`);
    return {};
  });

/** The other country's `reconcile`, by its door; or our own once more. */
const invoked = async (land: Land, { FunctionName, Payload }: InvokeCommandInput) => {
  const { sim } = land;
  const question = JSON.parse(String(Payload));
  if (FunctionName === 'itself')
    return running().call('send', () => {
      sim.loop.at(sim.loop.now + SECOND, `${land.code} reconcile goes on`, async () => {
        await land.reconcile(question);
      });
      return {};
    });
  await running().call('read', () => {
    if (inside(sim.plan.cuts, sim.loop.now)) throw new Error('no way to the other country');
  });
  const outcome = await land.peer.reconcile(question, ':peer');
  if ('failure' in outcome) return { FunctionError: 'Unhandled' };
  return { Payload: Buffer.from(JSON.stringify(outcome.answer)) };
};
