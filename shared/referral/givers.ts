import type { AgeBand, CaseFile, ConsentRecord, GivenBy, Scopes } from '../../events/case-file.ts';
import type { Country, Instant, Reach } from '../../events/envelope.ts';

/** `facts.md` §3. In Viet Nam a child is under 16 (Law on Children 2016, Article 1). */
const laws: Readonly<Record<Country, (age: number) => readonly GivenBy[]>> = {
  kr: (age) => (age < 14 ? ['guardian', 'both'] : ['self', 'guardian', 'both']),
  vn: (age) => {
    if (age < 7) return ['guardian', 'both'];
    return age < 16 ? ['both'] : ['self', 'guardian', 'both'];
  },
};

/** Who may consent at this age, in years: by the law of the country, and where both are reached by both laws. */
export const giversAt = (age: number, reach: Reach): readonly GivenBy[] =>
  reach === 'both' ? laws.kr(age).filter((one) => laws.vn(age).includes(one)) : laws[reach](age);

/** The strictest age that a band may mean, where no birth date is known. */
const ages: Readonly<Record<AgeBand, number>> = {
  'under-14': 13,
  '14-17': 14,
  '18-24': 18,
  '25-34': 25,
  '35-49': 35,
  '50-64': 50,
  '65-and-over': 65,
};

/** In years. */
export const ageAt = (birthDate: string, at: Instant): number => {
  const years = Number(at.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return at.slice(5, 10) < birthDate.slice(5) ? years - 1 : years;
};

/** Hers, by the birth date where it is known, else by her age band. */
export const herAge = (
  { summary, identity }: Pick<CaseFile, 'summary' | 'identity'>,
  at: Instant,
): number => (identity?.birthDate ? ageAt(identity.birthDate, at) : ages[summary.ageBand]);

/** What of these scopes was given by who had to give it: nothing where she could not, and no child whose own giver is wrong. */
export const validScopes = (
  scopes: Scopes,
  { givenBy, children = [] }: Pick<ConsentRecord, 'givenBy' | 'children'>,
  {
    person,
    childAt,
  }: {
    readonly person: number | undefined;
    readonly childAt: (child: number) => number | undefined;
  },
  reach: Reach,
): Scopes | undefined => {
  if (person === undefined || !giversAt(person, reach).includes(givenBy)) return undefined;
  const isGiven = (child: number) => {
    const age = childAt(child);
    const by = children.find((one) => one.child === child)?.givenBy;
    return age !== undefined && by !== undefined && giversAt(age, reach).includes(by);
  };
  return { ...scopes, ...(scopes.children && { children: scopes.children.filter(isGiven) }) };
};
