import {
  ConflictException,
  CreateScheduleCommand,
  type SchedulerClient,
} from '@aws-sdk/client-scheduler';
import type { Instant } from '../events/envelope.ts';

/** Where a wake-up stands, where it goes, as whom, and where it ends when it cannot. */
export type Bell = {
  readonly group: string;
  readonly queue: string;
  readonly role: string;
  readonly dlq: string;
};

/** Has `follow-up` look at a subject again. Late, twice or without need is harmless: it computes what is due. */
export type Wake = (subject: string, at: Instant) => Promise<void>;

const MINUTE = 60_000;

/**
 * A schedule a subject and minute, never changed and gone once it rang: an update could meet the deletion of the one that
 * just rang, or a slower follow-up that knew less.
 */
export const wakeBy =
  (client: SchedulerClient, { group, queue, role, dlq }: Bell, clock: () => number): Wake =>
  async (subject, at) => {
    const minute = minuteFor(at, clock());
    const command = new CreateScheduleCommand({
      GroupName: group,
      Name: `${subject}-${minute.replaceAll(/\D/g, '')}`,
      ScheduleExpression: `at(${minute}:00)`,
      ScheduleExpressionTimezone: 'UTC',
      FlexibleTimeWindow: { Mode: 'OFF' },
      ActionAfterCompletion: 'DELETE',
      Target: {
        Arn: queue,
        RoleArn: role,
        Input: JSON.stringify({ subject }),
        DeadLetterConfig: { Arn: dlq },
      },
    });
    await client.send(command).catch((error: unknown) => {
      // It is set already.
      if (!(error instanceof ConflictException)) throw error;
    });
  };

/** The whole minute that follows; a schedule for what is past by the time that it is made might never ring. */
const minuteFor = (at: Instant, now: number): string => {
  const soonest = Math.max(Date.parse(at), now + MINUTE);
  return new Date(Math.ceil(soonest / MINUTE) * MINUTE).toISOString().slice(0, 16);
};
