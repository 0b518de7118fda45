import type { Country, Fact, Office } from '../../events/envelope.ts';
import { unsettled } from '../../shared/referral/consent.ts';
import { fold } from '../../shared/referral/fold.ts';
import { onward, type Step } from './facts.ts';
import type { Beside, Consent } from './gate-oracle.ts';
import { abroad, helpline, home, nextYear, sender, third, union } from './people.ts';
import {
  askedToCancel,
  askedToEnd,
  consentLapsed,
  consentRecorded,
  consentWithdrawn,
  namedFor,
  overridden,
  overrideProposed,
  safetyHeld,
  settled,
} from './steps.ts';

/** A log goes on. `late`: it is read once every grant has expired. */
type Change = {
  readonly facts: (before: readonly Fact[]) => readonly Fact[];
  readonly late?: true;
};

const slot = (facts: readonly Fact[], country: Country) =>
  `${country}${facts.filter((fact) => fact.country === country).length + 1}`;
const ways: readonly [Office, string][] = [
  [abroad, 'kr-vn'],
  [union, 'kr-vn'],
  [third, 'kr-vn'],
  [third, 'vn'],
  [home, 'kr'],
];
/** Grants of `onwardGrants`: of the offices asked, and the sender's. */
const asked = ['kr1-1', 'kr1-2', 'kr1-3', 'kr1-4', 'kr1-6'];
const all = [...asked, 'kr1-5'];

const allows = (stages: readonly number[]): Change => ({
  facts: (before) => {
    const one = slot(before, 'kr');
    const step = consentRecorded(sender, `${one}-1`, 'kr');
    const grants = ways.map(([office, direction], i) => ({
      ...{ grant: `${one}-${i + 1}`, office, direction, stages, onward: [], expires: nextYear },
    }));
    return onward(before, { ...step, data: { ...step.data, grants } });
  },
});
const goesOn = (...steps: readonly Step[]): Change => ({
  facts: (before) => onward(before, ...steps),
});
const withdraws = (
  grants: readonly string[],
  how?: 'confirmed' | 'refuted',
  destroyed = false,
): Change => ({
  facts: (before) => {
    const id = `${slot(before, 'vn')}-1`;
    const then = how ? settled(how, sender, id) : undefined;
    const data = how === 'confirmed' ? { destroyed } : {};
    return onward(
      before,
      consentWithdrawn(union, id, ...grants),
      ...(then ? [{ ...then, data: { ...then.data, ...data } }] : []),
    );
  },
});
/** One after the other. */
const inTurn = (...changes: readonly Change[]): Change => ({
  facts: (before) => changes.reduce((facts, change) => change.facts(facts), before),
});
/** By the sender, of somebody whom she had not named. */
const writesMore: Change = {
  facts: (before) =>
    onward(before, consentRecorded(sender, `${slot(before, 'kr')}-1`, 'kr', { office: helpline })),
};
const refutes: Change = {
  facts: (before) => {
    const { referral } = fold(before);
    const waiting = referral ? unsettled(referral).map(({ id }) => id) : [];
    return onward(before, settled('refuted', sender, ...waiting));
  },
};
/** From the beginning: of the other way alone. */
const otherWay: Change = {
  facts: ([first, ...rest]) => {
    if (!first) return [];
    const { consent } = first.data as unknown as { consent: { grants: { office: Office }[] } };
    const grants = consent.grants.map((grant) =>
      grant.office === sender
        ? grant
        : { ...grant, direction: grant.office === home ? 'kr-vn' : 'vn-kr' },
    );
    return [
      { ...first, data: { ...first.data, consent: { ...consent, grants } } } as Fact,
      ...rest,
    ];
  },
};

const whole = { first: true, second: true, back: true };
const none = { first: false, second: false, back: true };

