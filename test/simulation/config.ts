/** How the infrastructure sets up what is simulated (`infra/capabilities`); times in milliseconds. */
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const DLQ_KEEPS = 14 * DAY;
/** By EventBridge to hand an event over, and by a stream to keep a record. */
export const TRIED_FOR = 24 * HOUR;

/** Visibility, receives, batch. A fact waits for its causes for an hour: here in fewer, longer steps. */
export const queues = {
  INBOUND: { visibility: 5 * MINUTE, receives: 12, batch: 10, fifo: false },
  FOLLOW_UP: { visibility: 2 * MINUTE, receives: 5, batch: 10, fifo: false },
  ERASE: { visibility: 2 * MINUTE, receives: 5, batch: 10, fifo: false },
  VIEWS: { visibility: 2 * MINUTE, receives: 5, batch: 10, fifo: false },
  FAN_OUT: { visibility: 2 * MINUTE, receives: 5, batch: 10, fifo: false },
  DELIVER: { visibility: MINUTE, receives: 15, batch: 1, fifo: true },
} as const;
export type QueueName = keyof typeof queues;
