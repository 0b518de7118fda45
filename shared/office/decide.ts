import { isDeepStrictEqual } from 'node:util';
import { type Country, type Instant, Office } from '../../events/envelope.ts';
import type { OfficeCommand } from '../../events/office-commands.ts';
import { invalid, Refused } from '../errors.ts';
import { countryOf } from '../referral/order.ts';
import { checkEntry } from './check.ts';
import { type OfficeState, profileParts } from './fold.ts';

export type OfficeDraft = { readonly type: string; readonly data: object };

/** An operator's command as one fact, or nothing when it already took effect. */
export const decideOffice = (
  state: OfficeState | undefined,
  command: OfficeCommand,
  { country, at }: { country: Country; at: Instant },
): OfficeDraft | undefined => {
  const office = Office.safeParse(command.office);
  if (!office.success || countryOf(command.office) !== country)
    throw invalid('/office', `Must be an office id that begins with "${country}-"`);
  const offices = [office.data];
  switch (command.do) {
    case 'register': {
      const { entry } = command;
      if (state && isSame(state, entry)) return undefined;
      if (state)
        throw new Refused(
          'already-done-differently',
          409,
          'This office is registered with another entry',
        );
      checkEntry(entry, entry.kind, '/entry', at);
      return { type: 'office.registered.v1', data: { offices, ...entry } };
    }
    case 'suspend':
      if (!state) throw new Refused('not-found', 404, 'No such office');
      return state.active ? { type: 'office.suspended.v1', data: { offices } } : undefined;
  }
};

type Entry = Extract<OfficeCommand, { do: 'register' }>['entry'];

const isSame = (state: OfficeState, entry: Entry): boolean => {
  const keys = state.keys.map(({ from: _, ...key }) => key);
  const parts = [...profileParts, 'kind', 'authority'] as const;
  return (
    isDeepStrictEqual(keys, entry.keys) &&
    parts.every((part) => isDeepStrictEqual(state[part], entry[part]))
  );
};
