import { catalogue } from '../../events/catalogue.ts';
import {
  type Actor,
  type Country,
  Fact,
  type Instant,
  type Office,
  type Reach,
  type Ref,
} from '../../events/envelope.ts';
import { countryOf, countsOf, peerOf } from '../../shared/referral/order.ts';
import { abroad, home, later, nextYear, sender, third, union } from './people.ts';

export const ref = 'ref_0000000000000000000000TEST' as Ref;

/** A fact without its place in the log. */
export type Step = {
  readonly type: string;
  readonly actor: string;
  readonly data: Record<string, unknown>;
  readonly country?: Country;
  readonly reach?: Reach;
};

/** A fact in the slot `country`/`seq`, with `seen` of the other country's. */
export const placed = (step: Step, country: Country, seq: number, seen: number): Fact => ({
  specversion: '1.0',
  id: `${ref}/${country}/${seq}`,
  source: `urn:referrals:${country}`,
  type: step.type,
  subject: ref,
  time: later(seq + seen),
  country,
  seq,
  seen,
  reach: step.reach ?? 'both',
  actor: step.actor as Actor,
  data: step.data as Fact['data'],
});

/** Facts one after the other, each country knowing all that went before; each must be valid by its contract. */
export const log = (...steps: readonly Step[]): Fact[] => onward([], ...steps);

/** A log that goes on. */
export const onward = (before: readonly Fact[], ...steps: readonly Step[]): Fact[] => {
  const facts = [...before];
  for (const step of steps) {
    const country = step.country ?? countryOf(step.actor);
    const counts = countsOf(facts);
    const fact = placed(step, country, counts[country] + 1, counts[peerOf(country)]);
    facts.push((catalogue.get(step.type) ?? Fact).parse(fact) as Fact);
  }
  return facts;
};

type Grant = {
  office: Office;
  direction?: string;
  stages?: number[];
  expires?: Instant;
  onward?: Office[];
};

const grantOf = ({ office, ...rest }: Grant, i: number) => ({
  grant: `kr1-${i + 1}`,
  office,
  direction: office === sender ? 'vn-kr' : countryOf(office) === 'kr' ? 'kr' : 'kr-vn',
  stages: [1, 2],
  onward: [],
  expires: nextYear,
  ...rest,
});

export type Submission = {
  readonly lines?: readonly (readonly Office[])[];
  readonly feedback?: string;
  readonly contact?: string;
  readonly urgency?: string;
  readonly reach?: Reach;
  readonly grants?: readonly Grant[];
  readonly helplines?: readonly Office[];
};

const everyone = [abroad, union, third, home, sender].map((office) => ({ office }));

const mayRefer = <T extends { office: Office }>(grant: T) => ({
  ...grant,
  onward: [third, union, home, abroad].filter((office) => office !== grant.office),
});

/** All of them, and each may refer her onward to the others. */
export const onwardGrants: readonly Grant[] = [
  ...everyone.map(mayRefer),
  { office: third, direction: 'vn' },
];

/** What an office of Viet Nam needs besides to be referred to by another there, and one of Korea by one of Viet Nam. */
export const moreGrants: readonly Grant[] = [
  ...onwardGrants,
  ...[abroad, union].map((office) => mayRefer({ office, direction: 'vn' })),
  mayRefer({ office: home, direction: 'vn-kr' }),
];

/** What an office of the origin needs to take a referral over: to read, and to be told what comes back over the border. */
export const takesOver = (office: Office): readonly Grant[] => [
  { office },
  { office, direction: 'vn-kr' },
];

/** The first fact: the sender asks the first office of each line's list. */
export const submitted = (of: Submission = {}): Step => {
  const lines = (of.lines ?? [[abroad, union, third]]).map((offices, i) => ({
    line: `l${i + 1}`,
    offices,
  }));
  const first = Map.groupBy(lines, ({ offices }) => offices[0] as Office);
  const offers = [...first].map(([office, its], i) => ({
    offer: `kr1-${i + 1}`,
    office,
    lines: its.map(({ line }) => line),
  }));
  return {
    type: 'referral.submitted.v1',
    actor: sender,
    ...(of.reach !== undefined && { reach: of.reach }),
    data: {
      offices: [sender, ...first.keys()],
      by: 'sendersworker000',
      urgency: of.urgency ?? 'normal',
      lines,
      offers,
      consent: {
        noticeVersion: 'test',
        noticeHash: 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg',
        feedback: of.feedback ?? 'progress',
        contact: of.contact ?? 'office-contacts-person',
        grants: (of.grants ?? everyone).map(grantOf),
      },
      helplines: of.helplines ?? [],
    },
  };
};
