import { parseArgs } from 'node:util';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { type Code, codes } from '../countries.ts';
import { settings } from './country.ts';
import { remembered } from './remember.ts';

const usage = `npm run ops -- reconcile [--all | --subject REF] [--country kr|vn] [--min-age SECONDS] [--aws]
npm run ops -- recover [--aws]

reconcile  compares both countries and has published again what was lost: what was touched lately, or all, or one subject.
recover    after the network stack was made anew: everything.
--min-age  facts younger than this are on their way; 86400 unless you know better.
--aws      the real network, with the caller's AWS credentials.`;

type Client = ConstructorParameters<typeof LambdaClient>[0];
type Tally = { toPeer: number; toBus: number; putBack: number };
type Ran = { ours: Tally; theirs: Tally; silent: boolean; next?: unknown };

const sum = (a: Tally, b: Tally): Tally => ({
  toPeer: a.toPeer + b.toPeer,
  toBus: a.toBus + b.toBus,
  putBack: a.putBack + b.putBack,
});

/** Invokes `reconcile` of one country, which has the other do its half, until it is through; tells what was repaired where. */
export const reconcile = async (client: Client, code: Code, run: object) => {
  let from: unknown;
  let ours: Tally = { toPeer: 0, toBus: 0, putBack: 0 };
  let theirs = ours;
  let silent = false;
  do {
    const { Payload, FunctionError } = await new LambdaClient(client ?? {}).send(
      new InvokeCommand({
        FunctionName: `referrals-${code}-reconcile`,
        Payload: JSON.stringify({ ...run, ...(from !== undefined && { from }), silent }),
      }),
    );
    if (FunctionError) throw new Error('The function failed: see its log');
    const ran: Ran = JSON.parse(Buffer.from(Payload ?? []).toString());
    ours = sum(ours, ran.ours);
    theirs = sum(theirs, ran.theirs);
    silent = ran.silent;
    from = ran.next;
  } while (from !== undefined);
  const peer = codes.find((other) => other !== code) ?? code;
  const repaired: Partial<Record<Code, Tally>> = { [code]: ours, [peer]: theirs };
  return { ...repaired, ...(silent && { silent: peer }) };
};

const main = async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      all: { type: 'boolean', default: false },
      subject: { type: 'string' },
      country: { type: 'string', default: 'kr' },
      'min-age': { type: 'string' },
      aws: { type: 'boolean', default: false },
    },
  });
  const [act] = positionals;
  const code = codes.find((known) => known === values.country);
  const age = values['min-age'];
  if (!code || (act !== 'reconcile' && act !== 'recover') || (age && !/^\d+$/.test(age)))
    throw new Error(usage);
  const client = values.aws
    ? { region: settings(code).region }
    : (await remembered()).countries[code].client;
  return reconcile(client, code, {
    all: values.all || act === 'recover',
    ...(values.subject && { subject: values.subject }),
    ...(age && { minAgeSeconds: Number(age) }),
  });
};

if (import.meta.main)
  try {
    console.log(JSON.stringify(await main(), null, 2));
  } catch (error) {
    console.error((error as Error).message);
    process.exit(1);
  }
