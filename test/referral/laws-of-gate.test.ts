import { describe, expect, test } from 'vitest';
import type { Country, Office } from '../../events/envelope.ts';
import { Refused } from '../../shared/errors.ts';
import type { Context, Worker } from '../../shared/referral/command.ts';
import { aliveGrants } from '../../shared/referral/consent.ts';
import { fold } from '../../shared/referral/fold.ts';
import { type Access, accessOf } from '../../shared/referral/gate.ts';
import { voidOf } from '../../shared/referral/leaving.ts';
import { isOpen, isServing, isShut } from '../../shared/referral/offers.ts';
import { countryOf, directionTo } from '../../shared/referral/order.ts';
import { overridesIn } from '../../shared/referral/override.ts';
import { holdsInForce } from '../../shared/referral/safety.ts';
import type { Referral, State } from '../../shared/referral/state.ts';
import { everyHistory } from '../support/every-history.ts';
import { onward } from '../support/facts.ts';
import { command } from '../support/given.ts';
import type { Two } from '../support/histories.ts';
import {
  abroad,
  helpline,
  home,
  sender,
  shelter,
  stranger,
  third,
  union,
  worker,
} from '../support/people.ts';
import { contentErased } from '../support/steps.ts';

const gates: readonly Country[] = ['kr', 'vn'];
const everybody = [sender, abroad, union, third, home, helpline, shelter, stranger].flatMap(
  (office) => [worker(office), worker(office, 'supervisor')],
);

type Reading = {
  readonly reader: Worker;
  readonly answer: Access | Refused;
  readonly referral: Referral;
  readonly context: Context;
};

const readings = (state: State, context: Context): Reading[] => {
  const { referral } = state;
  if (!referral) return [];
  return everybody.map((reader) => {
    const answer = accessOf(state, reader, context);
    return { reader, answer, referral, context };
  });
};

const granted = (all: readonly Reading[]) =>
  all.flatMap(({ answer, ...rest }) =>
    answer instanceof Refused ? [] : [{ ...rest, access: answer }],
  );

/** What every gate would give every worker after every history. */
const everyReading = (law: (all: readonly Reading[]) => void) =>
  everyHistory((two) => {
    for (const gate of gates) law(readings(two.state(gate), two.context(gate)));
  });

const ofOffice = ({ offers }: Referral, office: Office) =>
  offers.filter((offer) => offer.office === office);

