import { By, type Instant, Office } from '../../events/envelope.ts';
import { codes } from '../../shared/codes.ts';
import { calendar } from '../../shared/holidays.ts';
import type { Context, Directory, Worker } from '../../shared/referral/command.ts';
import { countryOf } from '../../shared/referral/order.ts';

/** Offices that do not exist: none of their names is in `shared/data`. */
export const sender = Office.parse('kr-invented-centre');
export const abroad = Office.parse('vn-invented-office');
export const union = Office.parse('vn-invented-union');
export const third = Office.parse('vn-invented-third');
export const home = Office.parse('kr-invented-shelter');
export const helpline = Office.parse('kr-invented-helpline');
export const stranger = Office.parse('vn-invented-stranger');
/** Another office of the origin, which may take a referral over. */
export const shelter = Office.parse('kr-invented-house');
export const police = Office.parse('vn-invented-police');
export const border = Office.parse('kr-invented-border');
export const full = Office.parse('vn-invented-full');
export const closed = Office.parse('vn-invented-closed');

const open = { active: true, takesReferrals: true };
export const offices: Directory = {
  ...Object.fromEntries(
    [sender, abroad, union, third, home, helpline, stranger, shelter].map((id) => [id, open]),
  ),
  [police]: { ...open, authority: 'police' },
  [border]: { ...open, authority: 'immigration' },
  [full]: { ...open, takesReferrals: false },
  [closed]: { ...open, active: false },
};

export const noon = '2026-11-23T03:00:00.000Z' as Instant;
export const nextYear = '2027-11-23T00:00:00.000Z' as Instant;

/** So many minutes after noon. */
export const later = (minutes: number): Instant =>
  new Date(Date.parse(noon) + minutes * 60_000).toISOString() as Instant;

/** Somebody at a desk; the same `by` for the same office and role. */
export const worker = (office: Office, role: Worker['role'] = 'worker'): Worker => ({
  office,
  role,
  by: By.parse(`${role.slice(0, 1)}${office}`.replaceAll('-', '').padEnd(16, '0').slice(0, 16)),
});

/** The calendar, asked the same few things a million times. */
const asked = new Map<string, ReturnType<Context['workingDays']>>();
const workingDays: Context['workingDays'] = (days, run) => {
  const what = JSON.stringify([days, run]);
  if (!asked.has(what)) asked.set(what, calendar.workingDays(days, run));
  return asked.get(what);
};

export const contextIn = (country: Context['country'], at: Instant = noon): Context => ({
  country,
  at,
  codes,
  offices,
  workingDays,
  receivedAt: () => undefined,
});

/** Where a command is given: an office's own country, or the system's. */
export const placeOf = (caller: Worker | { system: Context['country'] }) =>
  'system' in caller ? caller.system : countryOf(caller.office);
