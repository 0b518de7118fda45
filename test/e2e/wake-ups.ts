import {
  CreateScheduleCommand,
  DeleteScheduleCommand,
  GetScheduleCommand,
  type GetScheduleCommandOutput,
  ListSchedulesCommand,
  SchedulerClient,
} from '@aws-sdk/client-scheduler';
import type { LocalCountry } from '../../infra/local/country.ts';

/** What a country's follow-up asked the Scheduler for. */
export const wakeUps = async ({ client }: LocalCountry, ref: string) => {
  const scheduler = new SchedulerClient(client);
  const { Schedules = [] } = await scheduler.send(new ListSchedulesCommand({ NamePrefix: ref }));
  const found = Schedules.map(({ Name, GroupName }) =>
    scheduler.send(new GetScheduleCommand({ Name, GroupName })),
  );
  return Promise.all(found);
};

/** Takes a wake-up away, so that it rings no more by itself. */
export const taken = async ({ client }: LocalCountry, wakeUp: GetScheduleCommandOutput) => {
  const { Name, GroupName } = wakeUp;
  await new SchedulerClient(client).send(new DeleteScheduleCommand({ Name, GroupName }));
  return wakeUp;
};

/** Rings at once in the place of one that was taken away. */
export const ring = async ({ client }: LocalCountry, wakeUp: GetScheduleCommandOutput) => {
  const { Name, GroupName, FlexibleTimeWindow, Target, ActionAfterCompletion } = wakeUp;
  const past = new Date(Date.now() - 60_000).toISOString().slice(0, 19);
  await new SchedulerClient(client).send(
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

export const ringNow = async (country: LocalCountry, wakeUp: GetScheduleCommandOutput) =>
  ring(country, await taken(country, wakeUp));
