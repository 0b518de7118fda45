import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { kept } from './demo.ts';
import { tokenFor } from './demo-office.ts';
import { codeOf } from './register.ts';
import { remembered } from './remember.ts';

const usage =
  'npm run -s token -- METHOD /v1/PATH [BODY.json] [--as OFFICE] [--role worker|supervisor]';

/** Prints a token of a demo office for one call of its country's API. */
const run = async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      as: { type: 'string', default: 'kr-danuri' },
      role: { type: 'string', default: 'worker' },
    },
  });
  const [method, path, file] = positionals;
  const { role } = values;
  if (!method || !path?.startsWith('/v1/') || (role !== 'worker' && role !== 'supervisor'))
    throw new Error(usage);
  const { countries } = await remembered();
  const offices = await kept();
  const who = offices[values.as];
  if (!who) throw new Error(`Demo offices are: ${Object.keys(offices).join(', ')}`);
  const body = file === undefined ? '' : await readFile(file, 'utf8');
  const call = { method: method.toUpperCase(), path, body, role } as const;
  console.log(await tokenFor(who, countries[codeOf(values.as)], call));
};

await run().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
