/** Bugs that can be switched on: in a port, in the wiring, or in a function that the test wraps. */
export const bugs = [
  'fold by arrival',
  'no tie-break',
  'order without seen',
  'slot without country',
  'put without condition',
  'own put taken for a conflict',
  'offer ids counted over both countries',
  'an offer ended by a country that does not own it',
  'a withdrawal lost when it meets an acceptance',
  'a refutation that lifts a withdrawal it had not seen',
  'publisher gives up after ten tries',
  'FailedEntryCount ignored',
  'stream failure swallowed',
  'border rule without source',
  'border rule without reach',
  'receive-facts takes a gap',
  'receive-facts drops a gap',
  'a failed message is taken for done',
  'no DLQ',
  'no reconcile',
  'reconcile repairs what is on its way',
  'webhook id per attempt',
  'webhooks to whom may not hear',
  'no idempotency key',
  'wake-up remembered, not computed',
  'delivery counted as done before it was',
] as const;
export type Bug = (typeof bugs)[number];

let on: Bug | undefined;

export const has = (bug: Bug): boolean => on === bug;
export const switchOn = (bug: Bug | undefined) => {
  on = bug;
};

let judging = false;
/** Whether the harness asks, which must hear the truth also from a function with a bug. */
export const isJudging = () => judging;
export const judged = <T>(ask: () => T): T => {
  judging = true;
  try {
    return ask();
  } finally {
    judging = false;
  }
};
