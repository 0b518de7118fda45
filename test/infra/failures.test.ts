import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { app, type Properties, resources, stack } from './synth.ts';

// While restoring: what stands only then is watched too, and nothing else is missing (`reconcile.test.ts`).
const network = stack(app({ restoring: 'kr' }), 'kr', 'network');
const queues = resources(network, 'AWS::SQS::Queue');
const alarms = resources(network, 'AWS::CloudWatch::Alarm');
const rules = resources(network, 'AWS::Events::Rule');
const mappings = resources(network, 'AWS::Lambda::EventSourceMapping');

const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
const worked = queues.filter(({ props }) => props.RedrivePolicy);
const ends = queues.filter(({ props }) => !props.RedrivePolicy);
const isEnd = (arn: unknown) =>
  ends.some(({ logicalId }) => JSON.stringify(arnOf(logicalId)) === JSON.stringify(arn));

describe('nothing that fails is lost', () => {
  test.each(rules)('rule $id has a DLQ on its target', ({ props }) => {
    for (const target of props.Targets) expect(target.DeadLetterConfig.Arn).toSatisfy(isEnd);
  });

  test.each(worked)('queue $id has a DLQ', ({ props }) => {
    expect(props.RedrivePolicy.deadLetterTargetArn).toSatisfy(isEnd);
  });

  test('each queue that a function reads is one with a DLQ', () => {
    const read = mappings
      .map(({ props }) => props.EventSourceArn)
      .filter((arn) => arn['Fn::GetAtt']);
    expect(read).toHaveLength(7);
    for (const arn of read)
      expect(worked.map(({ logicalId }) => arnOf(logicalId))).toContainEqual(arn);
  });

  test.each(ends)(
    '$id keeps what failed for 14 days and calls somebody',
    ({ logicalId, props }) => {
      expect(props.MessageRetentionPeriod).toBe(14 * 24 * 3600);
      const watching = alarms.filter(
        (alarm) =>
          alarm.props.MetricName === 'ApproximateNumberOfMessagesVisible' &&
          alarm.props.Threshold === 0 &&
          alarm.props.Dimensions[0].Value['Fn::GetAtt'][0] === logicalId,
      );
      expect(watching).toHaveLength(1);
    },
  );

  test('a fact of the peer waits an hour for its causes', () => {
    const there = queues.find(({ id }) => id === 'BorderThereQueue');
    expect(there?.props.VisibilityTimeout).toBe(30);
    expect(there?.props.RedrivePolicy.maxReceiveCount).toBe(120);
  });
});

