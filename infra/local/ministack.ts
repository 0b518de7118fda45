import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const version = '1.5.33';
const run = promisify(execFile);

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
    'PyPI cannot be reached, or has no such release for this Python (3.10 is the oldest). Check the network, or name a mirror in PIP_INDEX_URL, then try again.',
  ],
];

/** The Python of `.venv`, with MiniStack at the pinned version; makes or mends it where it must. */
export const pythonWithMiniStack = async (root: string): Promise<string> => {
  const venv = join(root, '.venv');
  const python = join(venv, 'bin', 'python');
  if ((await installed(python)) === version) return python;
  await step('python3', ['-m', 'venv', '--clear', venv]);
  await step(python, ['-m', 'pip', 'install', '-q', '--no-input', `ministack==${version}`]);
  return python;
};

const installed = async (python: string) => {
  const ask = 'import importlib.metadata as m; print(m.version("ministack"))';
  const { stdout } = await run(python, ['-c', ask]).catch(() => ({ stdout: '' }));
  return stdout.trim();
};

const step = async (command: string, args: string[]) => {
  try {
    await run(command, args);
  } catch (cause) {
    const { message, stdout = '', stderr = '' } = cause as Error & Record<string, string>;
    const said = [message, stdout, stderr].join('\n');
    const hint = advice.find(([sign]) => sign.test(said))?.[1] ?? said;
    throw new Error(`MiniStack ${version}, the local AWS, cannot be installed. ${hint}`, { cause });
  }
};
