import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, test } from 'vitest';
import { busOf } from '../../shared/bus.ts';

const entries = (n: number) =>
  Array.from({ length: n }, (_, i) => ({
    source: 'referrals.kr',
    type: 'offer.made.v1',
    detail: `{"n":${i}}`,
  }));
const eventBridge = () => mockClient(EventBridgeClient);
const bus = () => busOf(new EventBridgeClient({}), 'bus');
const failed = (n: number, code?: string) => ({
  FailedEntryCount: 1,
  Entries: Array.from({ length: n }, (_, i) =>
    i === n - 1 ? { ErrorCode: code } : { EventId: `${i}` },
  ),
});

test('facts go out in tens, with source, type and text as they are', async () => {
  const mock = eventBridge();
  mock.on(PutEventsCommand).resolves({ FailedEntryCount: 0, Entries: [] });
  expect(await bus().publish(entries(23))).toEqual([]);
  const sent = mock
    .commandCalls(PutEventsCommand)
    .map(({ args: [{ input }] }) => input.Entries ?? []);
  expect(sent.map(({ length }) => length)).toEqual([10, 10, 3]);
  expect(sent[0]?.[0]).toEqual({
    EventBusName: 'bus',
    Source: 'referrals.kr',
    DetailType: 'offer.made.v1',
    Detail: '{"n":0}',
  });
  expect(sent.flat().map(({ Detail }) => Detail)).toEqual(entries(23).map(({ detail }) => detail));
});

test('nothing is sent for nothing', async () => {
  const mock = eventBridge();
  expect(await bus().publish([])).toEqual([]);
  expect(mock.calls()).toHaveLength(0);
});

test.each(['ThrottlingException', 'InternalFailure', 'InternalException', 'SomethingNew'])(
  'one entry that failed for %s makes all come again, though the answer was 200',
  async (code) => {
    eventBridge()
      .on(PutEventsCommand)
      .resolvesOnce({ FailedEntryCount: 0, Entries: [] })
      .resolves(failed(3, code));
    await expect(bus().publish(entries(13))).rejects.toThrow();
  },
);

test('one entry that failed without a code makes all come again', async () => {
  eventBridge().on(PutEventsCommand).resolves({ FailedEntryCount: 1, Entries: [] });
  await expect(bus().publish(entries(3))).rejects.toThrow();
});

test('an entry that is refused for good is handed back, and is no reason to come again', async () => {
  eventBridge().on(PutEventsCommand).resolves(failed(3, 'MalformedDetail'));
  const [, , third] = entries(3);
  expect(await bus().publish(entries(3))).toEqual([{ entry: third, code: 'MalformedDetail' }]);
});

test('beside one that must come again, all come again', async () => {
  const both = {
    FailedEntryCount: 2,
    Entries: [{ ErrorCode: 'MalformedDetail' }, { ErrorCode: 'ThrottlingException' }],
  };
  eventBridge().on(PutEventsCommand).resolves(both);
  await expect(bus().publish(entries(2))).rejects.toThrow();
});

test('a call that fails is passed on', async () => {
  eventBridge().on(PutEventsCommand).rejects(new Error('unreachable'));
  await expect(bus().publish(entries(1))).rejects.toThrow('unreachable');
});
