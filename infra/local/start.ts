import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Demo, keep, populate } from './demo.ts';
import { type Network, startNetwork } from './network.ts';
import { forget, remember } from './remember.ts';
import { type Shown, submission, walk } from './walk.ts';

const root = join(import.meta.dirname, '../..');
const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`;
const say = (text = '') => console.log(text);

const told = ({ says, seoul, canTho, hooks, ms }: Shown) => {
  const views = `Seoul sees ${seoul.padEnd(11)}  Cần Thơ sees ${canTho.padEnd(11)}`;
  say(`  ${says.padEnd(32)} ${views}  ${hooks} webhooks verified  ${(ms / 1000).toFixed(1)} s`);
};

const howTo = ({ countries: { kr, vn } }: Network) =>
  say(`
The network stays up:

  Korea      ${kr.apiUrl}
  Viet Nam   ${vn.apiUrl}

In another terminal, ask what Seoul has sent:

  curl -sS '${kr.apiUrl}/v1/sent' -H "authorization: Bearer $(npm run -s token -- GET /v1/sent)"

or refer somebody else:

  curl -sS '${kr.apiUrl}/v1/referrals' --data-binary @.local/body.json \\
    -H "authorization: Bearer $(npm run -s token -- POST /v1/referrals .local/body.json)" \\
    -H "idempotency-key: $(node -p 'crypto.randomUUID()')"

Ctrl-C stops everything.`);

const show = async (demo: Demo) => {
  say('\nOne referral, from Seoul to Cần Thơ and back:\n');
  const began = performance.now();
  const ref = await walk(demo, told);
  say(`\n  ${ref} is closed; both countries hold the same facts. ${seconds(began)}`);
};

const stayUp = async (network: Network) => {
  await remember(network);
  await writeFile(join(root, '.local', 'body.json'), JSON.stringify(submission(), null, 2));
  howTo(network);
  await new Promise(() => {});
};

const perform = async (network: Network, began: number, once: boolean) => {
  say(`Deployed in ${seconds(began)}. Registering four offices with fresh keys…`);
  const demo = await populate(network);
  if (!once || process.env.AWS_ENDPOINT_URL) await keep(demo.offices);
  await show(demo);
  if (!once) await stayUp(network);
};

/** Until it is done, fails, or somebody presses Ctrl-C; whatever it started has ended then. */
const run = async (once: boolean) => {
  const began = performance.now();
  const interrupted = new Promise((stop) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, stop);
  });
  say('Starting a local AWS and deploying both countries to it…');
  const network = await startNetwork();
  try {
    await Promise.race([perform(network, began, once), interrupted]);
  } catch (error) {
    if (network.log) say(await tailOf(network.log));
    throw error;
  } finally {
    await forget();
    await network.stop();
  }
};

/** What the emulator and the functions said last. */
const tailOf = async (file: string) =>
  (await readFile(file, 'utf8')).trim().split('\n').slice(-20).join('\n');

try {
  await run(process.argv.includes('--once'));
  process.exit(0);
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : error}`);
  process.exit(1);
}
