import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { LocalCountry } from './country.ts';

export const codeOf = (office: string) => (office.startsWith('kr') ? 'kr' : 'vn');

/** An office's entry as the seed directory (`shared/data/offices.json`) has it, with the keys that it gave. */
export const entryOf = async (office: string, keys: readonly object[]) => {
  const file = new URL('../../shared/data/offices.json', import.meta.url);
  const seeds: Record<string, unknown>[] = JSON.parse(await readFile(file, 'utf8'));
  const seed = seeds.find(({ id }) => id === office);
  if (!seed) throw new Error(`${office} is not in shared/data/offices.json: give --entry FILE`);
  if (seed.form === 'group' || seed.form === 'body')
    throw new Error(`${office} is no desk (form ${seed.form}): register its members instead`);
  const { en, ko, vi, kind, coverage, areas, services, languages, authority } = seed;
  return {
    name: { en, ...(ko !== null && { ko }), ...(vi !== null && { vi }) },
    ...{ kind, coverage, areas, services, languages },
    ...(authority !== null && { authority }),
    ...(typeof seed.phone === 'string' && { phones: [phoneOf(seed.phone, seed)] }),
    ...(typeof seed.hours === 'string' && { schedules: [scheduleOf(seed.hours)] }),
    takesReferrals: true,
    keys,
  };
};

const phoneOf = (number: string, { callableFromAbroad }: Record<string, unknown>) => ({
  number,
  ...(callableFromAbroad === true && { callableFromAbroad }),
});

/** `24/7`, or `weekdays 09:00-22:00`. */
const scheduleOf = (hours: string) => {
  if (hours === '24/7')
    return { byday: 'MO,TU,WE,TH,FR,SA,SU', opens_at: '00:00', closes_at: '23:59' };
  const [opens_at, closes_at] = hours.replace('weekdays ', '').split('-');
  return { byday: 'MO,TU,WE,TH,FR', opens_at, closes_at };
};

type Client = ConstructorParameters<typeof LambdaClient>[0];

/** Invokes the operator's function as the console would; throws with its words when it refuses. */
export const operate = async (client: Client, code: string, command: object) => {
  const { Payload, FunctionError } = await new LambdaClient(client ?? {}).send(
    new InvokeCommand({
      FunctionName: `referrals-${code}-office`,
      Payload: JSON.stringify(command),
    }),
  );
  const answer = JSON.parse(Buffer.from(Payload ?? []).toString() || 'null');
  if (FunctionError) throw new Error('The function failed: see its log');
  if (answer?.refused) throw new Error(`${answer.field ?? ''} ${answer.message}`.trim());
  return answer.office;
};

/** Waits until both directories show these offices. */
export const known = async (countries: readonly LocalCountry[], offices: readonly string[]) => {
  for (let tries = 0; tries < 600; tries += 1) {
    const shown = await Promise.all(countries.map(shownIn));
    if (shown.every((names) => offices.every((office) => names.includes(office)))) return;
    await wait(100);
  }
  throw new Error('The offices did not reach both directories within a minute');
};

const shownIn = async ({ client, tables, code }: LocalCountry): Promise<string[]> => {
  const Key = { pk: { S: 'directory' }, sk: { S: code } };
  const { Item } = await new DynamoDBClient(client).send(
    new GetItemCommand({ TableName: tables.views, Key }),
  );
  return Object.keys(Item?.offices?.M ?? {});
};
