import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { LocalCountry } from './country.ts';
import {
  type Answered,
  callAs,
  type DemoOffice,
  freshOffice,
  keysOf,
  type OneCall,
} from './demo-office.ts';
import type { Network } from './network.ts';
import { type Receiver, startReceiver } from './receiver.ts';
import { codeOf, entryOf, known, operate } from './register.ts';

const root = join(import.meta.dirname, '../..');

/** Offices of the seed directory that act in the demonstration; in truth none of them has joined yet. */
export const cast = ['kr-danuri', 'kr-klac', 'vn-osso-can-tho', 'vn-cwd'] as const;

/** A network with offices that have keys, and servers that receive their webhooks. */
export interface Demo {
  readonly network: Network;
  readonly offices: Readonly<Record<string, DemoOffice>>;
  readonly receiver: Receiver;
  readonly call: (
    office: string,
    call: Omit<OneCall, 'body'> & { readonly body?: unknown; readonly key?: string },
  ) => Promise<Answered>;
}

/** Registers the offices with fresh keys and an endpoint each. */
export const populate = async (network: Network): Promise<Demo> => {
  const { kr, vn } = network.countries;
  // An emulator of somebody else may know these offices from an earlier run.
  const before = process.env.AWS_ENDPOINT_URL ? await kept() : {};
  const offices = Object.fromEntries(
    cast.map((office) => [office, before[office] ?? freshOffice(office)]),
  );
  const receiver = await startReceiver();
  const demo: Demo = {
    network,
    offices,
    receiver,
    call(office, { body, ...call }) {
      const who = offices[office];
      if (!who) throw new Error(`${office} has no keys here`);
      const text = body === undefined ? {} : { body: JSON.stringify(body) };
      return callAs(who, network.countries[codeOf(office)], { ...call, ...text });
    },
  };
  await Promise.all(
    cast.map(async (office) => {
      const code = codeOf(office);
      const who = offices[office];
      const entry = await entryOf(office, who ? keysOf(who) : []);
      await operate(network.countries[code].client, code, { do: 'register', office, entry });
    }),
  );
  await known([kr, vn], cast);
  await Promise.all(cast.map((office) => listen(demo, office)));
  await Promise.all([kr, vn].map(beat));
  return demo;
};

/** A heartbeat now, instead of within five minutes: until then a gate does not know the other country's API. */
export const beat = async ({ client, functions }: LocalCountry) => {
  const name = Object.keys(functions).find((one) => one.includes('Heartbeat')) ?? '';
  await new LambdaClient(client).send(new InvokeCommand({ FunctionName: functions[name] }));
};

const listen = async ({ call, receiver }: Demo, office: string) => {
  const { status, body } = await call(office, {
    method: 'POST',
    path: '/v1/endpoints',
    role: 'supervisor',
    body: { url: receiver.urlOf(office), types: ['*'] },
  });
  if (status !== 201) throw new Error(`${office} could not register its endpoint: ${body?.code}`);
  receiver.trust(office, body.secret);
};

const file = join(root, '.local', 'offices.json');

/** Keys of the demo offices, for `npm run token` in another terminal. */
export const keep = async (offices: Demo['offices']) => {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(offices), { mode: 0o600 });
};

export const kept = async (): Promise<Record<string, DemoOffice>> =>
  JSON.parse(await readFile(file, 'utf8').catch(() => '{}'));
