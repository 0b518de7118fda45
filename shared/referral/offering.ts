import { invalid, Refused } from '../errors.ts';
import { checkLines, checkOffice } from './checks.ts';
import { codeIn, reasonsOf } from './codes.ts';
import type { CommandOf, Context, Draft, On } from './command.ts';
import { covers, isChainFull, lineStatus, nextOffice, previousOffer, wayOf } from './derive.ts';
import type { Referral } from './state.ts';

/** A further offer of open lines: by the sender, or by the origin's system to the next of the line's list. */
export const offerDraft = (
  command: CommandOf<'offer'>,
  { referral, counts }: On,
  context: Context,
): Draft => {
  const { office, lines } = command.input;
  const { country, at } = context;
  checkLines(
    lines,
    referral.lines.map(({ id }) => id),
    '/lines',
  );
  if (!lines.every((line) => lineStatus(referral, line) === 'open'))
    throw new Refused('not-allowed-now', 409, 'Only open lines can be offered', {
      field: '/lines',
    });
  checkWay(command, referral, context);
  checkOffice(office, '/office', { ...referral, offices: context.offices });
  if (!covers(referral, office, 1, at))
    throw new Refused('no-consent', 409, 'No valid grant lets this office see the summary', {
      field: '/office',
    });
  checkAgain(command, referral, context);
  if (isChainFull(referral, lines))
    throw new Refused('limit-reached', 409, 'Five offers follow each other: ring the network desk');
  const previous = previousOffer(referral, lines);
  return {
    type: 'offer.made.v1',
    reach: referral.reach,
    data: {
      offices: [referral.sender, office],
      offer: `${country}${counts[country] + 1}-1`,
      office,
      lines,
      ...(previous && { replaces: previous.id }),
    },
  };
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
