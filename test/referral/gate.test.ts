import { describe, expect, test } from 'vitest';
import type { Country, Fact, Instant, Office } from '../../events/envelope.ts';
import { Refused } from '../../shared/errors.ts';
import type { Context } from '../../shared/referral/command.ts';
import { fold } from '../../shared/referral/fold.ts';
import { accessOf, checkOf } from '../../shared/referral/gate.ts';
import { log, onward, placed, type Step, submitted } from '../support/facts.ts';
import {
  abroad,
  contextIn,
  helpline,
  home,
  later,
  sender,
  shelter,
  third,
  union,
  worker,
} from '../support/people.ts';
import {
  accepted,
  acknowledged,
  askedToCancel,
  consentLapsed,
  consentRecorded,
  consentRecordedFor,
  consentWithdrawn,
  contentErased,
  handOverProposed,
  lifted,
  liftProposed,
  made,
  namedFor,
  newer,
  overridden,
  overrideEnded,
  overrideProposed,
  referred,
  safetyHeld,
  settled,
  takenOver,
} from '../support/steps.ts';

type More = { gate?: Country; at?: Instant; role?: 'worker' | 'supervisor'; context?: object };
const read = (facts: readonly Fact[], office: Office, more: More = {}, door = accessOf) => {
  const { gate = 'kr', at = later(120), role = 'worker', context } = more;
  const access = door(fold(facts), worker(office, role), {
    ...contextIn(gate, at),
    ...context,
  } as Context);
  if (!(access instanceof Refused)) return access;
  expect(access.message).toMatch(/\w+ .*\w/);
  return `${access.status} ${access.code}`;
};
const CLOSED = '403 access-closed';
const UNKNOWN = '404 not-found';
const supervisor = { role: 'supervisor' } as const;

const grants = [{ office: abroad }, { office: sender }];
const first = log(submitted({ lines: [[abroad, third]], grants, helplines: [helpline] }));
const serving = onward(first, accepted());
/** A referral whose line three offices may be asked for. */
const shared = log(submitted({ lines: [[abroad, third, union]] }));

test('an office that was asked reads the summary of its lines, and more once it has accepted', () => {
  const access = { as: 'receiver', by: 'consent', grants: ['kr1-1'], lines: ['l1'], masked: false };
  expect(read(first, abroad)).toEqual({ ...access, stage: 1, served: [] });
  expect(read(serving, abroad)).toEqual({ ...access, stage: 2, served: ['l1'] });
});

test('who wrote the file reads all of it, and from the other country what her consent lets cross', () => {
  const access = { as: 'sender', stage: 2, lines: ['l1'], served: ['l1'], masked: false };
  expect(read(first, sender)).toEqual({ ...access, by: 'own', grants: [] });
  expect(read(first, sender, { gate: 'vn' })).toEqual({
    ...access,
    ...{ by: 'consent', grants: ['kr1-2'] },
  });
});

test('a stranger, and a helpline that has nothing to settle, learn nothing', () => {
  expect(read(first, third)).toBe(UNKNOWN);
  expect(read(first, helpline, supervisor)).toBe(UNKNOWN);
  expect(read([], abroad)).toBe(UNKNOWN);
  expect(read(onward(first, newer), third)).toBe(UNKNOWN);
});

test('nobody reads while a fact of a newer type is here', () => {
  for (const office of [sender, abroad])
    expect(read(onward(serving, newer), office)).toBe('409 newer-fact-here');
});

test('a grant that is over opens nothing, though no fact says so yet', () => {
  const expires = later(100);
  const short = log(
    submitted({ lines: [[abroad]], grants: [{ office: abroad, expires }, { office: sender }] }),
    acknowledged(),
  );
  expect(read(short, abroad, { at: later(99) })).toMatchObject({ stage: 1 });
  expect(read(short, abroad, { at: expires })).toBe(CLOSED);
  expect(read(onward(short, accepted()), abroad, { at: expires })).toBe(CLOSED);
});

test('when all consent has lapsed the sender still reads what it wrote, and nobody else', () => {
  const lapsed = onward(serving, consentLapsed('kr1-1', 'kr1-2'));
  expect(read(lapsed, sender)).toMatchObject({ by: 'own' });
  expect(read(lapsed, sender, { gate: 'vn' })).toMatchObject({ by: 'consent', grants: [] });
  expect(read(lapsed, abroad)).toBe(CLOSED);
});

