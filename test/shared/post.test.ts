import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { type AddressInfo, createServer as tcp } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { BlockedTarget, guardedAgent, post } from '../../shared/post.ts';
import { rangesOf } from '../../shared/target.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});
const listen = (server: Server | ReturnType<typeof tcp>) =>
  new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
    open.push(server);
  });
const agentFor = (allow: string[] = ['127.0.0.0/8']) => {
  const agent = guardedAgent(rangesOf(allow));
  open.push({ close: () => agent.destroy() });
  return agent;
};

/** A partner's server that answers with this status, and what it was told. */
const partner = async (status: number, headers: Record<string, string> = {}, body = '') => {
  const told: {
    method?: string | undefined;
    url?: string | undefined;
    headers: IncomingHttpHeaders;
    body: string;
  }[] = [];
  const port = await listen(
    createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', () => {
        const { method, url } = request;
        told.push({
          method,
          url,
          headers: request.headers,
          body: Buffer.concat(chunks).toString(),
        });
        response.writeHead(status, headers).end(body);
      });
    }),
  );
  return { told, url: `http://127.0.0.1:${port}/hook?a=b` };
};

test('one POST goes out, byte for byte, with the headers that were signed', async () => {
  const { told, url } = await partner(204);
  const body = '{"text":"Cần Thơ"}';
  expect(
    await post(
      url,
      { 'webhook-id': 'x/vn/1', 'content-type': 'application/cloudevents+json' },
      body,
      agentFor(),
    ),
  ).toBe(204);
  expect(told).toHaveLength(1);
  expect(told[0]).toMatchObject({
    method: 'POST',
    url: '/hook?a=b',
    body,
    headers: { 'webhook-id': 'x/vn/1', 'content-type': 'application/cloudevents+json' },
  });
});

test.each([200, 400, 410, 429, 500, 503])('the status %i is told as it is', async (status) => {
  const { url } = await partner(status);
  expect(await post(url, {}, '{}', agentFor())).toBe(status);
});

test.each([301, 302, 303, 307, 308])('a redirect (%i) is not followed', async (status) => {
  const target = await partner(200);
  const { url, told } = await partner(status, { location: target.url });
  expect(await post(url, {}, '{}', agentFor())).toBe(status);
  expect([told.length, target.told.length]).toEqual([1, 0]);
});

test('a long answer changes nothing', async () => {
  const { url } = await partner(200, {}, 'x'.repeat(5_000_000));
  expect(await post(url, {}, '{}', agentFor())).toBe(200);
});

describe('the guard', () => {
  /** A listener that must hear nothing at all. */
  const trap = async () => {
    let connections = 0;
    const port = await listen(
      tcp((socket) => {
        connections += 1;
        socket.destroy();
      }),
    );
    return { port, heard: () => connections };
  };

  test.each(['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '0x7f.1', '2130706433'])(
    'keeps %s from hearing a single byte',
    async (host) => {
      const { port, heard } = await trap();
      const sent = post(`http://${host}:${port}/`, {}, '{}', agentFor([]));
      await expect(sent).rejects.toThrow(BlockedTarget);
      expect(heard()).toBe(0);
    },
  );

  test('is no wider than what is allowed', async () => {
    const { port, heard } = await trap();
    await expect(
      post(`http://127.0.0.1:${port}/`, {}, '{}', agentFor(['10.0.0.0/8'])),
    ).rejects.toThrow(BlockedTarget);
    expect(heard()).toBe(0);
  });
});

test('a server that is not there is an error, and no status', async () => {
  const port = await listen(tcp());
  await open.splice(0)[0]?.close();
  await expect(post(`http://127.0.0.1:${port}/`, {}, '{}', agentFor())).rejects.toThrow();
});

test('a server that hangs up without an answer is an error, and no status', async () => {
  const port = await listen(tcp((socket) => socket.on('data', () => socket.destroy())));
  await expect(post(`http://127.0.0.1:${port}/`, {}, '{}', agentFor())).rejects.toThrow();
});
