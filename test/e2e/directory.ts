import { isDeepStrictEqual } from 'node:util';
import { DynamoDBClient, GetItemCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { importJWK, SignJWT } from 'jose';
import { expect, test } from 'vitest';
import type { LocalCountry } from '../../infra/local/country.ts';
import type { Demo } from '../../infra/local/demo.ts';
import { callAs, freshOffice } from '../../infra/local/demo-office.ts';
import { entryOf, operate } from '../../infra/local/register.ts';
import { both, type Given, post, sent, until } from './support.ts';

const office = 'vn-osso-can-tho';
const pathOf = (command: string, of = office) => `/v1/directory/offices/${of}/${command}`;
const own = ({ call }: Demo, command: string, body: object) =>
  call(office, { method: 'POST', path: pathOf(command), role: 'supervisor', body });
const find = ({ call }: Demo, query: Record<string, string>) =>
  call('kr-danuri', { method: 'GET', path: `/v1/directory/offices?${new URLSearchParams(query)}` });

/** The entry as a country's snapshot has it: functions read that at most once a minute. */
const entryIn = async ({ client, tables, code }: LocalCountry) => {
  const Key = { pk: { S: 'directory' }, sk: { S: code } };
  const { Item } = await new DynamoDBClient(client).send(
    new GetItemCommand({ TableName: tables.views, Key }),
  );
  return unmarshall(Item ?? {}).offices?.[office];
};

/** Lists and directory of a country, without what reconciliation keeps beside them. */
const lists = async ({ client, tables }: LocalCountry) => {
  const rows = new Map<string, unknown>();
  const pages = paginateScan({ client: new DynamoDBClient(client) }, { TableName: tables.views });
  for await (const { Items = [] } of pages)
    for (const item of Items.map((marshalled) => unmarshall(marshalled)))
      if (/^(inbox|sent|directory)/.test(item.pk)) rows.set(`${item.pk} ${item.sk}`, item);
  return rows;
};

const rebuild = async ({ client, code }: LocalCountry) => {
  let page: { next?: string } = {};
  do {
    const { Payload, FunctionError } = await new LambdaClient(client).send(
      new InvokeCommand({
        FunctionName: `referrals-${code}-rebuild`,
        Payload: JSON.stringify(page.next ? { from: page.next } : {}),
      }),
    );
    expect(FunctionError).toBeUndefined();
    page = JSON.parse(Buffer.from(Payload ?? []).toString());
  } while (page.next);
};

export const directory = (given: Given) => {
  test('what an office says of itself is known in both countries, and leads to it from an old name', async () => {
    const demo = given();
    const changed = await own(demo, 'change', { languages: ['vi', 'ko'] });
    expect(changed).toMatchObject({
      status: 200,
      body: { office, assured_date: expect.any(String) },
    });
    const set = await own(demo, 'set-capacity', { capacity: 'capacity' });
    expect(set).toMatchObject({ status: 200, body: { capacity: { code: 'capacity' } } });
    for (const country of both(demo))
      await until(
        () => entryIn(country),
        (entry) => entry?.capacity?.status === 'capacity' && entry.languages.includes('ko'),
      );
    const found = await find(demo, {
      area: 'Hậu Giang',
      category: 'legal-divorce',
      language: 'ko',
    });
    expect(found.body.searched.area).toMatchObject({ label: 'Can Tho (Hau Giang)', confirm: true });
    expect(found.body.items[0]).toMatchObject({ office });
    expect(found.body.items[0].reasons.map(({ code }: { code: string }) => code)).toEqual([
      'area-exact',
      'capacity',
      'language-spoken',
      'hours-unknown',
    ]);
  });

  test('nothing found is an answer', async () => {
    const { status, body } = await find(given(), { area: 'vn-2025-ca-mau', category: 'housing' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ items: [], found: 0, hint: { code: 'nobody-offers-this' } });
  });

  test('an office changes nobody but itself, and only by a supervisor', async () => {
    const demo = given();
    const worker = await post(demo, office, pathOf('change'), {});
    expect(worker).toMatchObject({ status: 403, body: { code: 'not-yours-to-do' } });
    for (const other of ['vn-cwd', 'kr-danuri', 'vn-nobody']) {
      const call = { method: 'POST', path: pathOf('change', other), role: 'supervisor' } as const;
      expect(await demo.call(office, { ...call, body: {} })).toMatchObject({ status: 404 });
    }
  });

  test('a shelter is refused an address, by the operator’s function too', async () => {
    const { client } = given().network.countries.vn;
    const entry = {
      ...(await entryOf('vn-peace-house', [freshOffice('vn-peace-house').publicKey])),
      addresses: [{ address_1: 'An invented street 1', city: 'Ha Noi', country: 'VN' }],
    };
    const registered = operate(client, 'vn', { do: 'register', office: 'vn-peace-house', entry });
    await expect(registered).rejects.toThrow('/entry/addresses');
  });

  test('a new key is proved, told to the office, known in both countries, and counts after a day', async () => {
    const demo = given();
    const { vn } = demo.network.countries;
    const fresh = freshOffice(office);
    const proof = await new SignJWT({ htm: 'POST', htu: `${vn.apiUrl}${pathOf('rotate-keys')}` })
      .setProtectedHeader({ alg: fresh.alg, kid: fresh.kid })
      .setIssuer(office)
      .setAudience(vn.apiUrl)
      .setIssuedAt()
      .setExpirationTime('5 minutes')
      .sign(await importJWK(fresh.privateKey, fresh.alg));
    const add = [{ key: fresh.publicKey, proof }];
    const unproved = await own(demo, 'rotate-keys', { add: [{ ...add[0], proof: 'x' }] });
    expect(unproved).toMatchObject({ status: 422, body: { field: '/add/0/proof' } });
    const { status, body, etag } = await own(demo, 'rotate-keys', { add });
    expect(status).toBe(200);
    const key = body.keys.find(({ kid }: { kid: string }) => kid === fresh.kid);
    expect(Date.parse(key.from) - Date.now()).toBeGreaterThan(23 * 3600_000);
    for (const country of both(demo))
      await until(
        () => entryIn(country),
        (entry) => entry.keys.length === 3,
      );
    const [, , seq] = /kr(\d+)\.vn(\d+)/.exec(etag ?? '') ?? [];
    await demo.receiver.arrived(office, `${office}/vn/${seq}`);
    const early = await callAs(fresh, vn, { method: 'GET', path: '/v1/inbox' });
    // The authorizer's copy of the directory may be a minute old.
    expect([early.status, early.body.code]).toEqual([
      401,
      expect.stringMatching(/^token-(key-not-yet|unknown-key)$/),
    ]);
  });

  test('lists are cut down to a state, and made anew from the ledger they are the same', async () => {
    const demo = given();
    const { ref } = await sent(demo);
    const listed = async (state: string) =>
      (await demo.call('kr-danuri', { method: 'GET', path: `/v1/sent?state=${state}` })).body.items;
    const isThere = (items: { ref: string }[]) => items.some((item) => item.ref === ref);
    await until(() => listed('requested'), isThere);
    expect(isThere(await listed('accepted,completed'))).toBe(false);
    for (const country of both(demo)) {
      await until(
        async () => {
          const once = await lists(country);
          await new Promise((rest) => setTimeout(rest, 2_000)); // what is on its way arrives
          return isDeepStrictEqual(once, await lists(country));
        },
        (quiet) => quiet,
      );
      const grown = await lists(country);
      await rebuild(country);
      expect(await lists(country)).toEqual(grown);
    }
  });
};
