import { momentOf, positionOf } from './order.ts';
import type { Offer, Referral } from './state.ts';
import type { Of } from './steps.ts';
import { isHigher } from './urgency.ts';

/** The origin's choice, which replaces an earlier one. */
export const placed = (
  referral: Referral,
  fact: Of<'line.placed.v1'>,
  offer: Offer['id'],
): Referral => {
  const choice = { ...positionOf(fact), offer };
  const place = (line: Referral['lines'][number]) =>
    line.id === fact.data.line ? { ...line, placed: choice } : line;
  return { ...referral, lines: referral.lines.map(place) };
};

/** The first stop of a line stays: none is ever taken back. */
export const stopped = (referral: Referral, fact: Of<'line.stopped.v1'>): Referral => {
  const stop = (line: Referral['lines'][number]) =>
    line.id === fact.data.line ? { ...line, stopped: line.stopped || positionOf(fact) } : line;
  return { ...referral, lines: referral.lines.map(stop) };
};

export const erred = (referral: Referral, fact: Of<'referral.entered-in-error.v1'>): Referral => ({
  ...referral,
  error: true,
  erred: referral.erred ?? momentOf(fact),
});

/** What was sealed anew; of two urgencies the higher counts. */
export const amended = (referral: Referral, fact: Of<'referral.amended.v1'>): Referral => {
  const { parts, urgency = referral.urgency } = fact.data;
  const office = fact.actor as string as Referral['sender'];
  const rise = isHigher(urgency, referral.urgency);
  return {
    ...referral,
    ...(rise && {
      urgency,
      rises: [...referral.rises, { before: referral.urgency, at: momentOf(fact) }],
    }),
    amendments: [
      ...referral.amendments,
      { office, own: office === referral.sender, parts, at: positionOf(fact) },
    ],
  };
};

/** What was said about a clock stays said, whatever calendar is corrected later. */
export const marked = (
  referral: Referral,
  { type, data }: Of<'deadline.reminded.v1'> | Of<'deadline.missed.v1'>,
): Referral => {
  const { clock, offer, line, hold, office, round } = data;
  const step = type === 'deadline.missed.v1' ? 'missed' : 'reminded';
  const mark = { step, clock, offer, line, hold, office, round } as const;
  return { ...referral, marks: [...referral.marks, mark] };
};
