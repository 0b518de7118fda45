import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Network } from './network.ts';

type Known = Pick<Network, 'endpoint' | 'countries'>;

const file = join(import.meta.dirname, '..', '..', '.local', 'network.json');

/** Tells other processes, such as `npm run token`, where the running network is. */
export const remember = async ({ endpoint, countries }: Known) => {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify({ pid: process.pid, endpoint, countries }, null, 2));
};

export const forget = () => rm(file, { force: true });

/** The network that `npm start` has up; says what to do when there is none. */
export const remembered = async (): Promise<Known> => {
  const { pid, ...known } = JSON.parse(await readFile(file, 'utf8').catch(() => '{}'));
  if (!isAlive(pid)) throw new Error('No network is running here. Start one with: npm start');
  return known;
};

const isAlive = (pid: unknown) => {
  try {
    return typeof pid === 'number' && process.kill(pid, 0);
  } catch {
    return false;
  }
};
