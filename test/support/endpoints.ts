import { marshall } from '@aws-sdk/util-dynamodb';
import type { EndpointId } from '../../events/endpoint.ts';
import type { Fact, Office } from '../../events/envelope.ts';
import { deliveryIdOf, endpointIdOf } from '../../shared/ids.ts';
import { noon } from './people.ts';
import type { tables } from './tables.ts';

/** The ciphertext that stands for a secret in these tests. */
export const ciphertext = Buffer.from('sealed').toString('base64');
export const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

/** Lays an office's endpoint into the table of deliveries. */
export const endpointOf = (
  { items }: Pick<ReturnType<typeof tables>, 'items'>,
  office: Office,
  url: string,
  types = ['*'],
): EndpointId => {
  const id = endpointIdOf(office, url);
  const sealed = { secret: ciphertext, createdAt: noon };
  const endpoint = { id, office, url, types, state: 'active', ...sealed };
  const key = { pk: `O#${office}`, sk: `E#${id}` };
  items.set(`deliveries ${key.pk} ${key.sk}`, marshall({ ...key, ...endpoint }));
  return id;
};

/** Lays a delivery of this fact to this address, as fan-out puts it. */
export const deliveryOf = (
  db: Pick<ReturnType<typeof tables>, 'items'>,
  office: Office,
  { id: fact, subject, country, seq, type }: Fact,
  url: string,
): string => {
  const endpoint = endpointOf(db, office, url);
  const id = deliveryIdOf(endpoint, fact);
  const key = { pk: `D#${id}`, sk: 'D' };
  const of = { id, office, endpoint, subject, country, seq, type };
  const item = marshall({ ...key, ...of, createdAt: noon, state: 'pending', tries: 0 });
  db.items.set(`deliveries ${key.pk} D`, item);
  return id;
};
