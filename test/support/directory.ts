import { marshall } from '@aws-sdk/util-dynamodb';
import type { JWK } from 'jose';
import categories from '../../shared/data/service-categories.json' with { type: 'json' };
import type { OfficeState } from '../../shared/office/fold.ts';
import { noon, offices } from './people.ts';
import type { tables } from './tables.ts';

/** The one need that no invented office helps with. */
export const nobodyOffers = 'court-papers';

/** An office as the directory knows it. */
export const entryOf = (office: string, keys: readonly JWK[] = []): OfficeState =>
  ({
    office,
    active: offices[office]?.active ?? true,
    takesReferrals: offices[office]?.takesReferrals ?? true,
    ...(offices[office]?.authority && { authority: offices[office].authority }),
    name: { en: 'Invented' },
    kind: 'ngo',
    coverage: 'areas',
    areas: [],
    services: categories.map(({ code }) => code).filter((code) => code !== nobodyOffers),
    languages: [],
    keys,
    retired: [],
    assured: noon,
    folded: 1,
  }) as unknown as OfficeState;

/** Lays the directory of invented offices where the functions of this country read it. */
export const seedDirectory = (
  { items }: Pick<ReturnType<typeof tables>, 'items'>,
  country = 'kr',
  keys: Record<string, readonly JWK[]> = {},
) => {
  const entries = Object.keys(offices).map((id) => [id, entryOf(id, keys[id] ?? [])]);
  const key = { pk: { S: 'directory' }, sk: { S: country } };
  const all = marshall({ offices: Object.fromEntries(entries) }, { removeUndefinedValues: true });
  items.set(`views directory ${country}`, { ...key, ...all });
};
