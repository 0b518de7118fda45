import { afterAll, describe, expect, test } from 'vitest';
import type { Scopes } from '../../events/case-file.ts';
import type { Country, Fact, Instant, Office } from '../../events/envelope.ts';
import { Refused } from '../../shared/errors.ts';
import { partsOf } from '../../shared/referral/case-file-parts.ts';
import { cutFile } from '../../shared/referral/cut-file.ts';
import { fold } from '../../shared/referral/fold.ts';
import { type Access, accessOf } from '../../shared/referral/gate.ts';
import { caseFile } from '../support/case-file.ts';
import { besides, consents } from '../support/consents.ts';
import { type Beside, type Consent, given, partsFor, type Reader } from '../support/gate-oracle.ts';
import { letterOf, refusals, tables } from '../support/gate-tables.ts';
import {
  abroad,
  contextIn,
  home,
  later,
  sender,
  shelter,
  stranger,
  third,
  union,
  worker,
} from '../support/people.ts';
import { situations } from '../support/situations.ts';

// Every situation of the table × office × role × gate × consent × what stands beside it, against the oracle.

/** Their consent is no whole one to begin with: the table has each of them. */
const itself = [
  ...[
    'none',
    'withdrawn',
    'withdrawn-late',
    'withdrawn-by-sender',
    'refuted',
    'confirmed',
    'lapsed',
  ],
  ...['consents-anew', 'went-on', 'unconsented', 'receipt-due', 'to-hand-over', 'handed-over'],
  ...['to-override', 'overridden'],
];
const afterAllExpired = '2027-12-01T00:00:00.000Z' as Instant;
const gates: readonly Country[] = ['kr', 'vn'];
const roles = ['worker', 'supervisor'] as const;

const parts = partsOf(caseFile({ children: [], documents: [] }));
const codes = [
  ...['share-coded-summary', 'share-identity', 'share-contact', 'share-reason'],
  ...['share-sensitive-gbv', 'share-sensitive-health'],
];
/** None, each alone, all but each, all. */
const scopeSets = [
  [],
  ...codes.map((c) => [c]),
  ...codes.map((c) => codes.filter((one) => one !== c)),
  codes,
];

const met = { cells: 0, cuts: 0, letters: {} as Record<string, number> };
afterAll(() => {
  console.log(`the gate: ${met.cells} cells, ${met.cuts} cut files`, met.letters);
  expect(met.cells).toBeGreaterThan(100_000);
  const rarest = ['1', '2', 'w', 's', '-', 'o', 'c', 'x'].map((letter) => met.letters[letter] ?? 0);
  expect(Math.min(...rarest)).toBeGreaterThan(100);
});

/** What the same access shows an office of the police. */
const policeReads = (access: Access, way: Scopes): string[] => {
  const {
    scopes: _,
    consent: __,
    ...content
  } = cutFile(parts, { ...access, authority: true }, way);
  return Object.keys(content).toSorted();
};

/** What this worker reads, as a letter; and of a file by each set of scopes, no part too many and none too few. */
const read = (
  state: ReturnType<typeof fold>,
  { office, role, gate }: Reader,
  at: Instant,
): string => {
  const access = accessOf(state, worker(office, role), contextIn(gate, at));
  if (access instanceof Refused) return refusals[access.code] ?? access.code;
  expect(access).not.toHaveProperty('authority');
  const letter = letterOf(access);
  for (const scopes of scopeSets) {
    const way = { office, direction: 'kr-vn', scopes, identity: ['name'] } as Scopes;
    const { scopes: _, consent: __, ...content } = cutFile(parts, access, way);
    const expected = partsFor(letter, scopes, access.stage === 2);
    if (Object.keys(content).toSorted().join() !== expected.join())
      return `${letter} with ${Object.keys(content)} for ${scopes}`;
    const asPolice = policeReads(access, way);
    const named = policeReads(access, { ...way, scopes: [...scopes, 'share-with-authorities'] });
    const unnamed = access.by === 'consent' ? [] : expected;
    if (asPolice.join() !== unnamed.join() || named.join() !== expected.join())
      return `${letter} with ${asPolice}, and ${named} by name, for the police`;
    met.cuts += 3;
  }
  return letter;
};

/** A child of an office abroad was asked there. */
const madeIn = (facts: readonly Fact[], office: Office): Country =>
  facts.some(
    ({ type, country, data }) =>
      type === 'offer.made.v1' &&
      country === 'vn' &&
      (data as { office?: string }).office === office,
  )
    ? 'vn'
    : 'kr';

/**
 * An acceptance that is asked to leave does not count while another is not (`lifecycle.md`): once she no longer allows the office
 * that has the line, the other one, which an override covers, serves her again.
 */
const takesBack = (
  name: string,
  office: Office,
  { first, second, withdrawn }: Consent,
  also: Beside,
) => {
  const uncovered = !first && !second && !withdrawn;
  return (
    name === 'placed-away' && office === home && uncovered && also.override === 'kr' && !also.hold
  );
};

describe.each([
  ['an office abroad', abroad, 'vn', tables.abroad],
  ['an office of the sender’s country', home, 'kr', tables.home],
] as const)('when %s was asked', (_, asked, country, rows) => {
  const all = situations(asked, country);
  const offices = [asked, sender, union, third, shelter, stranger];
  const whole = rows.filter(([name = '']) => !itself.includes(name));

  test.each(whole)(
    '%s: by the words of the design, whatever her consent',
    (name = '', ...cells) => {
      const wrong: string[] = [];
      for (const [consent, [change, means]] of Object.entries(consents))
        for (const [beside, [adds, also]] of Object.entries(besides)) {
          if (also.override === 'kr' && asked !== home) continue; // nobody there to propose it
          if (also.override && change.late) continue; // it is over by then
          // An override is proposed before she closes anything.
          const base = all[name] ?? [];
          const facts = also.override
            ? change.facts(adds.facts(base))
            : adds.facts(change.facts(base));
          const state = fold(facts);
          const at = change.late ? afterAllExpired : later(120);
          for (const [i, office] of offices.entries())
            for (const role of roles)
              for (const [g, gate] of gates.entries()) {
                const cell = (cells[i] ?? '').match(/[^m]m?/g)?.[g] ?? '';
                const reader = { office, role, gate, made: madeIn(base, office) };
                const falls = takesBack(name, office, means, also) && gate === 'kr';
                const expected = falls ? 'o' : given(cell, means, also, reader);
                const found = read(state, reader, at);
                met.cells += 1;
                met.letters[found] = (met.letters[found] ?? 0) + 1;
                // Nobody reads who she is but the sender, and who serves her.
                if (cell[0] === '1' && /[2w]/.test(found))
                  wrong.push(`${office} reads her identity`);
                if (found !== expected)
                  wrong.push(
                    `${consent} · ${beside} · ${office} ${role} at ${gate}: ${found}, not ${expected}`,
                  );
              }
        }
      expect(wrong).toEqual([]);
    },
  );
});
