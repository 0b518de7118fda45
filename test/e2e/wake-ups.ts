import {
  CreateScheduleCommand,
  DeleteScheduleCommand,
  GetScheduleCommand,
  type GetScheduleCommandOutput,
  paginateListSchedules,
  ResourceNotFoundException,
  SchedulerClient,
  type ScheduleSummary,
} from '@aws-sdk/client-scheduler';
import type { LocalCountry } from '../../infra/local/country.ts';

/** None where it rang, and so is gone, since it was listed. */
const wholeOf = (scheduler: SchedulerClient, { Name, GroupName }: ScheduleSummary) =>
  scheduler.send(new GetScheduleCommand({ Name, GroupName })).catch((error) => {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  });

/** What a country's follow-up asked the Scheduler for, by how the names begin: of all together the emulator lists a hundred at most. */
export const wakeUps = async ({ client }: LocalCountry, NamePrefix: string) => {
  const scheduler = new SchedulerClient(client);
  const found: Promise<GetScheduleCommandOutput | undefined>[] = [];
  for await (const { Schedules = [] } of paginateListSchedules(
    { client: scheduler },
    { NamePrefix },
  ))
    found.push(...Schedules.map((one) => wholeOf(scheduler, one)));
  return (await Promise.all(found)).filter((one) => one !== undefined);
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
