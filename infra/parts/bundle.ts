import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const root = join(import.meta.dirname, '../..');
/** What stands in for a bundle where none is asked for, as by `cdk ls`. */
export const sources = join(root, 'functions');

const done = new Set<string>();
/** undici is CommonJS and requires built-ins, which a module cannot. Lazy: it costs the others nothing. */
const require =
  "const require=(id)=>process.getBuiltinModule('node:module').createRequire(import.meta.url)(id);";

/** One folder a function. Both countries take the same bundle, so it is built once a process. */
export const bundle = (entry: string): string => {
  const folder = join(root, '.build', entry.replace(/\.ts$/, ''));
  if (done.has(folder)) return folder;
  rmSync(folder, { recursive: true, force: true }); // or old chunks would be shipped too
  buildSync({
    absWorkingDir: root,
    entryPoints: { index: `functions/${entry}` },
    outdir: folder,
    bundle: true,
    format: 'esm',
    splitting: true, // one file would load the built-ins that only unused credential providers need
    outExtension: { '.js': '.mjs' },
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'], // the default takes the SDK's CommonJS
    minify: true,
    legalComments: 'none',
    banner: { js: require },
    sourcemap: 'external', // beside the code, and left out of the zip
    logLevel: 'warning',
  });
  done.add(folder);
  return folder;
};
