import { readdir, readFile } from 'node:fs/promises';

/** Process ids of the Lambda workers of a function, by its physical name (Linux). */
export const workersOf = async (functionName: string): Promise<number[]> => {
  const pids = (await readdir('/proc')).map(Number).filter(Number.isInteger);
  const isWorker = async (pid: number) => {
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return line.includes(`/ministack-lambda-${functionName}-`);
  };
  const found = await Promise.all(pids.map(isWorker));
  return pids.filter((_, at) => found[at]);
};