describe('no mapping is left on its defaults', () => {
  const stream = mappings.filter(({ id }) => id.startsWith('Publisher'));
  const fromQueues = mappings.filter(({ id }) => !id.startsWith('Publisher'));

  test('the publisher never skips', () => {
    expect(stream).toHaveLength(1);
    expect(stream[0]?.props).toMatchObject({
      StartingPosition: 'TRIM_HORIZON',
      MaximumRetryAttempts: -1,
      MaximumRecordAgeInSeconds: 24 * 3600,
      BisectBatchOnFunctionError: true,
      ParallelizationFactor: 1,
    });
    expect(stream[0]?.props.DestinationConfig.OnFailure.Destination).toSatisfy(isEnd);
    expect(stream[0]?.props).not.toHaveProperty('FunctionResponseTypes');
  });

  test('only new facts are published', () => {
    expect(JSON.parse(stream[0]?.props.FilterCriteria.Filters[0].Pattern)).toEqual({
      eventName: ['INSERT'],
      dynamodb: { Keys: { sk: { S: [{ prefix: 'fact#' }] } } },
    });
  });

  test('nothing is published before every rule of the bus stands', () => {
    const needed = rules.map(({ logicalId }) => logicalId);
    expect(stream[0]?.resource.DependsOn).toEqual(expect.arrayContaining(needed));
  });

  test.each(fromQueues)('$id takes back only the messages that failed', ({ id, props }) => {
    expect(props.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
    expect(props.BatchSize).toBe(id.includes('Deliver') ? 1 : 10); // one partner holds no other
  });

  test('a message is not shown again while its function may still be at work', () => {
    const functions = resources(network, 'AWS::Lambda::Function');
    const timeout = ({ Ref }: Properties) =>
      functions.find(({ logicalId }) => logicalId === Ref)?.props.Timeout;
    for (const { props } of fromQueues) {
      const queue = worked.find(
        ({ logicalId }) => props.EventSourceArn['Fn::GetAtt'][0] === logicalId,
      );
      expect(queue?.props.VisibilityTimeout).toBeGreaterThan(timeout(props.FunctionName));
    }
  });
});

describe('somebody is called, and knows what to do', () => {
  const topic = resources(network, 'AWS::SNS::Topic')[0]?.logicalId;

  test.each(alarms)('$id calls the operators', ({ props }) => {
    expect(props.AlarmActions).toEqual([{ Ref: topic }]);
  });

  test('the desk is called when nobody answered a hand-over', () => {
    const rule = rules.find(({ id }) => id === 'OperationsUnansweredHandOverRule');
    expect(rule?.props.EventPattern).toEqual({
      source: ['referrals.kr', 'referrals.vn'],
      'detail-type': ['referral.submitted.v1'],
      detail: { data: { handOver: { result: ['no-answer'] } } },
      'replay-name': [{ exists: false }],
    });
    expect(rule?.props.Targets[0].Arn).toEqual({ Ref: topic });
  });

  test('the desk is called when a sender finds a line no next office in time', () => {
    const rule = rules.find(({ id }) => id === 'OperationsNotPlacedRule');
    expect(rule?.props.EventPattern).toEqual({
      source: ['referrals.kr', 'referrals.vn'],
      'detail-type': ['deadline.missed.v1'],
      detail: { data: { clock: ['place'] } },
      'replay-name': [{ exists: false }],
    });
    expect(rule?.props.Targets[0].Arn).toEqual({ Ref: topic });
  });

  test('the desk is called when the sender wrote down a withdrawal that nobody can check', () => {
    const rule = rules.find(({ id }) => id === 'OperationsUncheckedRule');
    expect(rule?.props.EventPattern).toMatchObject({
      'detail-type': ['consent.withdrawn.v1'],
      detail: { data: { unchecked: [true] } },
    });
    expect(rule?.props.Targets[0].Arn).toEqual({ Ref: topic });
  });

  test.each([
    ['NotChecked', 'withdrawal-confirm'],
    ['NoReceipt', 'receipt'],
  ])('the desk is called by %s when %s is missed', (name, clock) => {
    const rule = rules.find(({ id }) => id === `Operations${name}Rule`);
    expect(rule?.props.EventPattern).toEqual({
      source: ['referrals.kr', 'referrals.vn'],
      'detail-type': ['deadline.missed.v1'],
      detail: { data: { clock: [clock] } },
      'replay-name': [{ exists: false }],
    });
    expect(rule?.props.Targets[0].Arn).toEqual({ Ref: topic });
  });

  test('the desk is called when a person did not arrive', () => {
    const rule = rules.find(({ id }) => id === 'OperationsNotArrivedRule');
    expect(rule?.props.EventPattern).toEqual({
      source: ['referrals.kr', 'referrals.vn'],
      'detail-type': ['person.not-arrived.v1'],
      'replay-name': [{ exists: false }],
    });
    expect(rule?.props.Targets[0].Arn).toEqual({ Ref: topic });
  });

  test('the desk is told when an office changed its keys', () => {
    const rule = rules.find(({ id }) => id === 'OperationsKeysRotatedRule');
    expect(rule?.props.EventPattern).toEqual({
      source: ['referrals.kr', 'referrals.vn'],
      'detail-type': ['office.keys-rotated.v1'],
      'replay-name': [{ exists: false }],
    });
    expect(rule?.props.Targets[0].Arn).toEqual({ Ref: topic });
  });

  test('CloudWatch of this account, and no other service, may publish to the operators', () => {
    const allowed = resources(network, 'AWS::SNS::TopicPolicy')[0]?.props.PolicyDocument.Statement;
    expect(allowed.filter(({ Effect }: Properties) => Effect === 'Allow')).toEqual([
      expect.objectContaining({
        Action: 'sns:Publish',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': '111111111111' } },
      }),
    ]);
  });

  test('every alarm has its own entry in the runbook, and every entry its alarm', () => {
    const runbook = readFileSync('infra/runbook.md', 'utf8');
    const entries = [...runbook.matchAll(/^### (.+)$/gm)].map(([, heading]) => heading);
    const alarmed = alarms.map(({ props }) => props.AlarmDescription);
    const called = rules.flatMap(({ props }) => props.Description ?? []); // straight to the desk
    expect(entries.sort()).toEqual([...alarmed, ...called].sort());
  });

  test('every function has an alarm on its errors', () => {
    const watched = alarms
      .filter(({ props }) => props.Namespace === 'AWS/Lambda' && props.MetricName === 'Errors')
      .map(({ props }) => props.Dimensions[0].Value.Ref);
    const functions = resources(network, 'AWS::Lambda::Function').map(({ logicalId }) => logicalId);
    expect(watched.sort()).toEqual(functions.sort());
  });

  test('facts published five minutes late ring', () => {
    const age = alarms.find(({ props }) => props.MetricName === 'IteratorAge');
    expect(age?.props).toMatchObject({ Threshold: 300_000, Statistic: 'Maximum' });
  });

  test('a peer not heard for fifteen minutes rings, and so does a heart that stopped', () => {
    const lag = alarms.find(({ props }) => props.MetricName === 'BorderLagSeconds');
    expect(lag?.props).toMatchObject({ Threshold: 900, TreatMissingData: 'breaching' });
  });

  test('our own numbers are watched where our functions write them', () => {
    const write = "import('./shared/metric.ts').then((m) => m.metric('kr', 'BorderLagSeconds', 1))";
    const line = JSON.parse(execFileSync(process.execPath, ['-e', write], { encoding: 'utf8' }));
    const [written] = line._aws.CloudWatchMetrics;
    const own = alarms.filter(({ props }) => props.Namespace === written.Namespace);
    expect(own.map(({ props }) => props.MetricName).sort()).toEqual([
      'ArrivalsUnanswered',
      'BorderLagSeconds',
      'CalendarsMissing',
      'ErasureWaitsSeconds',
      'FactsContradicting',
      'FactsRepairedToBus',
      'FactsRepairedToPeer',
      'FactsSetAside',
      'WithdrawalWaitsSeconds',
    ]);
    const dimensions = written.Dimensions[0].map((Name: string) => ({ Name, Value: line[Name] }));
    for (const { props } of own) expect(props.Dimensions).toEqual(dimensions);
  });
});
