import type { Instant, Office } from '../../events/envelope.ts';
import type { LineId } from '../../events/referral.ts';
import { Refused } from '../errors.ts';
import { checkLines, checkOffice } from './checks.ts';
import type { CommandOf, Context, On } from './command.ts';
import { covers, namedOnward } from './consent.ts';
import type { Content } from './drafts.ts';
import { belowOf } from './family.ts';
import { holderOf, isStopped } from './lines.ts';
import { isClosedTo, isLast, isOpen, isServing, longestOf, offerIn } from './offers.ts';
import { hadSeen } from './order.ts';
import type { Offer, Referral } from './state.ts';

/** Lines that an office may refer onward: no two claim them, nobody else was asked for it, and she stopped none. */
export const referableLines = (referral: Referral, offer: Offer): LineId[] => {
  const asked = belowOf(referral, offer)
    .filter((below) => isOpen(below) || isServing(below))
    .flatMap(({ lines }) => lines);
  return offer.lines.filter(
    (line) => holderOf(referral, line) && !asked.includes(line) && !isStopped(referral, line),
  );
};

/** The offices that it may refer her to: she named them to it, they may see the summary, and none is closed. */
export const officesFor = (referral: Referral, parent: Offer, at: Instant): Office[] =>
  namedOnward(referral, parent, at).filter(
    (office) =>
      covers(referral, { office, made: { country: parent.owner } }, 1, at) &&
      !isClosedTo(referral, office),
  );

/** The last offer by the same office for this line. */
const lastBelow = (referral: Referral, { id }: Offer, line: LineId) =>
  referral.offers.findLast(({ partOf, offered }) => partOf === id && offered.includes(line));

/** Whether five offers went before for this line. */
export const isExhausted = (referral: Referral, parent: Offer, line: LineId): boolean =>
  isLast(referral, lastBelow(referral, parent, line) ?? parent);

/** Lines that an office below took over: its acceptance stands, or it has served her. */
export const takenOver = (referral: Referral, offer: Offer): LineId[] =>
  offer.lines.filter((line) =>
    belowOf(referral, offer).some(
      (below) =>
        isLater(offer, below) &&
        ((isServing(below) && below.lines.includes(line)) ||
          below.closed?.some((end) => end.line === line && end.state === 'completed')),
    ),
  );

/** Who reopened a service knowing of the other's claim has the line back. */
const isLater = ({ claim }: Offer, below: Offer): boolean =>
  claim !== undefined && below.claim !== undefined && !hadSeen(claim, below.claim);

/** An offer below another, by the office that serves her. */
export const referDraft = (
  { input }: CommandOf<'refer-onward'>,
  { referral, counts, ...on }: On,
  context: Context,
): Content => {
  const parent = on.offer;
  if (!parent) throw new Refused('not-found', 404, 'No such offer');
  const { office, lines } = input;
  const { country, at } = context;
  checkLines(lines, parent.lines, '/lines');
  const free = referableLines(referral, parent);
  if (!lines.every((line) => free.includes(line)))
    throw new Refused(
      'not-allowed-now',
      409,
      'Another office was asked for it, or serves it, or it was stopped',
      {
        field: '/lines',
      },
    );
  checkOffice(office, '/office', { ...referral, offices: context.offices });
  if (office === parent.office)
    throw new Refused('office-unavailable', 422, 'Name another office than your own', {
      field: '/office',
    });
  if (!officesFor(referral, parent, at).includes(office))
    throw new Refused(
      'no-consent',
      409,
      'Her consent must name this office as one you may refer to, and let it see the summary',
      { field: '/office' },
    );
  const each = lines.map((line) => lastBelow(referral, parent, line));
  const before = longestOf(referral, each);
  if (isLast(referral, before ?? parent))
    throw new Refused('limit-reached', 409, 'Five offers follow each other: ring the network desk');
  const offer = `${country}${counts[country] + 1}-1`;
  const replaces = before && { replaces: before.id };
  const data = { offer, office, lines, partOf: parent.id, ...replaces };
  return { type: 'offer.made.v1', data, offices: [referral.sender, parent.office, office] };
};

/** What the lines that another office took over become. */
export const handingOn = (referral: Referral, offer: Offer) => ({
  onward: true,
  lines: takenOver(referral, offer).map((line) => ({ line, state: 'completed', next: 'none' })),
});

/** Who hears how an offer was answered besides sender and receiver: the office that referred her, while it serves. */
export const referrerOf = (referral: Referral, { partOf }: Offer) => {
  const parent = offerIn(referral, partOf);
  return parent && isServing(parent) ? [parent.office] : [];
};