test('of two records that did not know of each other, both must allow', () => {
  const record = (country: Country, stages: number[]): Fact =>
    placed(
      consentRecorded(country === 'kr' ? sender : abroad, `${country}2-1`, 'kr-vn', {
        office: abroad,
        stages,
      }),
      country,
      2,
      1,
    );
  const both = (stages: number[]) => [...serving, record('kr', stages), record('vn', [1, 2])];
  expect(read(both([1, 2]), abroad)).toMatchObject({ stage: 2, grants: ['kr2-1', 'vn2-1'] });
  expect(read(both([1]), abroad)).toMatchObject({ stage: 1, served: [] });
});

describe('a withdrawal', () => {
  const all = (by: Office, facts = serving) =>
    onward(facts, consentWithdrawn(by, by === sender ? 'kr2-1' : 'vn2-1', 'kr1-1', 'kr1-2'));
  const gone = all(abroad);

  test('of everything closes the gate for all, and tells nobody why', () => {
    for (const gate of ['kr', 'vn'] as const)
      for (const office of [sender, abroad]) expect(read(gone, office, { gate })).toBe(CLOSED);
  });

  test('is checked by a supervisor who did not write it down: the safe contact alone', () => {
    const checker = { as: 'checker', by: 'check', stage: 2, grants: [], lines: [], served: [] };
    expect(read(gone, sender, supervisor)).toEqual({ ...checker, masked: false });
    expect(read(gone, sender, { ...supervisor, gate: 'vn' })).toBe(CLOSED);
    expect(read(gone, abroad, supervisor)).toBe(CLOSED);
    expect(read(gone, helpline, supervisor)).toBe(UNKNOWN);
  });

  test('by the sender is checked by a helpline of the origin, or by whom the desk named', () => {
    const own = all(sender);
    expect(read(own, sender, supervisor)).toBe(CLOSED);
    expect(read(own, helpline, supervisor)).toMatchObject({ as: 'checker' });
    expect(read(own, helpline)).toBe(CLOSED);
    expect(read(own, home, supervisor)).toBe(UNKNOWN);
    const named = onward(own, namedFor('23', home));
    expect(read(named, home, supervisor)).toMatchObject({ as: 'checker' });
  });

  test('of some grants leaves the sender its file; it asks for the check by name', () => {
    const some = onward(serving, consentWithdrawn(abroad, 'vn2-1', 'kr1-1'));
    expect(read(some, sender, supervisor)).toMatchObject({ as: 'sender' });
    expect(read(some, sender, supervisor, checkOf)).toMatchObject({ as: 'checker' });
    expect(read(some, sender, {}, checkOf)).toBe(CLOSED);
    expect(read(serving, sender, supervisor, checkOf)).toBe(CLOSED); // no contact is old enough
    expect(read(serving, third, supervisor, checkOf)).toBe(UNKNOWN);
  });

  test('or a report to give lets a supervisor ask for the contact of fourteen days ago, by name', () => {
    const days = (n: number) => later(n * 24 * 60 + 1);
    const asks = (office: Office, more: More = {}, facts = serving) =>
      read(facts, office, { ...supervisor, at: days(14), ...more }, checkOf);
    const checker = { as: 'checker', by: 'check', masked: false };
    for (const office of [sender, helpline]) {
      const none = office === sender ? CLOSED : UNKNOWN;
      expect(asks(office)).toMatchObject(checker);
      expect(asks(office, { role: 'worker' })).toBe(none);
      expect(asks(office, { gate: 'vn' })).toBe(none);
      expect(asks(office, { at: days(13) })).toBe(none);
      expect(asks(office, {}, onward(serving, safetyHeld(sender, 'kr2-1')))).toBe(none);
    }
    expect(asks(abroad)).toBe(CLOSED);
    expect(asks(home)).toBe(UNKNOWN);
    expect(read(serving, helpline, { ...supervisor, at: days(14) })).toBe(UNKNOWN);
  });

  test('that was refuted opens again; confirmed, with nothing left, it ends all', () => {
    expect(read(onward(gone, settled('refuted', sender, 'vn2-1')), abroad)).toMatchObject({
      stage: 2,
    });
    const step = settled('confirmed', sender, 'vn2-1');
    const destroyed = onward(gone, { ...step, data: { ...step.data, destroyed: true } });
    for (const office of [sender, abroad]) expect(read(destroyed, office, supervisor)).toBe(CLOSED);
  });

  test('that waits still is checked no more once all keys are destroyed', () => {
    const step = settled('confirmed', sender, 'vn2-1');
    const all2 = { ...step, data: { ...step.data, destroyed: true } };
    const crossed = placed(consentWithdrawn(abroad, 'vn3-1', 'kr1-1'), 'vn', 3, 1);
    const facts = [...onward(gone, all2), crossed];
    expect(fold(facts).referral?.consent.withdrawals).toHaveLength(2);
    expect(read(facts, sender, supervisor)).toBe(CLOSED);
  });

  test('under a safety hold gives the checker nothing to reach her by', () =>
    expect(read(onward(gone, safetyHeld(abroad, 'vn3-1')), sender, supervisor)).toMatchObject({
      as: 'checker',
      masked: true,
    }));
});

