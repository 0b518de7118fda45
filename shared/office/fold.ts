import type * as z from 'zod';
import type { Fact, Instant, Office } from '../../events/envelope.ts';
import { OfficeFact, type PublicKey } from '../../events/office.ts';
import type { Capacity } from '../../events/office-entry.ts';
import { countryOf, inOrder } from '../referral/order.ts';
import { hidesAddress } from './secret.ts';

type Registered = Extract<OfficeFact, { type: 'office.registered.v1' }>['data'];

/** What an office may change itself. */
export const profileParts = [
  'name',
  'coverage',
  'areas',
  'services',
  'languages',
  'takesReferrals',
  'requiredDocuments',
  'phones',
  'schedules',
  'addresses',
] as const;
type Profile = Readonly<Pick<Registered, (typeof profileParts)[number]>>;

/** A key and since when it counts. */
export type OfficeKey = z.infer<typeof PublicKey> & { readonly from?: Instant | undefined };

/** An office's entry of the directory. `folded`: how many facts it was made of. */
export type OfficeState = Profile & {
  readonly office: Office;
  readonly active: boolean;
  readonly suspended?: Instant;
  readonly kind: string;
  readonly authority?: Registered['authority'];
  readonly keys: readonly OfficeKey[];
  /** Names of keys that were removed: none of them ever comes back. */
  readonly retired: readonly string[];
  readonly capacity?: { readonly status: Capacity; readonly updated: Instant };
  /** When the entry was last said to be right. */
  readonly assured: Instant;
  readonly folded: number;
};

/** An office's log as its entry. Total: a second registration, and what somebody else wrote, is set aside. */
export const foldOffice = (facts: readonly Fact[]): OfficeState | undefined => {
  let state: OfficeState | undefined;
  for (const fact of facts.toSorted(inOrder)) {
    const known = OfficeFact.safeParse(fact);
    if (known.success && isByWriter(known.data)) state = evolve(state, known.data);
  }
  return state && { ...state, folded: facts.length };
};

/** Its country's operator registers and suspends; the rest is the office's own. */
const isByWriter = ({ type, country, actor, subject }: OfficeFact): boolean => {
  const byOperator = type === 'office.registered.v1' || type === 'office.suspended.v1';
  const writer = byOperator ? `${country}:operator` : subject;
  return country === countryOf(subject) && actor === writer;
};

const evolve = (state: OfficeState | undefined, fact: OfficeFact): OfficeState | undefined => {
  if (fact.type === 'office.registered.v1') return state ?? registered(fact);
  if (!state) return undefined;
  switch (fact.type) {
    case 'office.changed.v1':
      return { ...state, ...profileOf(fact.data, state.kind), assured: fact.time };
    case 'office.capacity-set.v1':
      return { ...state, capacity: { status: fact.data.capacity, updated: fact.time } };
    case 'office.keys-rotated.v1': {
      const { added, removed, from } = fact.data;
      const left = state.keys.filter(({ kid }) => !removed.includes(kid));
      const keys = [...left, ...added.map((key) => ({ ...key, from }))];
      return { ...state, keys, retired: [...state.retired, ...removed] };
    }
    case 'office.suspended.v1':
      return { ...state, active: false, suspended: state.suspended ?? fact.time };
  }
};

type Changed = Extract<OfficeFact, { type: 'office.changed.v1' }>['data'];

/** Only these parts, whatever else a fact brings; and no address of what must not be found. */
const profileOf = (data: Changed, kind: string): Partial<Profile> =>
  Object.fromEntries(
    profileParts
      .filter((part) => data[part] !== undefined)
      .filter((part) => part !== 'addresses' || !hidesAddress(kind))
      .map((part) => [part, data[part]]),
  );

const registered = ({
  data,
  subject,
  time,
}: Extract<OfficeFact, { type: 'office.registered.v1' }>) => {
  const { kind, authority, name, coverage, areas, services, languages, takesReferrals } = data;
  return {
    ...{ name, coverage, areas, services, languages, takesReferrals },
    ...profileOf(data, kind),
    ...{ kind, office: subject as Office, active: true, retired: [], assured: time, folded: 0 },
    ...(authority && { authority }),
    keys: data.keys.map((key) => ({ ...key, from: time })),
  };
};
