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
    /No matching distribution|Requires-Python/,
    `The registry has no ministack ${version} for this Python. It needs Python 3.10 or newer and PyPI, or a mirror that pip knows (PIP_INDEX_URL).`,
  ],
  [
    /connection|resolve|timed? ?out|SSL|proxy/i,
    'PyPI cannot be reached. Check the network, or name a mirror in PIP_INDEX_URL, then try again.',
  ],
];

/** The Python of `.venv`, with MiniStack at the pinned version; makes or mends it where it must. */
export const pythonWithMiniStack = async (root: string): Promise<string> => {
  const venv = join(root, '.venv');
  const python = join(venv, 'bin', 'python');
  if ((await installed(python)) === version) return python;
  await step('python3', ['-m', 'venv', '--clear', venv]);
  await step(python, [
    '-m',
    'pip',
    'install',
    '-q',
    '--disable-pip-version-check',
    '--no-input',
    `ministack==${version}`,
  ]);
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
    const said = [
      cause,
      ...['stdout', 'stderr'].map((k) => (cause as Record<string, unknown>)[k]),
    ].join('\n');
    const known = advice.find(([sign]) => sign.test(said))?.[1];
    const hint = known ?? `This failed: ${command} ${args.join(' ')}`;
    throw new Error(`The local AWS (MiniStack ${version}) cannot be installed. ${hint}`, { cause });
  }
};