describe('after any history', () => {
  test('no office reads more than the summary but for lines of an offer that it serves, and never another’s line', async () => {
    const met = { first: 0, second: 0 };
    await everyReading((all) => {
      for (const { access, reader, referral } of granted(all)) {
        if (access.as !== 'receiver') continue;
        const own = ofOffice(referral, reader.office);
        const serving = own.filter(isServing);
        const shown = [...serving, ...own.filter(isOpen)];
        const linesIn = (offers: typeof own) => offers.flatMap(({ lines }) => lines);
        if (access.stage === 2) expect(serving.length).toBeGreaterThan(0);
        expect(access.served.length > 0).toBe(access.stage === 2);
        expect(linesIn(serving)).toEqual(expect.arrayContaining([...access.served]));
        expect(linesIn(shown)).toEqual(expect.arrayContaining([...access.lines]));
        expect(access.lines.length).toBeGreaterThan(0);
        met[access.stage === 2 ? 'second' : 'first'] += 1;
      }
    });
    expect(Math.min(met.first, met.second)).toBeGreaterThan(1_000);
  });

  test('an office all of whose offers are over, withdrawn, void or shut reads nothing', async () => {
    let met = 0;
    await everyReading((all) => {
      for (const { answer, reader, referral } of all) {
        const own = ofOffice(referral, reader.office);
        const standing = own.filter(
          (offer) =>
            (isOpen(offer) && !voidOf(referral, offer)) || (isServing(offer) && !referral.error),
        );
        if (own.length === 0 || standing.some((offer) => !isShut(referral, offer))) continue;
        if (reader.office === referral.sender) continue;
        expect(answer).toMatchObject({ code: 'access-closed', status: 403 });
        met += 1;
      }
    });
    expect(met).toBeGreaterThan(1_000);
  });

  test('no two serve one line to two offices that are not above or below each other', () =>
    everyReading((all) => {
      const readers = granted(all).filter(
        ({ access, reader }) => access.as === 'receiver' && reader.role === 'worker',
      );
      for (const { access, reader, referral } of readers)
        for (const line of access.served) {
          const others = readers.filter(
            (other) => other.reader !== reader && other.access.served.includes(line),
          );
          for (const other of others) {
            const offers = [reader, other.reader].flatMap(({ office }) =>
              ofOffice(referral, office),
            );
            expect(offers.some(({ partOf }) => partOf !== undefined)).toBe(true);
          }
        }
    }));

  test('what is read by consent is covered by grants of this office, alive and unexpired, and crosses only by its own direction', () =>
    everyReading((all) => {
      for (const { access, reader, referral, context } of granted(all)) {
        const { office } = reader;
        const crosses = countryOf(office) !== context.country;
        if (access.by === 'own') expect([crosses, access.as]).toEqual([false, 'sender']);
        if (access.by === 'override') {
          expect([crosses, access.grants]).toEqual([false, []]);
          expect(overridesIn(referral, context.country).length).toBeGreaterThan(0);
          expect(holdsInForce(referral)).toEqual([]);
        }
        if (access.by !== 'consent') continue;
        if (access.as === 'receiver') expect(access.grants.length).toBeGreaterThan(0);
        for (const id of access.grants) {
          const grant = aliveGrants(referral).find((one) => one.id === id);
          expect(grant).toMatchObject({ office });
          expect(grant?.stages).toContain(access.stage);
          expect(String(grant?.expires) > context.at).toBe(true);
          if (crosses) expect(grant?.direction).toBe(directionTo(context.country, office));
        }
      }
    }));

  test('contact is masked exactly while a safety hold is in force', async () => {
    let masked = 0;
    await everyReading((all) => {
      for (const { access, referral } of granted(all)) {
        expect(access.masked).toBe(holdsInForce(referral).length > 0);
        masked += Number(access.masked);
      }
    });
    expect(masked).toBeGreaterThan(1_000);
  });

  test('a role makes no difference but to who checks a withdrawal, at the origin', async () => {
    let met = 0;
    await everyReading((all) => {
      for (const [i, { answer, reader, context }] of all.entries()) {
        if (reader.role !== 'supervisor') continue;
        const checks = !(answer instanceof Refused) && answer.as === 'checker';
        if (!checks) expect(answer).toEqual(all[i - 1]?.answer);
        else {
          expect(all[i - 1]?.answer).toMatchObject({ code: 'access-closed' });
          expect([context.country, countryOf(reader.office)]).toEqual(['kr', 'kr']);
          expect({ ...answer, masked: false }).toEqual({
            ...{ as: 'checker', by: 'check', stage: 2 },
            ...{ grants: [], lines: [], served: [], masked: false },
          });
          met += 1;
        }
      }
    });
    expect(met).toBeGreaterThan(10);
  });
});

/** Nobody reads; but a supervisor may be about to ask her. */
const nobodyReads = (two: Two, gate: Country) => {
  const all = granted(readings(two.state(gate), two.context(gate)));
  expect(all.filter(({ access }) => access.as !== 'checker')).toEqual([]);
};

test('after she withdrew everything nobody reads anything, at once in that country and in the other once it has heard', async () => {
  let met = 0;
  await everyHistory((two, n) => {
    for (const gate of gates) two.carry(gate);
    const by = n % 2 ? worker(abroad) : worker(sender);
    const where = countryOf(by.office);
    if (!two.does(command('withdraw-consent', by, { identification: 'passphrase' }))) return;
    nobodyReads(two, where);
    for (const gate of gates) two.carry(gate);
    for (const gate of gates) nobodyReads(two, gate);
    two.rest();
    for (const gate of gates) nobodyReads(two, gate);
    met += 1;
  });
  expect(met).toBeGreaterThan(1_000);
});

test('what is erased is read by nobody', () =>
  everyHistory((two, n) => {
    const both = [contentErased('kr'), contentErased('vn')];
    const facts = onward(two.known('kr'), ...both.slice(0, 1 + (n % 2)));
    expect(granted(readings(fold(facts), two.context('kr')))).toEqual([]);
  }));

test('a closing that arrives late closes: no office reads by an offer that was withdrawn or shut meanwhile', async () => {
  let met = 0;
  await everyHistory((two) => {
    const before = granted(readings(two.state('vn'), two.context('vn')));
    two.carry('vn');
    const after = readings(two.state('vn'), two.context('vn'));
    for (const { access, reader } of before) {
      const now = after.find((one) => one.reader === reader);
      const own = now ? ofOffice(now.referral, reader.office) : [];
      const closed = now && own.length > 0 && own.every((offer) => isShut(now.referral, offer));
      if (!closed || access.as !== 'receiver') continue;
      expect(now.answer).toMatchObject({ code: 'access-closed' });
      met += 1;
    }
  });
  expect(met).toBeGreaterThan(10);
});
