import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { settings } from './country.ts';
import { keep, kept } from './demo.ts';
import { freshOffice, keysOf } from './demo-office.ts';
import { codeOf, entryOf, operate } from './register.ts';
import { remembered } from './remember.ts';

const usage = `npm run office -- register OFFICE [--key PUBLIC.jwk.json] [--entry ENTRY.json] [--aws]
npm run office -- suspend OFFICE [--aws]

--key: one public JWK, or a list: a key that signs, and one ("use": "enc") that what crosses the border is encrypted for.
Without --key a demo office gets fresh keys, for npm run token. --aws: the real network, with the caller's AWS credentials.`;

const jsonIn = async (file: string) => JSON.parse(await readFile(file, 'utf8'));

/** What an operator does from the console by invoking `referrals-<country>-office`, from a terminal. */
const run = async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      key: { type: 'string' },
      entry: { type: 'string' },
      aws: { type: 'boolean', default: false },
    },
  });
  const [act, office] = positionals;
  if (!office || !/^(kr|vn)-/.test(office)) throw new Error(usage);
  const code = codeOf(office);
  const client = values.aws
    ? { region: settings(code).region }
    : (await remembered()).countries[code].client;
  if (act === 'suspend') return operate(client, code, { do: 'suspend', office });
  if (act !== 'register') throw new Error(usage);
  if (values.aws && !values.key) throw new Error('On AWS an office brings its own key: --key FILE');
  const fresh = freshOffice(office);
  const keys = values.key ? [await jsonIn(values.key)].flat() : keysOf(fresh);
  const entry = values.entry ? await jsonIn(values.entry) : await entryOf(office, keys);
  const registered = await operate(client, code, { do: 'register', office, entry });
  if (!values.key) await keep({ ...(await kept()), [office]: fresh });
  return registered;
};

try {
  console.log(JSON.stringify(await run(), null, 2));
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}
