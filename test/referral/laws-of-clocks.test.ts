import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Country, Fact } from '../../events/envelope.ts';
import { ReferralFact } from '../../events/facts.ts';
import { clocksOf } from '../../shared/referral/clocks.ts';
import type { Context } from '../../shared/referral/command.ts';
import { unsettled } from '../../shared/referral/consent.ts';
import { wakeAt } from '../../shared/referral/deadlines.ts';
import { eraseAt } from '../../shared/referral/destroying.ts';
import { dueNext } from '../../shared/referral/due.ts';
import { fold } from '../../shared/referral/fold.ts';
import { cancellationOf, leavingOf } from '../../shared/referral/leaving.ts';
import { choiceFor, holderOf, lineStatus } from '../../shared/referral/lines.ts';
import { offerIn } from '../../shared/referral/offers.ts';
import type { State } from '../../shared/referral/state.ts';
import { watchedBy } from '../../shared/referral/watched.ts';
import { knew } from '../support/convergence-stops.ts';
import { everyHistory, forHistory } from '../support/every-history.ts';
import type { Two } from '../support/histories.ts';
import { noon } from '../support/people.ts';

const DAY = 24 * 60;
const both: readonly Country[] = ['kr', 'vn'];
const minuteOf = (instant: string) => (Date.parse(instant) - Date.parse(noon)) / 60_000;

const nextWake = (two: Two): number | undefined => {
  const wakes = both.flatMap((country) => {
    const { referral } = two.state(country);
    const at = referral && wakeAt(referral, two.context(country));
    return at ? [minuteOf(at)] : [];
  });
  return wakes.length > 0 ? Math.min(...wakes) : undefined;
};

/** Lets so many days pass, woken as the clocks ask, and besides at these minutes. */
const pass = (two: Two, days: number, besides: readonly number[] = []) => {
  const end = two.minute + days * DAY;
  const extra = besides.map((minute) => two.minute + minute).toSorted((a, b) => a - b);
  two.rest();
  for (;;) {
    const next = Math.min(nextWake(two) ?? end, ...extra.filter((m) => m > two.minute));
    two.minute = Math.min(next, end);
    two.rest();
    if (next >= end) return;
  }
};

type Lived = { readonly then: Two; readonly after: Two };
const lived: Lived[] = [];
/** How the n-th history goes on, once for all laws of this file: until a chosen day, and until the sixtieth. */
const livedOn = (two: Two, n: number): Lived => {
  const live = () => {
    const days = daysOf(n);
    pass(two, days);
    const [then, after] = two.copies();
    pass(after, 60 - days);
    return { then, after };
  };
  lived[n] ??= live();
  return lived[n];
};
const daysOf = (n: number) => forHistory(fc.integer({ min: 0, max: 40 }), n);

type Said = ReturnType<typeof deadlines>[number];
const deadlines = (facts: readonly Fact[]) =>
  facts.flatMap((fact) => {
    const { data } = ReferralFact.safeParse(fact);
    return data?.type === 'deadline.reminded.v1' || data?.type === 'deadline.missed.v1'
      ? [data]
      : [];
  });

