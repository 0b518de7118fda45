import '../../support/env.ts';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test } from 'vitest';
import { Heartbeat } from '../../../events/border.ts';
import { handler } from '../../../functions/border/heartbeat.ts';
import { later, noon } from '../../support/people.ts';
import { tables } from '../../support/tables.ts';

const bus = mockClient(EventBridgeClient);
let db: ReturnType<typeof tables>;
beforeEach(() => {
  bus.reset();
  bus.on(PutEventsCommand).resolves({ FailedEntryCount: 0, Entries: [] });
  db = tables();
});

test('a sign of life goes out under a source that only the border rule knows', async () => {
  await handler();
  const [entry] = bus.commandCalls(PutEventsCommand)[0]?.args[0].input.Entries ?? [];
  expect(entry).toMatchObject({
    Source: 'border.kr',
    DetailType: 'border.heartbeat.v1',
    EventBusName: 'bus',
  });
  expect(Heartbeat.parse(JSON.parse(entry?.Detail ?? ''))).toMatchObject({
    source: 'urn:referrals:kr',
    time: noon,
  });
  expect(db.writes()).toBe(0);
});

test('how far the border lags is told, once the peer was heard', async () => {
  db.items.set('ledger border heartbeat', { sentAt: { S: later(-7) }, receivedAt: { S: noon } });
  await expect(handler()).resolves.toBeUndefined();
});

test('a heartbeat that did not go out is an error', async () => {
  bus
    .on(PutEventsCommand)
    .resolves({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'ThrottlingException' }] });
  await expect(handler()).rejects.toThrow();
});
