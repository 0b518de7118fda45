import * as z from 'zod';
import { type Actor, Office, Ref } from '../../events/envelope.ts';
import { NamedRow } from '../../events/named.ts';
import { contextOf } from '../../shared/context.ts';
import { Refused } from '../../shared/errors.ts';
import { inputOf } from '../../shared/input.ts';
import { record } from '../../shared/record.ts';
import { fold } from '../../shared/referral/fold.ts';
import { nameDraft } from '../../shared/referral/naming.ts';
import { country, world } from '../../shared/world.ts';

const Naming = z.strictObject({ ref: Ref, row: NamedRow, office: Office });

/** Invoked by an operator, from the console or by `npm run ops -- name`: answers what was named, or what is wrong. */
export const handler = async (event: unknown) => {
  try {
    const { ref, ...naming } = inputOf(Naming, JSON.stringify(event));
    const actor = `${country()}:operator` as Actor;
    const context = await contextOf(world());
    const { recorded } = await record(world(), ref, (log) => {
      const draft = nameDraft(fold(log.map(({ fact }) => fact)), naming, context);
      return draft && { ...draft, actor };
    });
    return { named: naming, recorded };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { refused: error.code, message: error.message, ...error.more };
  }
};
