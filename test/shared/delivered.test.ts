import { createSecretKey } from 'node:crypto';
import { expect, test } from 'vitest';
import type { EndpointId } from '../../events/endpoint.ts';
import type { Fact } from '../../events/envelope.ts';
import { delivered } from '../../shared/delivered.ts';
import type { Delivery } from '../../shared/deliveries.ts';
import type { Endpoint } from '../../shared/endpoints.ts';
import { log, submitted } from '../support/facts.ts';
import { home, noon } from '../support/people.ts';

const [fact] = log(submitted({ lines: [[home]] })) as [Fact];
const suspension = { ...fact, subject: home, type: 'office.suspended.v1' };

/** One delivery to an office that is active or not. */
const deliverTo = async (active: boolean, of: Fact) => {
  const sent: string[] = [];
  const outcome = await delivered(
    {
      deliveries: {
        get: async () => ({ ...({ state: 'pending', office: home } as Delivery), ...of }),
        put: async (delivery) => delivery,
        pending: async () => ({ ids: [] }),
        tried: async () => {},
      },
      endpoints: {
        of: async () => [],
        get: async () =>
          ({ id: 'we_' as EndpointId, url: 'https://invented.example/' }) as Endpoint,
        put: async () => {},
      },
      ledger: { load: async () => [{ fact: of, text: '' }], append: async () => {} },
      secrets: {
        make: async () => ({ secret: '', ciphertext: '' }),
        open: async () => createSecretKey(Buffer.alloc(32)),
      },
      directory: { offices: async () => ({ [home]: { active } }) as never },
      now: () => noon,
      send: async (_, __, body) => {
        sent.push(body);
        return 204;
      },
    },
    'dlv_',
  );
  return { outcome, sent: sent.length };
};

test('an active office is told', async () => {
  expect(await deliverTo(true, fact)).toEqual({ outcome: 'done', sent: 1 });
});

test('a suspended office hears that it is suspended, and nothing else', async () => {
  expect(await deliverTo(false, fact)).toEqual({ outcome: 'withheld', sent: 0 });
  expect(await deliverTo(false, suspension)).toEqual({ outcome: 'done', sent: 1 });
});
