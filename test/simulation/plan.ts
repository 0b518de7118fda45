import type { Country } from '../../events/envelope.ts';
import type { Chance } from './chance.ts';
import { DAY, HOUR, MINUTE } from './config.ts';
import { leanings, usually, type Weights } from './weights.ts';

export type Window = { readonly from: number; readonly to: number };
type Stop = Window & { readonly failing: boolean };
/** How often the small things go wrong: of runs, events and messages. */
type Rates = {
  readonly trouble: number;
  readonly twice: number;
  readonly late: number;
  readonly atOnce: number;
};

/** What will go wrong in one history, and when; nothing after its end. */
export type Plan = {
  readonly start: number;
  readonly end: number;
  readonly cuts: readonly Window[];
  readonly stops: Readonly<Record<Country, readonly Stop[]>>;
  readonly down: readonly Window[];
  readonly skew: Readonly<Record<Country, number>>;
  readonly rates: Rates;
  /** What people do otherwise than usual. */
  readonly leaning: Weights;
};

const calm: Rates = { trouble: 0, twice: 0, late: 0, atOnce: 0 };
const usual: Rates = { trouble: 0.03, twice: 0.03, late: 0.05, atOnce: 0.2 };
const bad: Rates = { trouble: 0.15, twice: 0.1, late: 0.15, atOnce: 0.5 };

/** Before the new year, whose holidays some tables lack; at any hour of any day of the week. */
const FIRST = Date.parse('2026-09-01T00:00:00.000Z');

export const planned = (chance: Chance): Plan => {
  const start = FIRST + Math.floor(chance.between(0, 30 * DAY));
  const leaning = chance.yes(0.35) ? chance.pick(leanings) : usually;
  const cuts = chance.yes(leaning === usually ? 0.5 : 0.8) ? cutsFrom(start, chance) : [];
  const stops = { kr: stopsFrom(start, chance), vn: stopsFrom(start, chance) };
  const longest = Math.max(start, ...[...cuts, ...stops.kr, ...stops.vn].map(({ to }) => to));
  const down = chance.yes(0.15)
    ? [after(start, chance.between(5 * MINUTE, 20 * HOUR), chance)]
    : [];
  return {
    ...{ start, cuts, stops, down, leaning },
    end: longest + chance.between(HOUR, chance.yes(0.2) ? 4 * DAY : 12 * HOUR),
    skew: chance.yes(0.3)
      ? {
          kr: Math.round(chance.between(-5_000, 5_000)),
          vn: Math.round(chance.between(-5_000, 5_000)),
        }
      : { kr: 0, vn: 0 },
    rates: chance.pick([calm, usual, usual, bad]),
  };
};

/** No fault any more, from now on. */
export const healed = (plan: Plan): Plan => ({
  ...{ ...plan, cuts: [], stops: { kr: [], vn: [] }, down: [] },
  rates: calm,
});

const after = (start: number, length: number, chance: Chance): Window => {
  const from = start + chance.between(0, 3 * HOUR);
  return { from, to: from + length };
};

const cutsFrom = (start: number, chance: Chance): Window[] => {
  const kind = chance.next();
  if (kind < 0.7) return [after(start, chance.between(MINUTE, 6 * HOUR), chance)];
  if (kind < 0.8) return [after(start, chance.between(6 * HOUR, 23 * HOUR), chance)];
  return [after(start, kind < 0.95 ? 30 * HOUR : 40 * DAY, chance)];
};

const stopsFrom = (start: number, chance: Chance): Stop[] => {
  const kind = chance.next();
  if (kind > 0.2) return [];
  if (kind < 0.03) return [{ ...after(start, 26 * HOUR, chance), failing: false }];
  const failing = kind > 0.1;
  const most = failing ? 2 * HOUR : 8 * HOUR;
  return [{ ...after(start, chance.between(MINUTE, most), chance), failing }];
};

export const inside = <W extends Window>(windows: readonly W[], at: number): W | undefined =>
  windows.find(({ from, to }) => from <= at && at < to);

/** How much of a time lies in these windows. */
export const overlap = (windows: readonly Window[], from: number, to: number): number =>
  windows.reduce((sum, w) => sum + Math.max(0, Math.min(w.to, to) - Math.max(w.from, from)), 0);
