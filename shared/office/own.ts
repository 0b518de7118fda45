import { isDeepStrictEqual } from 'node:util';
import type { By, Instant } from '../../events/envelope.ts';
import type { OwnCommandName, OwnInput } from '../../events/office-commands.ts';
import { Refused } from '../errors.ts';
import { checkEntry } from './check.ts';
import type { OfficeDraft } from './decide.ts';
import { type OfficeState, profileParts } from './fold.ts';
import { rotated } from './rotate.ts';

/** What an office asks for its own entry. */
export type OwnCommand = {
  [N in OwnCommandName]: { readonly do: N; readonly input: OwnInput<N> };
}[OwnCommandName];

/** An office's own command as one fact, or nothing when it already took effect. */
export const decideOwn = (
  state: OfficeState,
  command: OwnCommand,
  { at, by }: { at: Instant; by: By },
): OfficeDraft | undefined => {
  if (!state.active) throw new Refused('office-suspended', 403, 'This office is suspended');
  const who = { offices: [state.office], by };
  switch (command.do) {
    case 'change': {
      const changes = changed(state, command.input);
      checkEntry(changes, state.kind, '', at);
      if (Object.keys(changes).length === 0 && isToday(state.assured, at)) return undefined;
      return { type: 'office.changed.v1', data: { ...who, ...changes } };
    }
    case 'set-capacity': {
      const { capacity } = command.input;
      const { status, updated } = state.capacity ?? {};
      if (status === capacity && updated && isToday(updated, at)) return undefined;
      return { type: 'office.capacity-set.v1', data: { ...who, capacity } };
    }
    case 'rotate-keys': {
      const rotation = rotated(state, command.input, at);
      return rotation && { type: 'office.keys-rotated.v1', data: { ...who, ...rotation } };
    }
  }
};

/** The parts that differ from what stands there. */
const changed = (state: OfficeState, input: OwnInput<'change'>): OwnInput<'change'> =>
  Object.fromEntries(
    profileParts
      .filter((part) => input[part] !== undefined && !isDeepStrictEqual(input[part], state[part]))
      .map((part) => [part, input[part]]),
  );

/** The same again on another day gives it a new date; on the same day it is a retry. */
const isToday = (then: Instant, now: Instant) => then.slice(0, 10) === now.slice(0, 10);
