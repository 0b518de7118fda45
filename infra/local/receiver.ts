import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';

/** One request that reached a partner's server. `verified` by the `standardwebhooks` package, which is not ours. */
export interface Hook {
  readonly office: string;
  readonly id: string;
  readonly verified: boolean;
  readonly body: string;
}

/** A partner's server on this machine: one path an office, every request checked before it is believed. */
export interface Receiver {
  readonly urlOf: (office: string) => string;
  readonly trust: (office: string, secret: string) => void;
  readonly hooks: readonly Hook[];
  /** Waits for a fact at an office's server. */
  readonly arrived: (office: string, id: string) => Promise<Hook>;
  readonly stop: () => Promise<void>;
}

export const startReceiver = async (): Promise<Receiver> => {
  const secrets = new Map<string, Webhook>();
  const hooks: Hook[] = [];
  const server = createServer(async (request, response) => {
    const office = request.url?.slice(1) ?? '';
    const body = await textOf(request);
    const headers = request.headers as Record<string, string>;
    const verified = verifies(secrets.get(office), body, headers);
    hooks.push({ office, id: headers['webhook-id'] ?? '', verified, body });
    response.writeHead(verified ? 204 : 401).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = address && typeof address === 'object' ? address.port : 0;
  return {
    urlOf: (office) => `http://127.0.0.1:${port}/${office}`,
    trust: (office, secret) => secrets.set(office, new Webhook(secret)),
    hooks,
    async arrived(office, id) {
      for (let tries = 0; tries < 600; tries += 1) {
        const hook = hooks.find((h) => h.office === office && h.id === id);
        if (hook) return hook;
        await wait(50);
      }
      throw new Error(`The webhook ${id} did not reach ${office} within 30 seconds`);
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};

const textOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
};

const verifies = (webhook: Webhook | undefined, body: string, headers: Record<string, string>) => {
  try {
    webhook?.verify(body, headers);
    return webhook !== undefined;
  } catch {
    return false;
  }
};
