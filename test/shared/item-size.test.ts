import { readdirSync, readFileSync } from 'node:fs';
import { type AttributeValue, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Fact, Office } from '../../events/envelope.ts';
import { ReferralFact } from '../../events/facts.ts';
import { Refused } from '../../shared/errors.ts';
import { markOf } from '../../shared/ids.ts';
import { ledgerIn } from '../../shared/ledger.ts';
import type { Caller } from '../../shared/referral/command.ts';
import { countryOf, peerOf } from '../../shared/referral/order.ts';
import { random } from '../../shared/world.ts';
import { sample } from '../support/commands.ts';
import { log, submitted } from '../support/facts.ts';
import { given, recorded } from '../support/given.ts';
import { abroad, home, later, noon, sender, third, union, worker } from '../support/people.ts';
import { situations } from '../support/situations.ts';

const dynamo = mockClient(DynamoDBClient);
type Put = { readonly fact: Fact; readonly bytes: number };

/** By DynamoDB's rule: the bytes of every attribute's name and value; ours are all strings. */
const bytesOf = (item: Readonly<Record<string, AttributeValue>>): number =>
  Object.entries(item).reduce((sum, [name, { S = '' }]) => sum + Buffer.byteLength(name + S), 0);
/** What a put costs in its table: one for each KB begun. */
const unitsOf = ({ bytes }: Put) => Math.ceil(bytes / 1024);

/** The same fact as each country's real ledger puts it. */
const putBoth = async (fact: Fact): Promise<Put[]> => {
  const ledger = ledgerIn(new DynamoDBClient({}), 'ledger', random);
  const mark = markOf(sender, '/v1/referrals/{ref}/offers/{offer}/accept', random(), '{}');
  dynamo.resetHistory();
  await ledger.append(fact, { mark });
  await ledger.append(fact, { receivedAt: noon });
  return dynamo
    .commandCalls(PutItemCommand)
    .map(({ args }) => ({ fact, bytes: bytesOf(args[0].input.Item ?? {}) }));
};

/** Every fact that some command makes in some situation of the decision table. */
const decided = (office: Office): Fact[] => {
  const country = countryOf(office);
  const callers: Caller[] = [
    ...[office, sender, union].map((who) => worker(who, 'supervisor')),
    { system: country },
    { system: peerOf(country) },
  ];
  const next = office === abroad ? home : abroad;
  return Object.values(situations(office, country)).flatMap((facts) =>
    callers.flatMap((caller) =>
      Object.values(sample(caller, next)).flatMap((command) =>
        [noon, later(31 * 24 * 60)].flatMap((at) => {
          try {
            const draft = given(facts, at).when(command);
            return draft ? recorded(facts, draft, command).slice(-1) : [];
          } catch (error) {
            if (error instanceof Refused) return [];
            throw error;
          }
        }),
      ),
    ),
  );
};

const folder = new URL('../../events/samples/', import.meta.url);
const samples = (): Fact[] =>
  readdirSync(folder)
    .map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')))
    .filter(({ subject }) => subject?.startsWith('ref_'));
/** Three offers and six grants. */
const large = log(submitted({ lines: [[abroad, union], [third, home], [home]] }));

const isFirst = ({ fact }: Put) => fact.type === 'referral.submitted.v1';

describe('a fact without content', () => {
  const puts: Put[] = [];
  beforeAll(async () => {
    dynamo.on(PutItemCommand).resolves({});
    for (const fact of [...samples(), ...large, ...decided(abroad), ...decided(home)])
      puts.push(...(await putBoth(fact)));
  }, 60_000);

  test('stands for every type, and is one put in each country', () => {
    const types = ReferralFact.options.map(({ shape }) => shape.type.value);
    expect(new Set(puts.map(({ fact }) => fact.type))).toEqual(new Set(types));
    for (const its of Map.groupBy(puts, ({ fact }) => fact).values()) expect(its).toHaveLength(2);
  });

  test('costs one write unit in each country; a submission, which brings content, at most two', () => {
    const units = (of: readonly Put[]) => new Set(of.map(unitsOf));
    expect(units(puts.filter((put) => !isFirst(put)))).toEqual(new Set([1]));
    expect(Math.max(...units(puts.filter(isFirst)))).toBe(2);
  });

  test('is at most 1,024 bytes in 99 of 100 cases, and a submission 2,048', () => {
    const small = puts.filter(({ bytes }) => bytes <= 1024);
    expect(small.length / puts.length).toBeGreaterThanOrEqual(0.99);
    expect(Math.max(...puts.filter(isFirst).map(({ bytes }) => bytes))).toBeLessThanOrEqual(2048);
  });
});
