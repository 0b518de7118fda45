import dns from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector, request } from 'undici';
import { refusal } from './target.ts';

type Ranges = Parameters<typeof refusal>[1];

/** We do not connect there: the address is not public. */
export class BlockedTarget extends Error {
  override readonly name = 'BlockedTarget';
}

/** The only way out: every new socket is checked before it is dialled and once it is connected, so that no name can rebind. */
export const guardedAgent = (allow: Ranges = []): Agent => {
  const check = (host: string, address: string) => {
    const why = refusal(address, allow);
    return why === null ? null : new BlockedTarget(`${host}: ${why}`);
  };
  const lookup: LookupFunction = (host, how, done) =>
    dns.lookup(host, { ...how, all: true }, (error, found) => {
      const bad = error ?? found.map(({ address }) => check(host, address)).find((b) => b);
      const [first] = found ?? [];
      if (bad || !first) return done(bad ?? new BlockedTarget(host), '');
      return how.all ? done(null, found) : done(null, first.address, first.family);
    });
  const dial = buildConnector({ timeout: 5_000, allowH2: false, lookup });
  const connect: buildConnector.connector = (target, done) => {
    const host = target.hostname.replace(/^\[|\]$/g, '');
    // `lookup` is never called for an address.
    const bad = isIP(host) ? check(host, host) : null;
    if (bad) return done(bad, null);
    dial(target, (error, socket) => {
      const late = error ?? check(host, socket?.remoteAddress ?? '');
      if (!late && socket) return done(null, socket);
      socket?.destroy();
      done(late ?? new BlockedTarget(host), null);
    });
  };
  return new Agent({ connect, connections: 2, headersTimeout: 15_000, bodyTimeout: 2_000 });
};

const IN_ALL = 15_000;

/** One POST, never redirected. Gives the status; the answer's body changes nothing and is thrown away. */
export const post = async (
  url: string,
  headers: Record<string, string>,
  body: string,
  agent: Agent,
): Promise<number> => {
  const signal = AbortSignal.timeout(IN_ALL);
  const answer = await request(url, { method: 'POST', headers, body, dispatcher: agent, signal });
  answer.body.on('error', () => undefined).destroy();
  return answer.statusCode;
};
