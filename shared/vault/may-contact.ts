import * as z from 'zod';
import { cutFile } from '../referral/cut-file.ts';
import { accessOf } from '../referral/gate.ts';
import { isSafe } from '../referral/safe-contact.ts';
import { type Gate, judged, logOf, readerOf } from './entrance.ts';
import type { AskFor } from './gate-messages.ts';
import { filePartsOf, vaultOf } from './opened.ts';
import { scopesOf } from './scopes-of.ts';

/** By the bytes that the worker signed: a caller could try one channel after the other. */
const Report = z.looseObject({ kind: z.string(), channel: z.string() });

/** Yes only where the office may read how she is reached, and she allowed this channel; an attempt, at this hour. Throws `Refused`. */
export const mayContact = async (gate: Gate, question: AskFor<'channel'>): Promise<boolean> => {
  const { worker, at } = await readerOf(gate, question);
  const { kind, channel } = Report.parse(JSON.parse(question.body));
  const { state, context } = await logOf(gate, question);
  const { access, referral } = judged(accessOf, state, worker, context);
  const vault = await vaultOf(gate, question.ref);
  try {
    const scopes = await scopesOf(vault, access, referral);
    const parts = await filePartsOf(vault, referral, access, at);
    const { contact } = cutFile(parts, access, scopes);
    // What was done is reported later; what is tried, at once.
    const hour = kind === 'contact-attempted' ? at : undefined;
    return contact !== undefined && isSafe(contact, channel, hour);
  } finally {
    await vault.close();
  }
};