test('what is erased is read by nobody, as soon as the origin has said so', () => {
  const erased = onward(serving, contentErased('kr'));
  for (const facts of [erased, onward(erased, contentErased('vn'))])
    for (const office of [sender, abroad]) expect(read(facts, office, supervisor)).toBe(CLOSED);
});

test('a safety hold masks, and closes nothing, until it is lifted', () => {
  const held = onward(serving, safetyHeld(sender, 'kr2-1'));
  for (const office of [sender, abroad]) expect(read(held, office)).toMatchObject({ masked: true });
  const over = onward(
    held,
    liftProposed(abroad, 'vn2-1', 'kr2-1'),
    lifted(sender, 'vn2-1', 'kr2-1'),
  );
  expect(read(over, abroad)).toMatchObject({ masked: false });
});

test('a suspended office reads nothing, and keeps nobody from reading', () => {
  const suspended = (office: Office) => {
    const { offices } = contextIn('kr');
    return { context: { offices: { ...offices, [office]: { active: false } } } };
  };
  const rival = { office: third, offer: 'kr2-1' };
  const two = onward(shared, made(rival), accepted(rival), accepted());
  expect(read(two, abroad)).toMatchObject({ stage: 1, lines: ['l1'] });
  expect(read(two, abroad, suspended(third))).toMatchObject({ stage: 2 });
  for (const office of [sender, abroad]) {
    expect(read(serving, office, suspended(office))).toBe(CLOSED);
    expect(read(first, office, suspended(office))).toBe(CLOSED);
  }
  expect(read(serving, abroad, { context: { offices: {} } })).toBe(CLOSED);
});

test('an office that serves one line and is asked for another reads the summary of both', () => {
  const two = log(submitted({ lines: [[abroad], [union, abroad]] }));
  const both = onward(two, accepted(), made({ office: abroad, offer: 'kr2-1' }, { lines: ['l2'] }));
  expect(read(both, abroad)).toMatchObject({ stage: 2, lines: ['l1', 'l2'], served: ['l1'] });
});

test('while two claim a line, an office that is asked to leave reads nothing of it', () => {
  const [one, two] = [
    { office: third, offer: 'kr3-1' },
    { office: union, offer: 'kr4-1' },
  ];
  const facts = onward(
    shared,
    ...[accepted(), askedToCancel(), made(one), made(two), accepted(one), accepted(two)],
  );
  expect(read(facts, abroad)).toBe(CLOSED);
  for (const office of [third, union]) expect(read(facts, office)).toMatchObject({ stage: 1 });
});

describe('an office that she was referred onward to', () => {
  const offered = (...ways: string[]) => {
    const onwards = ways.map((direction) => ({ office: third, direction }));
    const all = [{ office: abroad, onward: [third] }, { office: sender }, ...onwards];
    const of = { office: third, offer: 'vn2-1' };
    const begun = log(submitted({ lines: [[abroad]], grants: all }));
    return onward(begun, accepted(), referred({ to: third, offer: 'vn2-1' }), accepted(of));
  };

  test('reads what lies across the border only by a consent that crosses it', () => {
    expect(read(offered('vn'), third)).toBe(CLOSED);
    expect(read(offered('vn'), third, { gate: 'vn' })).toMatchObject({
      stage: 2,
      grants: ['kr1-3'],
    });
    expect(read(offered('vn', 'kr-vn'), third)).toMatchObject({ stage: 2, grants: ['kr1-4'] });
  });

  test('back in the sender’s country reads the case file by a consent for that country', () => {
    const back = (...ways: string[]) => {
      const to = ways.map((direction) => ({ office: home, direction }));
      const all = [{ office: abroad, onward: [home] }, { office: sender }, ...to];
      const begun = log(submitted({ lines: [[abroad]], grants: all }));
      const of = { office: home, offer: 'vn2-1' };
      return onward(begun, accepted(), referred({ to: home, offer: 'vn2-1' }), accepted(of));
    };
    expect(read(back('vn-kr'), home)).toBe(CLOSED);
    expect(read(back('vn-kr', 'kr'), home)).toMatchObject({ stage: 2, grants: ['kr1-4'] });
  });

  test('reads nothing when what its offer rests upon is gone', () =>
    expect(read(offered('kr-vn'), third)).toBe(CLOSED));
});

