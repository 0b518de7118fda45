import type { Instant } from '../../events/envelope.ts';
import { areaOf } from '../areas.ts';
import categories from '../data/service-categories.json' with { type: 'json' };
import { invalid, Refused } from '../errors.ts';
import { lists } from '../labels.ts';
import { codeIn } from '../referral/codes.ts';
import { hidesAddress } from './secret.ts';

type Parts = {
  readonly areas?: readonly string[] | undefined;
  readonly services?: readonly string[] | undefined;
  readonly requiredDocuments?: readonly { readonly service: string }[] | undefined;
  readonly addresses?: readonly unknown[] | undefined;
};

/** Refuses codes that do not exist, areas that are no more, and an address where there must be none; `at`: where in the body. */
export const checkEntry = (parts: Parts, kind: string, field: string, now: Instant) => {
  if (!lists['office-kind']?.some(({ code }) => code === kind))
    throw invalid(`${field}/kind`, 'Must be a code of the office kinds');
  for (const [i, id] of (parts.areas ?? []).entries()) {
    const { area } = areaOf(id, now.slice(0, 10)) ?? {};
    if (!area) throw invalid(`${field}/areas/${i}`, 'Must be the id of an area, never a code');
    if (area.id !== id)
      throw invalid(`${field}/areas/${i}`, `This unit is no more: name ${area.id}`);
  }
  for (const [i, code] of (parts.services ?? []).entries())
    codeIn(categories, code, `${field}/services/${i}`, now);
  const needing = (parts.requiredDocuments ?? []).map(({ service }) => service);
  for (const [i, code] of needing.entries()) {
    const place = `${field}/requiredDocuments/${i}/service`;
    codeIn(categories, code, place, now);
    if (needing.indexOf(code) < i) throw invalid(place, 'Name each service once');
  }
  if (hidesAddress(kind) && parts.addresses && parts.addresses.length > 0)
    throw new Refused(
      'secret-address',
      422,
      'Where such an office is stays secret: send no address',
      {
        field: `${field}/addresses`,
      },
    );
};
