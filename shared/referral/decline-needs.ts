import type { Office } from '../../events/envelope.ts';
import { invalid } from '../errors.ts';
import type { Command, Context } from './command.ts';

/** Where each `needs` of `decline-reasons` stands in the body, and what it asks for. */
const fields: Readonly<Record<string, readonly [field: string, asks: string]>> = {
  rule: ['rule', 'Say which rule of your office it is'],
  document: ['document', 'Say which document or step is missing'],
  'expected-date': ['expectedDate', 'Say from which day it could be'],
  'other-referral': ['otherReferral', 'Name the other referral'],
};

type Body = Readonly<Record<string, unknown>>;

/** Refuses 422 a decline, or an acceptance taken back, that does not say what its reason needs, says more, or suggests an office that cannot be asked. */
export const checkDecline = (command: Command, body: Body, { codes, offices }: Context): void => {
  if (command.do !== 'decline' && command.do !== 'withdraw-acceptance') return;
  const { reason } = command.input;
  const needed = codes.declineReasons.find(({ code }) => code === reason)?.needs;
  for (const [need, [field, asks]] of Object.entries(fields)) {
    const isThere = body[field] !== undefined;
    if (need === needed && !isThere) throw invalid(`/${field}`, asks);
    if (need !== needed && isThere)
      throw invalid(`/${field}`, 'Leave it out: the reason does not need it');
  }
  const suggested = body.suggested as Office | undefined;
  if (suggested === undefined) return;
  const { active, takesReferrals } = offices[suggested] ?? {};
  const isOwn = 'office' in command.caller && command.caller.office === suggested;
  if (!active || !takesReferrals || isOwn)
    throw invalid('/suggested', 'Name another office of the directory that takes referrals');
};