describe('an office that took over', () => {
  const over = (...steps: readonly Step[]) =>
    onward(
      serving,
      consentRecordedFor(shelter, 'kr2', ['kr', 'vn-kr']),
      handOverProposed(shelter),
      takenOver(shelter),
      ...steps,
    );

  test('reads by the consent that names it, and the old sender nothing more', () => {
    expect(read(over(), shelter)).toMatchObject({ as: 'sender', by: 'consent', grants: ['kr2-1'] });
    expect(read(over(), shelter, { gate: 'vn' })).toMatchObject({
      as: 'sender',
      grants: ['kr2-2'],
    });
    expect(read(over(), sender, supervisor)).toBe(UNKNOWN);
  });

  test('reads nothing without that consent', () => {
    const without = over(consentWithdrawn(abroad, 'vn2-1', 'kr2-1'));
    for (const gate of ['kr', 'vn'] as const) expect(read(without, shelter, { gate })).toBe(CLOSED);
    const narrowed = consentRecorded(shelter, 'kr5-1', 'kr', { stages: [1] });
    expect(read(over(narrowed), shelter)).toBe(CLOSED);
  });

  test('named by the desk alone, reads nothing before she has consented', () => {
    const named = onward(serving, namedFor('sender', shelter));
    expect(read(named, shelter)).toBe(CLOSED);
    const consented = onward(named, consentRecorded(shelter, 'kr3-1', 'kr'));
    expect(read(consented, shelter)).toMatchObject({ as: 'sender', by: 'consent' });
  });
});

describe('an override', () => {
  const narrow = [{ office: abroad, stages: [1] }, { office: sender }];
  const opened = onward(
    log(submitted({ lines: [[abroad]], grants: narrow })),
    overrideProposed(abroad, 'vn1-1'),
    namedFor('28', third),
    overridden(third, 'vn1-1', 'vn3-1'),
    accepted(),
  );

  test('opens what its own country holds, and nothing beyond the border', () => {
    expect(read(opened, abroad, { gate: 'vn' })).toMatchObject({
      ...{ by: 'override', stage: 2, grants: [], lines: ['l1'], served: ['l1'] },
    });
    expect(read(opened, abroad)).toMatchObject({ by: 'consent', stage: 1, served: [] });
  });

  test('stands for a consent that was never asked', () => {
    const asked = onward(
      first,
      overrideProposed(sender, 'kr2-1'),
      namedFor('28', shelter),
      overridden(shelter, 'kr2-1', 'kr4-1'),
      made({ office: home, offer: 'kr5-1', actor: sender }),
    );
    const one = { by: 'override', grants: [], lines: ['l1'] };
    expect(read(asked, home)).toMatchObject({ ...one, stage: 1, served: [] });
    expect(read(asked, home, { gate: 'vn' })).toBe(CLOSED);
    const taken = onward(asked, accepted({ office: home, offer: 'kr5-1' }));
    expect(read(taken, home)).toMatchObject({ ...one, stage: 2, served: ['l1'] });
    expect(read(onward(taken, safetyHeld(sender, 'kr7-1')), home)).toBe(CLOSED);
  });

  test('opens nothing that a hold, a withdrawal or the clock closed', () => {
    const at = (facts: readonly Fact[], when?: Instant) =>
      read(facts, abroad, { gate: 'vn', ...(when && { at: when }) });
    expect(at(onward(opened, safetyHeld(sender, 'kr2-1')))).toMatchObject({
      stage: 1,
      masked: true,
    });
    expect(at(onward(opened, consentWithdrawn(sender, 'kr2-1', 'kr1-1')))).toBe(CLOSED);
    expect(at(opened, later(72 * 60 + 60))).toMatchObject({ stage: 1, by: 'consent' });
    expect(at(onward(opened, overrideEnded('vn:system', 'vn3-1')))).toMatchObject({ stage: 1 });
  });

  test('does not open to a sender what she withdrew', () =>
    expect(read(onward(opened, consentWithdrawn(abroad, 'vn5-1', 'kr1-1', 'kr1-2')), sender)).toBe(
      CLOSED,
    ));
});
