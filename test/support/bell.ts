import { CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { mockClient } from 'aws-sdk-client-mock';

/** EventBridge Scheduler, mocked: takes every schedule; `rings` lists when, in the order in which they were set. */
export const bell = () => {
  const scheduler = mockClient(SchedulerClient);
  scheduler.on(CreateScheduleCommand).resolves({});
  const made = () => scheduler.commandCalls(CreateScheduleCommand).map(({ args }) => args[0].input);
  return {
    scheduler,
    made,
    rings: () => made().map(({ ScheduleExpression }) => ScheduleExpression),
  };
};
