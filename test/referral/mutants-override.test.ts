import { describe, expect, test } from 'vitest';
import type { Fact, Office } from '../../events/envelope.ts';
import { openOverrides, overridesIn } from '../../shared/referral/override.ts';
import { log, onward, submitted } from '../support/facts.ts';
import { command, given, after as grown } from '../support/given.ts';
import { honest } from '../support/now.ts';
import { abroad, home, later, sender, shelter, third, union } from '../support/people.ts';
import { bySupervisor, may, said } from '../support/permission.ts';
import { isSetAside, next } from '../support/setting-aside.ts';
import {
  accepted,
  declined,
  inError,
  made,
  namedFor,
  overridden,
  overrideEnded,
  overrideProposed,
  referred,
} from '../support/steps.ts';

// Of the office at home and the one abroad she allowed the summary alone.
const grants = [
  { office: home, stages: [1] },
  { office: abroad, stages: [1] },
  { office: union },
  { office: sender },
];
const begun = log(submitted({ lines: [[home, abroad], [abroad], [union]], grants }));
const proposed = onward(begun, overrideProposed(home, 'kr2-1'));
const approved = onward(proposed, overridden(sender, 'kr2-1', 'kr3-1'));
const there = onward(
  begun,
  overrideProposed(abroad, 'vn1-1'),
  namedFor('28', third),
  overridden(third, 'vn1-1', 'vn3-1'),
);
const proposes = (who: Office, facts: readonly Fact[] = begun) =>
  said(() => given(facts).when(bySupervisor(who, 'propose-override', { basis: 'danger-to-life' })));
const covered = '409 not-allowed-now: Her consent covers your office: there is nothing to override';
const over =
  '409 not-allowed-now: The referral is over, an override or a safety hold is in force, or she withdrew her consent';

describe('an override is proposed', () => {
  test('by the sender for whom it asks next, and by an office that lacks a consent of its own', () => {
    expect([sender, home, abroad, union].map((office) => proposes(office))).toEqual([
      ...['allowed', 'allowed', 'allowed', covered],
    ]);
    for (const office of [sender, home]) expect(may(begun, 'propose-override', office)).toBe(true);
    expect(may(begun, 'propose-override', union)).toBe(false);
  });

  test('not by an office that is done, but for an offer that it still has', () => {
    const done = onward(begun, declined({ office: home }));
    expect(proposes(home, done)).toBe(over);
    const again = onward(done, made({ office: home, offer: 'kr3-1', actor: sender }));
    expect(proposes(home, again)).toBe('allowed');
  });

  test('by an office that her consent covers for one of its offers alone', () => {
    const inside = [{ office: union }, { office: union, direction: 'vn', stages: [1] }];
    const both = onward(
      log(
        submitted({
          lines: [[abroad], [union]],
          grants: [{ office: abroad, onward: [union] }, ...inside],
        }),
      ),
      accepted(),
    );
    expect(proposes(union, both)).toBe(covered);
    const asked = onward(both, referred({ to: union, offer: 'vn2-1' }));
    expect(proposes(union, asked)).toBe('allowed');
  });

  test('not once the referral is over', () => {
    expect(proposes(home, onward(begun, inError))).toBe(over);
  });
});

describe('proposals of a country', () => {
  const open = (facts: readonly Fact[], country: 'kr' | 'vn' = 'kr') =>
    openOverrides(honest(facts).referral, country).map(({ id }) => id);
  test('wait whatever is in force in the other', () => {
    expect(open(onward(there, overrideProposed(home, 'kr2-1')))).toEqual(['kr2-1']);
    expect(open(there, 'vn')).toEqual([]);
  });

  test('and what ends in one is in force in the other', () => {
    const both = onward(
      there,
      overrideProposed(home, 'kr2-1'),
      overridden(sender, 'kr2-1', 'kr3-1'),
    );
    const { referral } = honest(onward(both, overrideEnded('kr:system', 'kr3-1')));
    expect(overridesIn(referral, 'kr')).toEqual([]);
    expect(overridesIn(referral, 'vn')).toHaveLength(1);
  });

  test('wait not while one is in force there, also those made since', () => {
    const since = onward(approved, overrideProposed(home, 'kr4-1'));
    expect(open(since)).toEqual([]);
    expect(open(onward(since, overrideEnded('kr:system', 'kr3-1')))).toEqual(['kr4-1']);
    const fact = next(since, overridden(sender, 'kr4-1', 'kr5-1'));
    expect(isSetAside(since, fact)).toBe(true);
  });
});

describe('an override is heard by the sender, who proposed it and who approved it', () => {
  const offices = (facts: readonly Fact[]) => facts.at(-1)?.data.offices;
  const approves = (facts: readonly Fact[], who: Office, input: object = {}) =>
    given(facts).when(bySupervisor(who, 'approve-override', { basis: 'danger-to-life', ...input }));

  test('when it is approved, of several the last that was proposed if none is named', () => {
    const two = onward(
      begun,
      overrideProposed(home, 'kr2-1'),
      overrideProposed(home, 'kr3-1'),
      namedFor('28', shelter),
    );
    expect(approves(two, shelter)?.data).toMatchObject({
      ...{ offices: [sender, home, shelter], proposal: 'kr3-1', override: 'kr5-1' },
    });
    expect(approves(two, sender, { proposal: 'kr2-1' })?.data).toMatchObject({
      ...{ offices: [sender, home], proposal: 'kr2-1' },
    });
    expect(said(() => approves(two, sender, { proposal: 'kr9-1' }))).toBe(
      '422 invalid-field: Must be one of: kr2-1, kr3-1 (/proposal)',
    );
  });

  test('when it ends', () => {
    const ends = (facts: readonly Fact[], country: 'kr' | 'vn') =>
      offices(grown(facts, command('end-override', { system: country }), later(73 * 60)));
    const two = onward(begun, overrideProposed(sender, 'kr2-1'), overrideProposed(home, 'kr3-1'));
    expect(ends(onward(two, overridden(sender, 'kr3-1', 'kr4-1')), 'kr')).toEqual([sender, home]);
    expect(ends(there, 'vn')).toEqual([sender, abroad]);
  });
});
