import '../../support/env.ts';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test } from 'vitest';
import { handler } from '../../../functions/publish/publish-facts.ts';
import { streamOf } from '../../support/aws.ts';
import { log, onward, ref, submitted } from '../../support/facts.ts';
import { acknowledged } from '../../support/steps.ts';

const bus = mockClient(EventBridgeClient);
const queue = mockClient(SQSClient);
beforeEach(() => {
  bus.reset();
  queue.reset();
});
const facts = onward(log(submitted()), acknowledged());
const sent = () =>
  bus.commandCalls(PutEventsCommand).flatMap(({ args: [{ input }] }) => input.Entries ?? []);

test('each stored text goes out as it stands, under its country’s source', async () => {
  bus.on(PutEventsCommand).resolves({ FailedEntryCount: 0, Entries: [] });
  // Member order, spacing and unknown members as an other version may have written them.
  const texts = facts.map((fact) => JSON.stringify({ later: { kept: true }, ...fact }, null, 1));
  await handler(streamOf(...texts));
  expect(sent()).toEqual(
    facts.map(({ country, type }, i) => ({
      EventBusName: 'bus',
      Source: `referrals.${country}`,
      DetailType: type,
      Detail: texts[i],
    })),
  );
});

test('forty facts go out in tens', async () => {
  bus.on(PutEventsCommand).resolves({ FailedEntryCount: 0, Entries: [] });
  await handler(streamOf(...Array.from({ length: 40 }, () => JSON.stringify(facts[0]))));
  expect(bus.commandCalls(PutEventsCommand)).toHaveLength(4);
});

test('one failed entry fails the batch, so that it comes again', async () => {
  const answer = {
    FailedEntryCount: 1,
    Entries: [{ EventId: '1' }, { ErrorCode: 'ThrottlingException' }],
  };
  bus.on(PutEventsCommand).resolves(answer);
  await expect(handler(streamOf(...facts.map((f) => JSON.stringify(f))))).rejects.toThrow();
  expect(queue.calls()).toHaveLength(0);
});

test('an entry that is refused for good is set down by its slot, and the others go on', async () => {
  const answer = {
    FailedEntryCount: 1,
    Entries: [{ EventId: '1' }, { ErrorCode: 'MalformedDetail' }],
  };
  bus.on(PutEventsCommand).resolves(answer);
  await handler(streamOf(...facts.map((f) => JSON.stringify(f))));
  const [message] = queue.commandCalls(SendMessageCommand);
  const { QueueUrl, MessageBody } = message?.args[0].input ?? {};
  expect(QueueUrl).toContain('stuck');
  expect(JSON.parse(MessageBody ?? '')).toEqual({
    subject: ref,
    country: 'vn',
    seq: 1,
    code: 'MalformedDetail',
  });
});

test('a record that could not be set down comes again', async () => {
  bus
    .on(PutEventsCommand)
    .resolves({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'MalformedDetail' }] });
  queue.on(SendMessageCommand).rejects(new Error('unreachable'));
  await expect(handler(streamOf(JSON.stringify(facts[0])))).rejects.toThrow('unreachable');
});
