import type { RegisterEndpoint } from '../events/endpoint.ts';
import type { Instant } from '../events/envelope.ts';
import type { Endpoint, Endpoints } from './endpoints.ts';
import { Refused } from './errors.ts';
import { endpointIdOf } from './ids.ts';
import type { Worker } from './referral/command.ts';
import type { Secrets } from './secrets.ts';
import { rangesOf, targetOf } from './target.ts';

type With = {
  readonly endpoints: Endpoints;
  readonly secrets: Secrets;
  readonly now: () => Instant;
  readonly allowed: readonly string[];
};

const MOST_ENDPOINTS = 10;

/** Keeps an office's URL under a new secret, also when it was registered before: whoever lost the secret asks again. */
export const registerEndpoint = async (
  { endpoints, secrets, now, allowed }: With,
  { office, role }: Worker,
  { url: text, types, description }: RegisterEndpoint,
) => {
  if (role !== 'supervisor')
    throw new Refused('not-yours-to-do', 403, 'Only a supervisor may register an endpoint');
  const url = targetOf(text, rangesOf(allowed));
  const id = endpointIdOf(office, url);
  const others = (await endpoints.of(office)).filter((endpoint) => endpoint.id !== id);
  if (others.length >= MOST_ENDPOINTS)
    throw new Refused('limit-reached', 409, `An office has at most ${MOST_ENDPOINTS} endpoints`);
  const { secret, ciphertext } = await secrets.make(id);
  const endpoint: Endpoint = {
    ...{ id, office, url, types, description },
    ...{ state: 'active', secret: ciphertext, createdAt: now() },
  };
  await endpoints.put(endpoint);
  return { endpoint, secret };
};

/** Whether an endpoint asked for this type of fact. */
export const wants = ({ types }: Endpoint, type: string): boolean =>
  types.some(
    (t) => t === '*' || t === type || (t.endsWith('.*') && type.startsWith(t.slice(0, -1))),
  );
