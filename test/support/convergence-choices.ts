import type { Country, Office } from '../../events/envelope.ts';
import type { LineId } from '../../events/referral.ts';
import { allowedCommands } from '../../shared/referral/allowed.ts';
import type { Act, Command, Worker } from '../../shared/referral/command.ts';
import { claimsOn } from '../../shared/referral/lines.ts';
import { isOpen, isServing } from '../../shared/referral/offers.ts';
import { countryOf } from '../../shared/referral/order.ts';
import type { Offer, Referral } from '../../shared/referral/state.ts';
import { contextAt, dueIn, NOW, type Pair } from './convergence.ts';
import { command } from './given.ts';
import { later, nextYear, shelter, worker } from './people.ts';

/** A decision, and whether it is the clock’s, when its time is over. */
export type Choice = { readonly command: Command; readonly late?: true };

type At = {
  readonly referral: Referral;
  readonly offer: Offer | undefined;
  readonly asked: readonly Office[];
};

/** Each line by itself, and all. */
const some = (lines: readonly LineId[]): (readonly LineId[])[] =>
  lines.length > 1 ? [...lines.map((line) => [line]), lines] : [lines];

const reasons = (...codes: string[]) => codes.map((reason) => ({ reason }));
/** One for each way that a line may go, and for each gate that shuts. */
const wishes = reasons(
  'no-longer-required',
  'person-request',
  'placed-elsewhere',
  'safety',
  'other',
);
const answers = reasons('no-capacity', 'prerequisites-missing', 'person-declined', 'other');
const notice = { noticeVersion: 'test', noticeHash: 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg' };

/** Every input that makes a difference. */
const inputs: Partial<Record<Act, (at: At) => readonly object[]>> = {
  accept: ({ offer }) =>
    some(offer?.lines ?? []).map((lines) => {
      const left = (offer?.lines ?? []).filter((line) => !lines.includes(line));
      const rows = left.map((line) => ({ line, reason: 'no-capacity' }));
      return { lines, ...(left.length > 0 && { left: rows }) };
    }),
  decline: () => answers,
  'withdraw-acceptance': () => answers,
  withdraw: () => wishes,
  'request-cancellation': ({ offer }) =>
    some(offer?.lines ?? []).flatMap((lines) => wishes.map((wish) => ({ ...wish, lines }))),
  'stop-line': ({ referral }) =>
    referral.lines.map(({ id }) => ({ line: id, reason: 'no-longer-required' })),
  'place-line': ({ referral }) =>
    referral.lines.flatMap(({ id }) =>
      claimsOn(referral, id).map((offer) => ({ line: id, offer: offer.id })),
    ),
  offer: ({ referral, asked }) =>
    asked.flatMap((office) =>
      some(referral.lines.map(({ id }) => id)).flatMap((lines) =>
        [false, true].map((parallel) => ({
          office,
          lines,
          sameOfficeAgain: 'capacity-now',
          ...(parallel && { parallel }),
        })),
      ),
    ),
  'report-progress': () => [{ kind: 'contact-made' }],
  hold: () => [{ reason: 'awaiting-document', review: later(60 * 24 * 10) }],
  reopen: () => reasons('need-not-met'),
  'mark-error': () => reasons('test-entry'),
  close: ({ offer }) =>
    ['service-completed', 'no-show', 'service-unavailable'].map((outcome) => ({
      outcomes: (offer?.lines ?? []).map((line) => ({ line, outcome })),
    })),
  'approve-lift': ({ referral }) => referral.safety.proposals.map(({ id }) => ({ proposal: id })),
  'record-arrival': () => [{ how: 'seen' }],
  'confirm-erasure': () => [{ destroyed: true }],
  'give-report': () => [{ identification: 'in-person-known' }],
  amend: () => [{ urgency: 'urgent' }],
  'withdraw-consent': ({ referral }) => [
    { identification: 'in-person-known' },
    ...referral.consent.grants
      .slice(0, 1)
      .map(({ id }) => ({ identification: 'in-person-known', grants: [id] })),
  ],
  'refer-onward': ({ offer, asked }) =>
    asked.flatMap((office) => some(offer?.lines ?? []).map((lines) => ({ office, lines }))),
  'propose-override': () => [{ basis: 'danger-to-life' }],
  'approve-override': () => [{ basis: 'danger-to-life' }],
  'propose-hand-over': () => [{ office: shelter }],
  'record-consent': ({ referral }) => [
    {
      ...notice,
      grants: referral.consent.grants.slice(0, 1).map(({ office, direction, stages }) => ({
        office,
        direction,
        stages,
        expires: nextYear,
      })),
    },
  ],
};

/** The system’s clocks that end something. */
const byClock = (referral: Referral, country: Country): Choice[] =>
  referral.offers
    .filter(({ owner }) => owner === country)
    .flatMap((offer): Choice[] => {
      const name = isOpen(offer) ? 'expire' : isServing(offer) ? 'confirm-cancellation' : undefined;
      return name
        ? [{ command: command(name, { system: country }, {}, offer.id), late: true }]
        : [];
    });

export type Wanted = {
  /** Whom a further offer may ask. */
  readonly asked: readonly Office[];
  /** Only these commands; all without it. */
  readonly only?: readonly Act[];
};

const desksOf = (referral: Referral, country: Country): Worker[] => {
  const { sender, offers, helplines, proposed } = referral;
  const all = [sender, ...offers.map(({ office }) => office), ...helplines];
  return [
    ...new Set([
      ...all,
      ...(proposed ? [proposed] : []),
      ...referral.named.map(({ office }) => office),
    ]),
  ]
    .filter((office) => countryOf(office) === country)
    .map((office) => worker(office, 'supervisor'));
};

/** All that anybody in a country may do now, with each input that makes a difference; its system’s next step too. */
export const choicesIn = (pair: Pair, country: Country, { asked, only }: Wanted): Choice[] => {
  const { state } = pair[country];
  const { referral } = state;
  if (!referral) return [];
  const people = desksOf(referral, country).flatMap((caller) =>
    allowedCommands(state, caller, contextAt(country, NOW)).flatMap(
      ({ command: name, offer: id }) => {
        const offer = referral.offers.find((o) => o.id === id);
        const given = inputs[name]?.({ referral, offer, asked }) ?? [{}];
        return given.map((input): Choice => ({ command: command(name, caller, input, id) }));
      },
    ),
  );
  const due = dueIn(pair, country);
  const system = [...(due ? [{ command: due }] : []), ...byClock(referral, country)];
  return [...people, ...system].filter((c) => !only || only.includes(c.command.do));
};
