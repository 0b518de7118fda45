import fc from 'fast-check';
import type { Country, Fact, Office, Reach } from '../../events/envelope.ts';
import { ReferralFact } from '../../events/facts.ts';
import { countryOf, peerOf } from '../../shared/referral/order.ts';
import { placed, type Step, submitted } from './facts.ts';
import { abroad, home, sender, stranger, third, union } from './people.ts';
import { accepted, referred } from './steps.ts';

const pick = <T>(...of: readonly T[]) => fc.constantFrom(...of);
const begin = submitted({ lines: [[abroad, union], [home]] });

/** Whom an offer of these logs asks, and for what. */
const asked = (offer: string): { office: Office; lines: string[] } => {
  if (offer === 'kr1-1') return { office: abroad, lines: ['l1'] };
  if (offer === 'kr1-2') return { office: home, lines: ['l2'] };
  return { office: union, lines: ['l1'] };
};

type Onward = { readonly partOf?: string | undefined; readonly onward?: boolean | undefined };

const rightActor = (type: string, office: Office, { partOf, onward }: Onward): string => {
  if (type === 'offer.made.v1' && partOf) return asked(partOf).office;
  if (type === 'service.closed.v1' && onward) return `${countryOf(office)}:system`;
  if (type === 'offer.cancelled.v1') return `${countryOf(office)}:system`;
  const bySender = ['referral.submitted.v1', 'offer.made.v1', 'offer.withdrawal-requested.v1'];
  return bySender.includes(type) ? sender : office;
};

const types = ReferralFact.options.map(({ shape }) => shape.type.value);
type Slot = { readonly step: Step; readonly country: Country; readonly seen: number };

/** Mostly what its writer may write, with one thing wrong in every third. */
const anySlot: fc.Arbitrary<Slot> = fc
  .record({
    type: pick(
      ...types,
      'offer.accepted.v1',
      'offer.accepted.v1',
      'offer.made.v1',
      'service.started.v1',
      'offer.pondered.v1',
    ),
    offer: pick('kr1-1', 'kr1-1', 'kr1-1', 'kr1-2', 'kr1-2', 'kr2-1', 'vn2-1', 'vn3-1'),
    partOf: fc.option(pick('kr1-1', 'kr1-1', 'kr1-1', 'vn2-1'), { freq: 3, nil: undefined }),
    onward: fc.option(fc.constant(true), { freq: 2, nil: undefined }),
    next: pick('none', 'next-office', 'sender', 'human', 'stop'),
    cause: pick('withdrawn', 'placed-elsewhere', 'clock', 'error'),
    state: pick('completed', 'failed'),
    kind: pick('contact-made', 'contact-attempted', 'visit', 'note'),
    shut: fc.boolean(),
    seen: fc.nat(3),
    wrong: fc.option(
      fc.record(
        {
          actor: pick(
            sender,
            abroad,
            union,
            third,
            stranger,
            'kr',
            'kr:system',
            'vn:system',
            'vn:gate',
          ),
          country: pick<Country>('kr', 'vn'),
          lines: pick(['l9'], ['l1', 'l2'], ['l2'], ['l1', 'l1']),
          reach: pick<Reach>('kr', 'vn'),
          id: pick('kr9-9', 'vn1-1', 'no id'),
          replaces: pick('kr1-1', 'kr9-1'),
          partOf: pick('kr1-1', 'kr9-1'),
        },
        { requiredKeys: [] },
      ),
      { freq: 2, nil: undefined },
    ),
  })
  .map(({ type, offer, wrong = {}, next, state, seen, onward, ...rest }): Slot => {
    const partOf = wrong.partOf ?? (rest.partOf as string | undefined);
    const of = asked(offer);
    const actor = wrong.actor ?? rightActor(type, of.office, { partOf, onward });
    const country = wrong.country ?? countryOf(actor);
    const reach = wrong.reach ?? 'both';
    if (type === 'referral.submitted.v1')
      return { step: { ...begin, actor, reach }, country, seen };
    const named = wrong.lines ?? of.lines;
    const lines =
      type === 'service.closed.v1' ? named.map((line) => ({ line, state, next })) : named;
    const { office } = type === 'offer.made.v1' ? { office: union } : of;
    const id = wrong.id ?? (type === 'offer.made.v1' ? 'next' : offer);
    const { replaces } = wrong;
    const data = {
      offices: [sender, office],
      offer: id,
      office,
      lines,
      next,
      reason: 'other',
      ...rest,
    };
    return {
      step: {
        type,
        actor,
        reach,
        data: {
          ...data,
          ...(replaces && { replaces }),
          ...(partOf && { partOf }),
          ...(onward && { onward }),
        },
      },
      country,
      seen,
    };
  });

/** An office that serves her has referred her onward. */
const referredBefore: readonly Slot[] = [
  { step: accepted(), country: 'vn', seen: 1 },
  { step: referred({ to: union, offer: 'vn2-1' }), country: 'vn', seen: 1 },
];

const slots = fc
  .record({
    all: fc.array(anySlot, { maxLength: 18, size: 'max' }),
    before: pick([], referredBefore),
  })
  .map(({ all, before }) => [...before, ...all]);

const inSlots = (all: readonly Slot[], seenOf: (slot: Slot, peer: number) => number): Fact[] => {
  const count = { kr: 1, vn: 0 };
  const rest = all.map((slot) => {
    const { step, country } = slot;
    count[country] += 1;
    const seq = count[country];
    const data =
      step.data.offer === 'next' ? { ...step.data, offer: `${country}${seq}-1` } : step.data;
    return placed({ ...step, data }, country, seq, seenOf(slot, count[peerOf(country)]));
  });
  return [placed(begin, 'kr', 1, 0), ...rest];
};

/** Facts as no honest country writes them, in slots without gaps: wrong owners, actors, offers, times, `seen`. */
export const oddFacts: fc.Arbitrary<Fact[]> = slots.map((all) => inSlots(all, ({ seen }) => seen));

/** The same, but each had seen no more than there was: what `receive-facts` lets in, in the order of its making. */
export const oddButCaused: fc.Arbitrary<Fact[]> = slots.map((all) =>
  inSlots(all, ({ seen }, there) => Math.max(0, there - (seen === 3 ? 1 : 0))),
);
