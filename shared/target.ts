import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { Refused } from './errors.ts';

type Range = [ipaddr.IPv4 | ipaddr.IPv6, number];

export const rangesOf = (allow: readonly string[]): Range[] =>
  allow.map((cidr) => ipaddr.parseCIDR(cidr));

const inside = (ip: ipaddr.IPv4 | ipaddr.IPv6, range: Range) =>
  ip.kind() === range[0].kind() && ip.match(range as never);

/** Why we may not connect to this address; null when we may. `allow` is empty everywhere but on the local stage. */
export const refusal = (address: string, allow: readonly Range[] = []): string | null => {
  if (isIP(address) === 0 || address.includes('%')) return 'not a plain IP address';
  const ip = ipaddr.parse(address);
  if (allow.some((range) => inside(ip, range))) return null;
  if (ip.range() !== 'unicast') return ip.range();
  // ipaddr.js calls ::7f00:1 unicast; only this block is public.
  return ip.kind() === 'ipv6' && !inside(ip, ipaddr.parseCIDR('2000::/3'))
    ? 'outside 2000::/3'
    : null;
};

const refuse = (code: string, message: string) =>
  new Refused(code, 422, message, { field: '/url' });

const MOST_CHARACTERS = 2048;

/** An endpoint's URL as WHATWG `URL` writes it, or a refusal. Addresses are judged again at every socket (`post.ts`). */
export const targetOf = (text: string, allow: readonly Range[] = []): string => {
  if (text.length > MOST_CHARACTERS) throw refuse('url-too-long', 'At most 2,048 characters');
  const url = URL.parse(text);
  if (!url) throw refuse('invalid-field', 'Must be an absolute https address');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const local = isIP(host) !== 0 && allow.length > 0 && refusal(host, allow) === null;
  if (url.protocol !== 'https:' && !(local && url.protocol === 'http:'))
    throw refuse('url-not-https', 'Must begin with https://');
  if (url.username || url.password)
    throw refuse('url-credentials', 'Must not hold a user or password');
  if (local) return url.href;
  if (isIP(host) !== 0) throw refuse('url-is-address', 'Must name a host, not an address');
  if (url.port !== '' && url.port !== '8443')
    throw refuse('url-port', 'Only ports 443 and 8443 are served');
  if (!/\.[a-z0-9-]+$/.test(host) || host.endsWith('.localhost'))
    throw refuse('url-not-public', 'Must name a public host');
  return url.href;
};
