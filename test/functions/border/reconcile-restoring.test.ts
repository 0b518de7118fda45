import '../../support/env.ts';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Context } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { logged } from '../../support/env.ts';
import { later } from '../../support/people.ts';
import { nextOf, threeFacts } from '../../support/subjects.ts';
import { tables } from '../../support/tables.ts';

vi.stubEnv('RESTORING', 'true');
vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
afterAll(() => vi.unstubAllEnvs());
const { handler } = await import('../../../functions/border/reconcile.ts');

const events = mockClient(EventBridgeClient);
const lambda = mockClient(LambdaClient);
const shared = threeFacts(1);
const domestic = threeFacts(2, 'kr').slice(0, 1);
domestic.push(nextOf(domestic, 'kr', 1), nextOf([...domestic, nextOf(domestic, 'kr', 1)], 'kr', 2));
let db: ReturnType<typeof tables>;

/** A peer that has kept the shared referral, and answers that it lacks nothing. */
const peer = async ({ Payload }: { Payload?: unknown }) => {
  const { ask, segment, after } = JSON.parse(String(Payload));
  const counts = { kr: 1, vn: 2 };
  const heads = segment === 0 ? [{ subject: shared[0].subject, reach: 'both', counts }] : [];
  const copies = shared.filter(({ country, seq }) => seq > after?.[country]);
  const answers: Record<string, unknown> = {
    heads: { heads },
    copies: copies.map((fact) => JSON.stringify(fact)),
    counts: { [shared[0].subject]: counts },
    page: { toPeer: 0, toBus: 0, silent: false },
  };
  return { Payload: Buffer.from(JSON.stringify(answers[ask])) as never };
};

type Ran = { ours: object; missing?: number; next?: object[] };
const run = (from?: object[], left = 900_000) =>
  handler({ all: true, from }, {
    invokedFunctionArn: 'arn:aws:lambda:ap-northeast-2:111111111111:function:it',
    getRemainingTimeInMillis: () => left,
  } as Context) as Promise<Ran>;

beforeEach(() => {
  db = tables({ pageSize: 2 });
  lambda.on(InvokeCommand).callsFake(peer);
  events.on(PutEventsCommand).callsFake(async ({ Entries }) => ({
    Entries: Entries.map(() => ({})),
  }));
  for (const [of, kr, vn] of [
    [shared, ['1'], ['1', '2']],
    [domestic, ['1', '2', '3'], []],
  ] as const) {
    const pk = { S: of[0]?.subject ?? '' };
    db.items.set(`views ${pk.S} seen`, {
      ...{ pk, sk: { S: 'seen' }, kr: { NS: [...kr] } },
      ...(vn.length > 0 && { vn: { NS: [...vn] } }),
    });
  }
  for (const hour of ['01', '02', '03']) // other things stand among them
    db.items.set(`views touched#2026-11-23T${hour} x`, {
      pk: { S: `touched#2026-11-23T${hour}` },
      sk: { S: 'x' },
    });
});

test('what the peer has comes back, and what only the archive has is counted and named', async () => {
  db.hold(domestic.slice(0, 1));
  expect(await run()).toMatchObject({ ours: { putBack: 3 }, missing: 2 });
  expect(db.ledger()).toEqual([...shared, ...domestic.slice(0, 1)]);
  expect(logged.join()).toContain(domestic[0]?.subject);
  db.hold(domestic);
  expect(await run()).toMatchObject({ ours: { putBack: 0 }, missing: 0 });
});

test('short of time it goes on where it stopped, in the count too', async () => {
  let found = 0;
  let from: object[] | undefined;
  do {
    const ran = await run(from, 0);
    found += ran.missing ?? 0;
    from = ran.next;
  } while (from);
  expect(found).toBe(3);
});

test('a slot behind a gap that holds another fact is an alarm', async () => {
  const [first, second, third] = shared;
  const another = { ...third, time: later(99) };
  db.hold([first, another]);
  await run();
  expect(db.ledger()).toEqual([first, second, another]);
  expect(logged.join()).toContain('"FactsContradicting":1');
});
