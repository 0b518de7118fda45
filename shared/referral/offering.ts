import { invalid, Refused } from '../errors.ts';
import { checkLines, checkOffice } from './checks.ts';
import { codeIn, reasonsOf } from './codes.ts';
import type { CommandOf, Context, On } from './command.ts';
import { covers } from './consent.ts';
import type { Content } from './drafts.ts';
import { mayBeOffered, wayOf } from './lines.ts';
import { nextOffice } from './next-office.ts';
import { isChainFull, previousOffer } from './offers.ts';
import { countryOf, nextSlot } from './order.ts';
import { isOpenedTo } from './overriding.ts';
import type { Referral } from './state.ts';

/** A further offer: by the sender, or by the origin's system to the next of the line's list. */
export const offerDraft = (
  command: CommandOf<'offer'>,
  { referral, counts }: On,
  context: Context,
): Content => {
  const { office, lines } = command.input;
  const { country, at } = context;
  const all = referral.lines.map(({ id }) => id);
  checkLines(lines, all, '/lines');
  checkFree(command, referral);
  checkWay(command, referral, context);
  checkOffice(office, '/office', { ...referral, offices: context.offices });
  const inside = countryOf(office) === country && isOpenedTo(referral, { office }, at);
  if (!inside && !covers(referral, { office, made: { country } }, 1, at))
    throw new Refused('no-consent', 409, 'No valid grant lets this office see the summary', {
      field: '/office',
    });
  checkAgain(command, referral, context);
  if (isChainFull(referral, lines))
    throw new Refused('limit-reached', 409, 'Five offers follow each other: ring the network desk');
  const previous = previousOffer(referral, lines);
  const offer = `${nextSlot(counts, country)}-1`;
  const data = { offer, office, lines, ...(previous && { replaces: previous.id }) };
  return { type: 'offer.made.v1', data, offices: [referral.sender, office] };
};

/** Lines that nobody has; beside another office only by a supervisor's explicit choice. */
const checkFree = ({ caller, input }: CommandOf<'offer'>, referral: Referral) => {
  const beside = input.parallel === true;
  if (beside && !('role' in caller && caller.role === 'supervisor'))
    throw new Refused('not-yours-to-do', 403, 'Only a supervisor may ask two offices at once');
  if (!input.lines.every((line) => mayBeOffered(referral, line, beside)))
    throw new Refused('not-allowed-now', 409, 'Only open lines can be offered', {
      field: '/lines',
    });
};

const checkWay = ({ caller, input }: CommandOf<'offer'>, referral: Referral, context: Context) => {
  const ways = input.lines.map((line) => wayOf(referral, line));
  if ('system' in caller) {
    const asked = ways.every((way) => way === 'next-office') && caller.system === referral.origin;
    const listed = referral.lines
      .filter(({ id }) => input.lines.includes(id))
      .every((line) => nextOffice(referral, line, context) === input.office);
    if (asked && listed) return;
    throw new Refused(
      'not-allowed-now',
      409,
      'The system offers to the next office of the list alone',
    );
  }
  if (ways.includes('human') && caller.role !== 'supervisor')
    throw new Refused('not-yours-to-do', 403, 'A supervisor must decide where these lines go next');
};

const checkAgain = ({ input }: CommandOf<'offer'>, referral: Referral, { codes, at }: Context) => {
  const again = referral.offers.some(
    ({ office, offered }) =>
      office === input.office && offered.some((l) => input.lines.includes(l)),
  );
  if (input.sameOfficeAgain !== undefined)
    codeIn(reasonsOf(codes, 'same-office-again'), input.sameOfficeAgain, '/sameOfficeAgain', at);
  else if (again)
    throw invalid('/sameOfficeAgain', 'This office was asked before: say why it is asked again');
};
