import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { factsIn } from '../../infra/local/facts-in.ts';
import { reconcile } from '../../infra/local/ops.ts';
import { submission } from '../../infra/local/walk.ts';
import { agree, both, type Given, post, sent, until } from './support.ts';

const sender = 'kr-danuri';
const receiver = 'vn-osso-can-tho';
const nothing = { toPeer: 0, toBus: 0, putBack: 0 };

/** Every fact was dropped just now: in truth a run would wait a day before it believes that. */
const now = { minAgeSeconds: 0 };

type Network = ReturnType<Given>;

/** Those of which the two ledgers hold different facts. */
const differing = async (demo: Network, refs: readonly string[]) => {
  const found = refs.map(async (ref) => {
    const [kr, vn] = await Promise.all(both(demo).map((country) => factsIn(country, ref)));
    return JSON.stringify(kr) === JSON.stringify(vn) ? [] : [ref];
  });
  return (await Promise.all(found)).flat();
};

/** Waits until the border queues hold nothing more, and what was taken from them was lost. */
const quiet = async (demo: Network) => {
  for (const { client, queues } of both(demo)) {
    const ask = new GetQueueAttributesCommand({
      QueueUrl: queues.Carrier,
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    });
    await until(
      async () => (await new SQSClient(client).send(ask)).Attributes ?? {},
      (counts) => Object.values(counts).every((n) => n === '0'),
    );
  }
};

/** A referral the other way round: from Viet Nam to Korea. */
const sentBack = async (demo: Network): Promise<string> => {
  const body = submission(receiver, [sender]);
  const answer = await post(demo, receiver, '/v1/referrals', body);
  expect(answer.status).toBe(201);
  return answer.body.state.ref;
};

/** Loses all that crosses the border meanwhile. */
const losing = async <T>(demo: Network, job: () => Promise<T>): Promise<T> => {
  demo.network.carrier.drop(true);
  try {
    const done = await job();
    await quiet(demo);
    return done;
  } finally {
    demo.network.carrier.drop(false);
  }
};

/** Waits until a referral stands in the list of its sender: by then its facts went out by the bus. */
const listed = async (demo: Network, office: string, ref: string) => {
  const sentList = { method: 'GET', path: '/v1/sent?limit=100' };
  await until(
    () => demo.call(office, sentList),
    ({ body }) => JSON.stringify(body.items).includes(ref),
  );
};

export const reconciliation = (given: Given) => {
  const run = (which: object) =>
    reconcile(given().network.countries.kr.client, 'kr', { ...which, ...now });
  /** Runs until what the tests before have still on its way has come. */
  const settled = () =>
    until(
      () => run({ all: true }),
      ({ kr, vn }) => kr?.toPeer === 0 && vn?.toPeer === 0 && kr.toBus === 0 && vn.toBus === 0,
    );

  test('with events lost at the border, one run of reconcile brings both ledgers together, and a second repairs nothing', async () => {
    const demo = given();
    await settled();
    const { ref, offer, etag } = await sent(demo);
    await agree(demo, ref, etag, [sender, receiver]);
    const path = `/v1/referrals/${ref}/offers/${offer}`;
    const [accepted, back, home] = await losing(demo, async () => {
      await post(demo, receiver, `${path}/acknowledge`);
      const accepted = await post(demo, receiver, `${path}/accept`, { lines: ['l1'] });
      const back = await sentBack(demo);
      const home = await sent(demo, sender, ['kr-klac', receiver]);
      await listed(demo, receiver, back);
      await listed(demo, sender, home.ref);
      return [accepted, back, home.ref] as const;
    });
    expect(accepted.status).toBe(200);
    const refs = [ref, back, home];
    expect(await differing(demo, refs)).toEqual(refs);

    expect(await run({ all: true })).toEqual({
      kr: { ...nothing, toPeer: 1 },
      vn: { ...nothing, toPeer: 3 },
    });
    await until(
      () => differing(demo, refs),
      (found) => found.length === 0,
    );
    expect(await settled()).toEqual({ kr: nothing, vn: nothing });
    await agree(demo, ref, accepted.etag ?? '', [sender, receiver]);
    for (const office of [sender, receiver]) await demo.receiver.arrived(office, `${back}/vn/1`);
  });

  test('one subject, or only what was touched lately, is compared when that is asked', async () => {
    const demo = given();
    const { ref, etag } = await sent(demo);
    await agree(demo, ref, etag, [sender, receiver]);
    await settled();
    expect(await run({ subject: ref })).toEqual({ kr: nothing, vn: nothing });
    expect(await run({})).toEqual({ kr: nothing, vn: nothing });
    const lost = await losing(demo, async () => {
      const lost = await sent(demo);
      await listed(demo, sender, lost.ref);
      return lost;
    });
    expect(await run({})).toEqual({ kr: { ...nothing, toPeer: 1 }, vn: nothing });
    await agree(demo, lost.ref, lost.etag, [sender, receiver]);
  });

  test('a fact that is still on its way is left alone', async () => {
    const demo = given();
    demo.network.carrier.cut();
    const { ref, etag } = await sent(demo);
    const { client } = demo.network.countries.kr;
    const ran = await reconcile(client, 'kr', { all: true });
    demo.network.carrier.heal();
    expect(ran).toEqual({ kr: nothing, vn: nothing });
    await agree(demo, ref, etag, [sender, receiver]);
  });
};
