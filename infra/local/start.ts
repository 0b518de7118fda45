import { mkdir, writeFile } from 'node:fs/promises';
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

const run = async (once: boolean) => {
  const began = performance.now();
  say('Starting a local AWS and deploying both countries to it…');
  const network = await startNetwork();
  const ended = new Promise((stop) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, stop);
  });
  try {
    say(`Deployed in ${seconds(began)}. Registering four offices with fresh keys…`);
    const demo = await populate(network);
    await show(demo);
    if (once) return;
    await remember(network);
    await keep(root, demo.offices);
    await mkdir(join(root, '.local'), { recursive: true });
    await writeFile(join(root, '.local', 'body.json'), JSON.stringify(submission(), null, 2));
    howTo(network);
    await ended;
  } finally {
    await forget();
    await network.stop();
  }
};

try {
  await run(process.argv.includes('--once'));
  process.exit(0);
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : error}`);
  process.exit(1);
}
