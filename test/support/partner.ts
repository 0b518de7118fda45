import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach } from 'vitest';

/** A partner's server on loopback for the tests of one file: what it got, and the status that it answers. */
export const partner = () => {
  const told = {
    status: 200,
    url: '',
    got: [] as { headers: Record<string, string>; body: string }[],
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const headers = request.headers as Record<string, string>;
      told.got.push({ headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(told.status, { location: 'http://127.0.0.1:1/' }).end();
    });
  });
  beforeAll(async () => {
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    told.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook/secret-path`;
  });
  beforeEach(() => {
    told.status = 200;
    told.got.length = 0;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return told;
};
