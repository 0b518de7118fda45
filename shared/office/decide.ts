import { isDeepStrictEqual } from 'node:util';
import type { Country } from '../../events/envelope.ts';
import { Office } from '../../events/envelope.ts';
import type { OfficeCommand } from '../../events/office.ts';
import { invalid, Refused } from '../errors.ts';
import { countryOf } from '../referral/order.ts';
import type { OfficeState } from './fold.ts';

type Draft = { readonly type: string; readonly data: object };

/** Kinds whose addresses are secret. An entry has no address at all, so they need no other rule here. */
export const decideOffice = (
  state: OfficeState | undefined,
  command: OfficeCommand,
  country: Country,
): Draft | undefined => {
  const office = Office.safeParse(command.office);
  if (!office.success || countryOf(command.office) !== country)
    throw invalid('/office', `Must be an office id that begins with "${country}-"`);
  const offices = [office.data];
  switch (command.do) {
    case 'register':
      if (!state) return { type: 'office.registered.v1', data: { offices, ...command.entry } };
      if (sameEntry(state, command.entry)) return undefined;
      throw new Refused(
        'already-done-differently',
        409,
        'This office is registered with another entry',
      );
    case 'suspend':
      if (!state) throw new Refused('not-found', 404, 'No such office');
      return state.active ? { type: 'office.suspended.v1', data: { offices } } : undefined;
  }
};

type Entry = Extract<OfficeCommand, { do: 'register' }>['entry'];

const parts = [
  'name',
  'kind',
  'coverage',
  'areas',
  'services',
  'languages',
  'authority',
  'takesReferrals',
  'keys',
] as const;
const sameEntry = (state: OfficeState, entry: Entry) =>
  parts.every((part) => isDeepStrictEqual(state[part], entry[part]));
