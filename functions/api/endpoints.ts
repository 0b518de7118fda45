import { RegisterEndpoint } from '../../events/endpoint.ts';
import { api } from '../../shared/api.ts';
import type { Endpoint } from '../../shared/endpoints.ts';
import { inputOf } from '../../shared/input.ts';
import type { Answer } from '../../shared/problem.ts';
import { registerEndpoint } from '../../shared/register-endpoint.ts';
import { allowed, endpoints, now, secrets } from '../../shared/world.ts';

/** An office's webhook endpoints; the secret is shown once, in the answer that made it. */
export const handler = api(async ({ route, caller, body }): Promise<Answer> => {
  if (route === 'GET /v1/endpoints') {
    const own = await endpoints().of(caller.office);
    return { status: 200, body: { items: own.map(shown) } };
  }
  const stores = { endpoints: endpoints(), secrets: secrets(), now, allowed: allowed() };
  const input = inputOf(RegisterEndpoint, body);
  const { endpoint, secret } = await registerEndpoint(stores, caller, input);
  return { status: 201, body: { ...shown(endpoint), secret } };
});

const shown = ({ id, url, types, description, state, createdAt }: Endpoint) => ({
  ...{ id, url, types, description },
  ...{ state, createdAt },
});
