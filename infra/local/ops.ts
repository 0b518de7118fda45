import { parseArgs } from 'node:util';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { type Code, codes } from '../countries.ts';
import { settings } from './country.ts';
import { remembered } from './remember.ts';

const usage = `npm run ops -- reconcile [--all | --subject REF] [--country kr|vn] [--min-age SECONDS] [--aws]
npm run ops -- recover [--country kr|vn] [--aws]
npm run ops -- erase-again [--country kr|vn] [--aws]
npm run ops -- name --subject REF --row 23|28|sender --office OFFICE [--aws]

reconcile  compares both countries and has published again what was lost: what was touched lately, or all, or one subject.
recover    after the network stack of a country was made anew: everything, the wake-ups and what webhooks wait for too.
erase-again  after a vault or its keys were restored: what was destroyed before is destroyed again.
name       the desk names an office for a step that nobody in a referral can take, in the office's country.
--min-age  facts younger than this are on their way; 86400 unless you know better.
--aws      the real network, with the caller's AWS credentials.`;

type Client = ConstructorParameters<typeof LambdaClient>[0];
type Tally = { toPeer: number; toBus: number; putBack: number };
type Ran = { ours: Tally; theirs: Tally; silent: boolean; missing?: number; next?: unknown };

const sum = (a: Tally, b: Tally): Tally => ({
  toPeer: a.toPeer + b.toPeer,
  toBus: a.toBus + b.toBus,
  putBack: a.putBack + b.putBack,
});

/** Invokes `reconcile` of one country, which has the other do its half, until it is through; tells what was repaired where. */
export const reconcile = async (client: Client, code: Code, run: object) => {
  const lambda = new LambdaClient(client ?? {});
  let from: unknown;
  let ours: Tally = { toPeer: 0, toBus: 0, putBack: 0 };
  let theirs = ours;
  let silent = false;
  let missing: number | undefined;
  do {
    const ran: Ran = await invoked(lambda, `referrals-${code}-reconcile`, {
      ...run,
      ...(from !== undefined && { from }),
      silent,
    });
    ours = sum(ours, ran.ours);
    theirs = sum(theirs, ran.theirs);
    silent = ran.silent;
    if (ran.missing !== undefined) missing = (missing ?? 0) + ran.missing;
    from = ran.next;
  } while (from !== undefined);
  const peer = codes.find((other) => other !== code) ?? code;
  const repaired: Partial<Record<Code, Tally>> = { [code]: ours, [peer]: theirs };
  return {
    ...repaired,
    ...(silent && { silent: peer }),
    ...(missing !== undefined && { missing }),
  };
};

/** The desk names an office; answers what was named, or why not. */
export const nameOffice = (client: Client, code: Code, naming: object) =>
  invoked<object>(new LambdaClient(client ?? {}), `referrals-${code}-name-office`, naming);

/** Has one country look at every referral again, and send what was not delivered. */
export const recover = async (client: Client, code: Code) => {
  const lambda = new LambdaClient(client ?? {});
  let [looked, sent] = [0, 0];
  let from: string | undefined;
  do {
    const page: Page = await invoked(lambda, `referrals-${code}-recover`, from ? { from } : {});
    looked += page.looked;
    sent += page.sent;
    from = page.next;
  } while (from !== undefined);
  return { looked, sent };
};
type Page = { looked: number; sent: number; next?: string };

/** Has one country destroy again what it had destroyed before its vault, or the keys, were restored. */
export const eraseAgain = async (client: Client, code: Code) => {
  const lambda = new LambdaClient(client ?? {});
  let asked = 0;
  let from: string | undefined;
  do {
    const page: { asked: number; next?: string } = await invoked(
      lambda,
      `referrals-${code}-recover`,
      { erase: true, ...(from && { from }) },
    );
    asked += page.asked;
    from = page.next;
  } while (from !== undefined);
  return { asked };
};

const invoked = async <T>(lambda: LambdaClient, name: string, payload: object): Promise<T> => {
  const { Payload, FunctionError } = await lambda.send(
    new InvokeCommand({ FunctionName: name, Payload: JSON.stringify(payload) }),
  );
  if (FunctionError) throw new Error('The function failed: see its log');
  return JSON.parse(Buffer.from(Payload ?? []).toString());
};

const acts = ['reconcile', 'recover', 'erase-again', 'name'];

const main = async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      all: { type: 'boolean', default: false },
      subject: { type: 'string' },
      country: { type: 'string', default: 'kr' },
      'min-age': { type: 'string' },
      row: { type: 'string' },
      office: { type: 'string' },
      aws: { type: 'boolean', default: false },
    },
  });
  const [act] = positionals;
  const { office, row, subject } = values;
  const where = office ? office.slice(0, 2) : values.country;
  const code = codes.find((known) => known === where);
  const age = values['min-age'];
  if (!code || !acts.includes(act ?? '') || (age && !/^\d+$/.test(age))) throw new Error(usage);
  const client = values.aws
    ? { region: settings(code).region }
    : (await remembered()).countries[code].client;
  if (act === 'erase-again') return eraseAgain(client, code);
  if (act === 'name') return nameOffice(client, code, { ref: subject, row, office });
  const reconciled = await reconcile(client, code, {
    all: values.all || act === 'recover',
    ...(subject && { subject }),
    ...(age && { minAgeSeconds: Number(age) }),
  });
  if (act === 'reconcile') return reconciled;
  return { reconciled, recovered: await recover(client, code) };
};

if (import.meta.main)
  try {
    console.log(JSON.stringify(await main(), null, 2));
  } catch (error) {
    console.error((error as Error).message);
    process.exit(1);
  }
