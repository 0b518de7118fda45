import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { GetScheduleCommandOutput } from '@aws-sdk/client-scheduler';
import { expect, test } from 'vitest';
import type { LocalCountry } from '../../infra/local/country.ts';
import { factsIn } from '../../infra/local/facts-in.ts';
import { submission } from '../../infra/local/walk.ts';
import { erasedAfter, heldIn, putFile } from './erased.ts';
import { agree, both, type Given, post, sent, until } from './support.ts';
import { ringNow, wakeUps } from './wake-ups.ts';

const HALF_A_DAY = 12 * 3_600_000;
/** What issue 6 allows a country that has heard. */
const A_MINUTE = 60_000;

/** As if the other country's first fact had come long ago; when it came stands beside the fact. */
const tenDaysAgo = async ({ client, tables }: LocalCountry, ref: string) => {
  const then = new Date(Date.now() - 10 * 24 * 3_600_000).toISOString();
  await new DynamoDBClient(client).send(
    new UpdateItemCommand({
      TableName: tables.ledger,
      Key: { pk: { S: ref }, sk: { S: 'fact#vn#000001' } },
      UpdateExpression: 'SET receivedAt = :then',
      ExpressionAttributeValues: { ':then': { S: then } },
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

  test('a withdrawal that nobody settled in time is confirmed only once the other country holds the same facts', async () => {
    const demo = given();
    const [kr, vn] = both(demo) as [LocalCountry, LocalCountry];
    const [sender, receiver] = ['kr-danuri', 'vn-osso-can-tho'];
    const { ref } = await sent(demo);
    await agree(demo, ref, '"kr1.vn0"', [sender, receiver]);
    const path = `/v1/referrals/${ref}/withdraw-consent`;
    const { status } = await post(demo, receiver, path, { identification: 'passphrase' });
    expect(status).toBe(200);
    await agree(demo, ref, '"kr1.vn2"', [sender, receiver]);
    for (const country of [kr, vn]) {
      await putFile(country, ref);
      const { counts, tombstone } = await heldIn(country, ref);
      expect(Object.values(counts).every((count) => count > 0)).toBe(true);
      expect([counts.files, tombstone]).toEqual([2, undefined]);
    }

    await tenDaysAgo(kr, ref);
    const begun = Date.now();
    demo.network.carrier.cut();
    await ringNow(kr, (await wakeUps(kr, ref))[0] as GetScheduleCommandOutput);
    const types = async (country: LocalCountry) =>
      (await factsIn(country, ref)).map(({ type }) => type);
    await until(
      () => types(kr),
      (all) => all.includes('deadline.missed.v1'),
    );
    const inAnHour = new Date(Date.now() + 3_600_000).toISOString().slice(0, 13);
    const [soon] = await until(
      async () => (await wakeUps(kr, ref)).filter((w) => w.ScheduleExpression?.includes(inAnHour)),
      (found) => found.length > 0,
    );
    expect(await types(kr)).not.toContain('consent.withdrawal-confirmed.v1');

    demo.network.carrier.heal();
    await until(
      () => types(vn),
      (all) => all.includes('deadline.missed.v1'),
    );
    await ringNow(kr, soon as GetScheduleCommandOutput);
    for (const country of [kr, vn])
      await until(
        () => types(country),
        (all) => all.includes('consent.withdrawal-confirmed.v1'),
      );
    // No grant is left: each country's vault destroys what it holds, and says so.
    const erased = (all: string[]) => all.filter((type) => type === 'content.erased.v1');
    for (const country of [kr, vn])
      await until(
        () => types(country),
        (all) => erased(all).length === 2,
      );
    expect(await factsIn(vn, ref)).toEqual(await factsIn(kr, ref));
    for (const country of [kr, vn]) {
      const { counts, tombstone } = await heldIn(country, ref);
      expect(counts).toEqual({ sealed: 0, keys: 0, files: 0 });
      expect(Date.parse(tombstone ?? '')).toBeGreaterThan(begun);
      const took = await erasedAfter(country, ref);
      expect(took).toBeGreaterThanOrEqual(0);
      expect(took).toBeLessThan(A_MINUTE);
    }
  });
};
