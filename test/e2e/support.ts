import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import type { LocalCountry } from '../../infra/local/country.ts';
import type { Demo } from '../../infra/local/demo.ts';
import type { Answered } from '../../infra/local/demo-office.ts';
import { factsOf, sees, submission } from '../../infra/local/walk.ts';

/** Given by `network.test.ts` once the network is up. */
export type Given = () => Demo;

export const both = ({ network }: Demo): LocalCountry[] => [
  network.countries.kr,
  network.countries.vn,
];

/** How many items all tables of both countries hold: nothing written means that it stays. */
export const itemsIn = async (demo: Demo): Promise<number> => {
  let count = 0;
  for (const { client, tables } of both(demo))
    for (const TableName of Object.values(tables)) {
      const pages = paginateScan({ client: new DynamoDBClient(client) }, { TableName });
      for await (const { Count = 0 } of pages) count += Count;
    }
  return count;
};

export const post = (demo: Demo, office: string, path: string, body: object = {}) =>
  demo.call(office, { method: 'POST', path, body });

/** A referral that was sent and is known in both countries. */
export const sent = async (demo: Demo, from = 'kr-danuri', offices = ['vn-osso-can-tho']) => {
  const { status, etag, body } = await post(demo, from, '/v1/referrals', submission(from, offices));
  if (status !== 201) throw new Error(`submit was answered ${status} ${body?.code}`);
  const ref: string = body.state.ref;
  return { ref, offer: body.state.offers[0].offer as string, etag: etag ?? '' };
};

/** Waits until both offices see this version, each in its own country. */
export const agree = (demo: Demo, ref: string, etag: string, offices: readonly string[]) =>
  Promise.all(offices.map((office) => sees(demo, office, ref, etag)));

/** Waits for each fact of this version at each office, and gives the requests that brought them. */
export const heard = (demo: Demo, ref: string, etag: string, offices: readonly string[]) =>
  Promise.all(
    offices.flatMap((office) => factsOf(ref, etag).map((id) => demo.receiver.arrived(office, id))),
  );

export const view = async (demo: Demo, office: string, ref: string): Promise<Answered> =>
  demo.call(office, { method: 'GET', path: `/v1/referrals/${ref}` });

/** Asks again until the answer is as wanted; fails after half a minute. */
export const until = async <T>(ask: () => Promise<T>, wanted: (t: T) => boolean): Promise<T> => {
  for (let tries = 0; tries < 150; tries += 1) {
    const answer = await ask();
    if (wanted(answer)) return answer;
    await new Promise((again) => setTimeout(again, 200));
  }
  throw new Error(`Not as wanted after half a minute: ${JSON.stringify(await ask())}`);
};
