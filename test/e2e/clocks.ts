import {
  CreateScheduleCommand,
  DeleteScheduleCommand,
  GetScheduleCommand,
  type GetScheduleCommandOutput,
  ListSchedulesCommand,
  SchedulerClient,
} from '@aws-sdk/client-scheduler';
import { expect, test } from 'vitest';
import type { LocalCountry } from '../../infra/local/country.ts';
import { submission } from '../../infra/local/walk.ts';
import { both, type Given, post, until } from './support.ts';

const HALF_A_DAY = 12 * 3_600_000;

/** What a country's follow-up asked the Scheduler for. */
const wakeUps = async ({ client }: LocalCountry, ref: string) => {
  const scheduler = new SchedulerClient(client);
  const { Schedules = [] } = await scheduler.send(new ListSchedulesCommand({ NamePrefix: ref }));
  const found = Schedules.map(({ Name, GroupName }) =>
    scheduler.send(new GetScheduleCommand({ Name, GroupName })),
  );
  return Promise.all(found);
};

/** Takes a wake-up away, and rings at once in its place. */
const ringNow = async ({ client }: LocalCountry, wakeUp: GetScheduleCommandOutput) => {
  const { Name, GroupName, FlexibleTimeWindow, Target, ActionAfterCompletion } = wakeUp;
  const scheduler = new SchedulerClient(client);
  await scheduler.send(new DeleteScheduleCommand({ Name, GroupName }));
  const past = new Date(Date.now() - 60_000).toISOString().slice(0, 19);
  await scheduler.send(
    new CreateScheduleCommand({
      Name: `${Name}-now`,
      GroupName,
      ScheduleExpression: `at(${past})`,
      FlexibleTimeWindow,
      Target,
      ActionAfterCompletion,
    }),
  );
};

export const clocks = (given: Given) => {
  test('an office is woken for at half its time, in its own country, and a wake-up sets the next', async () => {
    const [kr, vn] = both(given()) as [LocalCountry, LocalCountry];
    const begun = Date.now();
    const { status, body } = await post(given(), 'kr-danuri', '/v1/referrals', {
      ...submission(),
      urgency: 'urgent', // 24 hours to acknowledge, nights and holidays included
    });
    expect(status).toBe(201);
    const { ref } = body.state;
    const [wakeUp] = await until(
      () => wakeUps(vn, ref),
      (found) => found.length === 1,
    );
    const [, at = ''] = /^at\((.+)\)$/.exec(wakeUp?.ScheduleExpression ?? '') ?? [];
    const after = Date.parse(`${at}Z`) - begun - HALF_A_DAY;
    expect(after).toBeGreaterThan(0);
    expect(after).toBeLessThan(120_000);
    // The sender owes nothing; its country looks again when her consent ends.
    const [later] = await wakeUps(kr, ref);
    expect(later?.ScheduleExpression?.slice(3, 7)).toBe(String(new Date().getUTCFullYear() + 1));

    await ringNow(vn, wakeUp as GetScheduleCommandOutput);
    await until(
      () => wakeUps(vn, ref),
      (found) => found.map(({ Name }) => Name).join() === wakeUp?.Name,
    );
  });
};
