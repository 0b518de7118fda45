import type { Actor } from '../../events/envelope.ts';
import { OfficeCommand } from '../../events/office-commands.ts';
import { Refused } from '../../shared/errors.ts';
import { inputOf } from '../../shared/input.ts';
import { decideOffice } from '../../shared/office/decide.ts';
import { foldOffice } from '../../shared/office/fold.ts';
import { record } from '../../shared/record.ts';
import { country, ledger, now } from '../../shared/world.ts';

/** Invoked by an operator, from the console or by `npm run office`: answers the office's entry, or what is wrong. */
export const handler = async (event: unknown) => {
  try {
    const command = inputOf(OfficeCommand, JSON.stringify(event));
    const actor = `${country()}:operator` as Actor;
    const { facts } = await record(
      { ledger: ledger(), country: country(), now },
      command.office,
      (log) => {
        const state = foldOffice(log.map(({ fact }) => fact));
        const draft = decideOffice(state, command, { country: country(), at: now() });
        return draft && { ...draft, reach: 'both', actor };
      },
    );
    return { office: foldOffice(facts) };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { refused: error.code, message: error.message, ...error.more };
  }
};
