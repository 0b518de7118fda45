import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePorts } from './free-ports.ts';
import { fromPypi, type Release } from './from-pypi.ts';

const ministack: Release = {
  folder: '.venv',
  name: 'ministack',
  version: '1.5.33',
  what: 'the local AWS',
};

export interface LocalAws {
  readonly endpoint: string;
  /** Of the emulator's process group, which holds the Lambda workers; absent for somebody else's endpoint. */
  readonly pid?: number;
  /** What the emulator and the functions said. */
  readonly log?: string;
  stop(): Promise<void>;
}

/** Ends the emulator and all its Lambda workers when the pipe to this process breaks, so even after `kill -9`. */
const launcher = `
import os, shutil, signal, sys, threading
def end_with_parent():
    sys.stdin.buffer.read()
    shutil.rmtree(os.environ["TMPDIR"], ignore_errors=True)
    os.killpg(0, signal.SIGKILL)
threading.Thread(target=end_with_parent, daemon=True).start()
from ministack.app import main
main()
`;

/** Starts MiniStack on loopback with IAM enforced, or takes the endpoint in `AWS_ENDPOINT_URL`. */
export const startLocalAws = async (root: string): Promise<LocalAws> => {
  const given = process.env.AWS_ENDPOINT_URL;
  if (given) return { endpoint: given, stop: async () => {} };
  const python = join(await fromPypi(root, ministack), 'python');
  const folder = await mkdtemp(join(tmpdir(), 'referrals-aws-'));
  const data = join(folder, 'data');
  await mkdir(data);
  const [port = 0] = await freePorts(1);
  const log = join(folder, 'aws.log');
  const out = await open(log, 'w');
  const child = spawn(python, ['-c', launcher], {
    cwd: data,
    detached: true,
    env: environment(root, data, port),
    stdio: ['pipe', out.fd, out.fd],
  });
  const ended = once(child, 'exit');
  await out.close();
  const stop = async () => {
    child.stdin?.end();
    await ended;
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  const endpoint = `http://127.0.0.1:${port}`;
  const healthy = await Promise.race([health(endpoint), ended.then(() => false)]);
  if (healthy) return { endpoint, pid: child.pid, log, stop };
  const said = (await readFile(log, 'utf8')).trim().split('\n').slice(-15).join('\n');
  await stop();
  throw new Error(`The local AWS did not start. It said:\n${said}`);
};

/** Nothing of the caller's own environment reaches the functions; their `node` is the project's. */
const environment = (root: string, data: string, port: number) => ({
  PATH: [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
  HOME: data,
  TMPDIR: data,
  S3_DATA_DIR: join(data, 's3'),
  STATE_DIR: join(data, 'state'),
  BIND_HOST: '127.0.0.1',
  GATEWAY_PORT: String(port),
  MINISTACK_HOST: '127.0.0.1', // in the URLs of queues: `localhost` may mean ::1
  AUTH: 'true',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  IOT_MTLS_ENABLED: '0',
  SFTP_ENABLED: '0',
  DOCKER_HOST: 'unix:///nowhere',
});

const health = async (endpoint: string) => {
  for (let tries = 0; tries < 600; tries++) {
    const answer = await fetch(`${endpoint}/_ministack/health`).catch(() => undefined);
    if (answer?.ok) return true;
    await wait(100);
  }
  return false;
};
