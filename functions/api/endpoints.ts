import { RegisterEndpoint } from '../../events/endpoint.ts';
import { api, type Call } from '../../shared/api.ts';
import type { Endpoint } from '../../shared/endpoints.ts';
import { Refused } from '../../shared/errors.ts';
import { endpointIdOf } from '../../shared/ids.ts';
import { inputOf } from '../../shared/input.ts';
import type { Answer } from '../../shared/problem.ts';
import { rangesOf, targetOf } from '../../shared/target.ts';
import { allowed, endpoints, now, secrets } from '../../shared/world.ts';

const MOST_ENDPOINTS = 10;

/** An office's webhook endpoints; the secret is shown once, in the answer that made it. */
export const handler = api(async (call): Promise<Answer> => {
  const own = await endpoints().of(call.caller.office);
  if (call.route === 'GET /v1/endpoints') return { status: 200, body: { items: own.map(shown) } };
  return register(call, own.length);
});

const register = async ({ caller, body }: Call, already: number): Promise<Answer> => {
  const { office, role } = caller;
  if (role !== 'supervisor')
    throw new Refused('not-yours-to-do', 403, 'Only a supervisor may register an endpoint');
  const input = inputOf(RegisterEndpoint, body);
  const url = targetOf(input.url, rangesOf(allowed()));
  if (already >= MOST_ENDPOINTS)
    throw new Refused('limit-reached', 409, `An office has at most ${MOST_ENDPOINTS} endpoints`);
  const id = endpointIdOf(office, url);
  const { secret, ciphertext } = await secrets().make(id);
  const { description } = input;
  const endpoint: Endpoint = {
    id,
    office,
    url,
    description,
    state: 'active',
    secret: ciphertext,
    createdAt: now(),
  };
  await endpoints().add(endpoint);
  return { status: 201, body: { ...shown(endpoint), secret } };
};

const shown = ({ id, url, description, state, createdAt }: Endpoint) => ({
  id,
  url,
  description,
  state,
  createdAt,
});