test('over sixty days each clock says each thing once, in its own country, never early, and leaves no offer open', () =>
  everyHistory((two, n) => {
    const { after } = livedOn(two, n);
    const { referral, setAside } = fold(after.all());
    if (!referral) throw new Error('no referral');
    expect(setAside).toEqual([]);
    const reminded = new Map<string, Said>();
    const missed = new Map<string, Said>();
    for (const fact of deadlines(after.all())) {
      const { type, country, time, actor, data } = fact;
      const owes = data.office ?? offerIn(referral, data.offer)?.office;
      const about = data.clock === 'receipt' ? [owes] : [data.offer, data.line, data.hold];
      const what = [data.clock, ...about, data.round].join(' ');
      const said = type === 'deadline.missed.v1' ? missed : reminded;
      const before = said.get(what);
      // A hold that passes from one country to the other may be missed by both, unseen.
      expect(
        before && (knew(fact, before) || knew(before, fact)),
        `${type} ${what} twice`,
      ).not.toBe(true);
      said.set(what, fact);
      expect(data.due <= time).toBe(type === 'deadline.missed.v1');
      const watcher = watchedBy(data.clock, referral, offerIn(referral, data.offer), data.office);
      expect([watcher, data.hold?.slice(0, 2)]).toContain(country);
      expect(actor).toBe(`${country}:system`);
    }
    for (const [what, fact] of reminded) {
      const late = missed.get(what);
      expect(late && knew(fact, late), `${what} reminded of after it was missed`).not.toBe(true);
    }
    for (const { id } of referral.lines) expect(lineStatus(referral, id)).not.toBe('offered');
  }));

/** What the vault destroys by then. */
const erases = ({ referral }: State, context: Context, instant: string) => {
  const at = referral && eraseAt(referral, context);
  return at && at <= instant ? at : undefined;
};

test('a country is woken when its next thing falls due, neither before nor after', () =>
  everyHistory((two) => {
    for (const country of both) while (two.due(country));
    for (const country of both) {
      const state = two.state(country);
      const context = two.context(country);
      const at = state.referral && wakeAt(state.referral, context);
      const before = at && new Date(Date.parse(at) - 1).toISOString();
      const look = (instant: string) =>
        dueNext(state, { ...context, at: instant as never }) ?? erases(state, context, instant);
      if (at && before) {
        expect(at > context.at).toBe(true);
        expect(look(before)).toBeUndefined();
        expect(look(at)).toBeDefined();
      } else expect(look('2027-06-01T00:00:00.000Z')).toBeUndefined();
    }
  }));

test('wake-ups that nobody asked for change nothing', () =>
  everyHistory((two, n) => {
    const days = daysOf(n);
    const minutes = fc.array(fc.integer({ min: 0, max: days * DAY }), { maxLength: 6 });
    const { then } = livedOn(two.copies()[1], n);
    pass(two, days, forHistory(minutes, n));
    expect(two.all()).toEqual(then.all());
  }));

test('no open referral is without a clock, unless somebody serves her', () =>
  everyHistory((two, n) => {
    const { then } = livedOn(two, n);
    const { referral } = then.state('kr');
    if (!referral) throw new Error('no referral');
    const clocks = clocksOf(referral, then.context('kr'));
    const names = (what: object) =>
      clocks.filter((clock) => Object.entries(what).every(([k, v]) => clock[k as 'line'] === v));
    for (const { id } of referral.lines) {
      const status = lineStatus(referral, id);
      const holder = holderOf(referral, id);
      if (status === 'open') expect(names({ clock: 'place', line: id })).toHaveLength(1);
      if (status === 'contested')
        expect(choiceFor(referral, id) || names({ clock: 'place', line: id })[0]).toBeDefined();
      if (status === 'offered') {
        const asked = referral.offers.filter(({ lines }) => lines.includes(id));
        const deciding = asked.flatMap((o) => names({ clock: 'decide', offer: o.id }));
        expect(deciding.length).toBeGreaterThan(0);
      }
      if (holder && leavingOf(referral, holder)?.cause === 'consent') {
        // She is asked whether it is her wish; what has lapsed waits for a renewal.
        const asks = names({ clock: 'withdrawal-confirm' });
        expect(asks).toHaveLength(unsettled(referral).length);
      } else if (
        holder &&
        (cancellationOf(referral, holder) === 'requested' || holder.held?.review)
      )
        expect(names({ offer: holder.id }).length).toBeGreaterThan(0);
      else if (holder && !holder.held && !holder.contactMade && !holder.started)
        expect(names({ clock: 'first-contact', offer: holder.id })).toHaveLength(1);
    }
  }));