/** Stage × direction × expired × lapsed × narrowed × withdrawn (asked, confirmed, refuted), and what they mean. */
export const consents: Readonly<Record<string, readonly [Change, Consent]>> = {
  whole: [goesOn(), whole],
  'the summary alone': [allows([1]), { ...whole, second: false }],
  'all but the summary': [allows([2]), { ...whole, first: false }],
  'the other direction alone': [otherWay, none],
  expired: [
    { ...goesOn(), late: true },
    { ...none, back: false },
  ],
  lapsed: [goesOn(consentLapsed(...asked)), none],
  'lapsed, all': [goesOn(consentLapsed(...all)), { ...none, back: false }],
  withdrawn: [withdraws(asked), { ...none, withdrawn: 'offices' }],
  'withdrawn and refuted': [withdraws(asked, 'refuted'), whole],
  'withdrawn and confirmed': [withdraws(asked, 'confirmed'), { ...none, withdrawn: 'offices' }],
  'withdrawn and confirmed, and the rest lapsed': [
    inTurn(withdraws(asked, 'confirmed'), goesOn(consentLapsed('kr1-5'))),
    { ...none, back: false, withdrawn: 'offices' },
  ],
  'withdrawn, all': [withdraws(all), { ...none, back: false, withdrawn: 'all' }],
  'withdrawn and refuted, all': [withdraws(all, 'refuted'), whole],
  'withdrawn, all, and another consent written down': [
    inTurn(withdraws(all), writesMore),
    { ...none, back: false, withdrawn: 'all' },
  ],
  'the same, and refuted': [inTurn(withdraws(all), writesMore, refutes), whole],
  'lapsed, then withdrawn, all': [
    inTurn(goesOn(consentLapsed(...all)), withdraws(all)),
    { ...none, back: false, withdrawn: 'all' },
  ],
  'lapsed, then withdrawn and refuted': [
    inTurn(goesOn(consentLapsed(...all)), withdraws(all, 'refuted')),
    { ...none, back: false },
  ],
  'withdrawn and destroyed': [
    withdraws(all, 'confirmed', true),
    { ...none, back: false, withdrawn: 'all', destroyed: true },
  ],
};

const overrides = (country: Country): Change => ({
  facts: (before) => {
    const [one, two] = country === 'kr' ? [home, sender] : [union, third];
    const proposal = `${slot(before, country)}-1`;
    const proposed = onward(before, overrideProposed(one, proposal));
    const named = country === 'vn' ? onward(proposed, namedFor('28', two)) : proposed;
    return onward(named, overridden(two, proposal, `${slot(named, country)}-1`));
  },
});
const holds: Change = {
  facts: (before) => onward(before, safetyHeld(sender, `${slot(before, 'kr')}-1`)),
};
type Made = { readonly offer: string; readonly office: Office; readonly lines: string[] };
/** Of every offer, whatever it is by now. */
const shuts: Change = {
  facts: (before) => {
    const made = before.flatMap(({ type, data }): Made[] => {
      const { offers = [], ...one } = data as unknown as { offers?: Made[] } & Made;
      return type === 'offer.made.v1' ? [one] : offers;
    });
    const asks = made.flatMap(({ lines, ...of }) =>
      [askedToCancel, askedToEnd].map((ask) =>
        ask({ ...of, actor: sender }, { lines, shut: true }),
      ),
    );
    return onward(before, ...asks);
  },
};

/** What else may stand beside her consent; an override of Korea needs an office there beside the sender. */
export const besides: Readonly<Record<string, readonly [Change, Beside]>> = {
  'nothing else': [goesOn(), {}],
  'a safety hold': [holds, { hold: true }],
  shut: [shuts, { shut: true }],
  'overridden in Korea': [overrides('kr'), { override: 'kr' }],
  'overridden in Viet Nam': [overrides('vn'), { override: 'vn' }],
  'overridden in Korea, under a hold': [
    { facts: (before) => holds.facts(overrides('kr').facts(before)) },
    { override: 'kr', hold: true },
  ],
  'overridden in Viet Nam, and shut': [
    { facts: (before) => shuts.facts(overrides('vn').facts(before)) },
    { override: 'vn', shut: true },
  ],
};
