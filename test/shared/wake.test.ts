import {
  ConflictException,
  CreateScheduleCommand,
  SchedulerClient,
  ThrottlingException,
} from '@aws-sdk/client-scheduler';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test } from 'vitest';
import type { Instant } from '../../events/envelope.ts';
import { wakeBy } from '../../shared/wake.ts';
import { ref } from '../support/facts.ts';
import { noon } from '../support/people.ts';

const scheduler = mockClient(SchedulerClient);
const bell = {
  group: 'wake-ups',
  queue: 'arn:aws:sqs:ap-northeast-2:123456789012:facts',
  role: 'arn:aws:iam::123456789012:role/wake',
  dlq: 'arn:aws:sqs:ap-northeast-2:123456789012:not-woken',
};
const wake = wakeBy(new SchedulerClient({}), bell, () => Date.parse(noon));
const made = () => scheduler.commandCalls(CreateScheduleCommand).map(({ args }) => args[0].input);
const setFor = async (at: string) => {
  await wake(ref, at as Instant);
  return made().at(-1)?.ScheduleExpression;
};

beforeEach(() => {
  scheduler.reset();
  scheduler.on(CreateScheduleCommand).resolves({});
});

test('a wake-up sends the subject to follow-up once, and is gone then', async () => {
  await wake(ref, '2026-11-25T09:00:00.000Z' as Instant);
  expect(made()).toEqual([
    {
      GroupName: 'wake-ups',
      Name: `${ref}-202611250900`,
      ScheduleExpression: 'at(2026-11-25T09:00:00)',
      ScheduleExpressionTimezone: 'UTC',
      FlexibleTimeWindow: { Mode: 'OFF' },
      ActionAfterCompletion: 'DELETE',
      Target: {
        Arn: bell.queue,
        RoleArn: bell.role,
        Input: JSON.stringify({ subject: ref }),
        DeadLetterConfig: { Arn: bell.dlq },
      },
    },
  ]);
  expect(made()[0]?.Name).toMatch(/^[0-9A-Za-z_.-]{1,64}$/);
});

test('it rings at a whole minute, never early, and never in a minute that may be over', async () => {
  expect(await setFor('2026-11-25T09:00:00.001Z')).toBe('at(2026-11-25T09:01:00)');
  expect(await setFor('2026-11-23T03:00:30.000Z')).toBe('at(2026-11-23T03:01:00)');
  expect(await setFor('2026-11-23T03:01:00.001Z')).toBe('at(2026-11-23T03:02:00)');
  expect(await setFor('2020-01-01T00:00:00.000Z')).toBe('at(2026-11-23T03:01:00)');
});

test('one that is set already is as good', async () => {
  scheduler
    .on(CreateScheduleCommand)
    .rejects(new ConflictException({ message: 'exists', Message: 'exists', $metadata: {} }));
  await expect(wake(ref, noon)).resolves.toBeUndefined();
});

test('one that could not be set is tried again with its message', async () => {
  scheduler
    .on(CreateScheduleCommand)
    .rejects(new ThrottlingException({ message: 'slow', Message: 'slow', $metadata: {} }));
  await expect(wake(ref, noon)).rejects.toThrow('slow');
});
