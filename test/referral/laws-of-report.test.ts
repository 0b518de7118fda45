import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Country, Fact, Office } from '../../events/envelope.ts';
import type { Call } from '../../shared/api.ts';
import type { Asked } from '../../shared/asked.ts';
import { Refused } from '../../shared/errors.ts';
import type { Worker } from '../../shared/referral/command.ts';
import { fold } from '../../shared/referral/fold.ts';
import { type Report, reportOf } from '../../shared/referral/report.ts';
import { reportGivenBy } from '../../shared/report/give.ts';
import { pageOf } from '../../shared/report/page.ts';
import { everyHistory, forHistory } from '../support/every-history.ts';
import { placed, ref } from '../support/facts.ts';
import { command } from '../support/given.ts';
import type { Two } from '../support/histories.ts';
import { memory, worldOf } from '../support/memory.ts';
import {
  abroad,
  helpline,
  home,
  later,
  sender,
  shelter,
  stranger,
  third,
  union,
  worker,
} from '../support/people.ts';
import { disclosed } from '../support/steps.ts';

const everybody = [sender, abroad, union, third, home, helpline, shelter, stranger];
const languages = ['en', 'ko', 'vi'] as const;
const namesOf = (office: Office) => ({
  en: `Desk ${everybody.indexOf(office)} in English`,
  ko: `지어낸 기관 ${everybody.indexOf(office)}번`,
  vi: `Cơ quan bịa số ${everybody.indexOf(office)}.`,
});
const phones = [{ number: '+00 000 0000' }];
const addresses = [{ address_1: 'Invented street 1', city: 'Inventedcity', country: 'KR' }];
const directory = (hidden: readonly Office[]) =>
  Object.fromEntries(
    everybody.map((office) => {
      const kind = hidden.includes(office) ? 'shelter' : 'ngo';
      const open = { active: true, takesReferrals: true };
      return [office, { ...open, office, kind, phones, addresses, name: namesOf(office) }];
    }),
  );
const staff = everybody.flatMap((office) => [
  worker(office).by,
  worker(office, 'supervisor').by,
  'sendersworker000',
]);

/** Each gate says that it gave each office something, whether or not that can be true. */
const reads = (two: Two, country: Country, n: number) => {
  const { referral } = two.state(country);
  for (const office of everybody) {
    const own = referral?.consent.grants.filter((grant) => grant.office === office) ?? [];
    const grants = n % 2 === 0 ? own.map(({ id }) => id) : [];
    const role = n % 3 === 0 ? {} : { role: 'supervisor' };
    const { data, type } = disclosed(office);
    const what = n % 5 === 0 ? { what: 'receipts' } : {};
    const told = { ...data, by: worker(office).by, ...what, stage: 1 + (n % 2), grants, ...role };
    two.writes(country, { type, reach: 'both', actor: `${country}:gate`, data: told });
  }
};

const isOf = (report: Report, { data, time }: Fact) =>
  report.readings.some(
    ({ at, office }) => at === time && [undefined, data.office].includes(office.office),
  );

test('after every history each reading is in her report, and no hidden office, staff or address in any language', async () => {
  let read = 0;
  await everyHistory((two, n) => {
    for (const country of ['kr', 'vn'] as const) reads(two, country, n);
    const facts = two.known('kr');
    const hidden = forHistory(fc.subarray(everybody), n);
    const mayName = (office: Office) => !hidden.includes(office);
    const report = reportOf(facts, mayName, later(two.minute));
    if (!report) throw new Error('there is no report');
    const html = pageOf(report, directory(hidden), languages[n % 3] ?? 'en');
    const text = `${JSON.stringify(report)} ${html}`;
    const names = hidden.flatMap((office) => [office, ...Object.values(namesOf(office))]);
    const never = [...names, ...staff, '+00 000 0000', 'Invented street', 'Inventedcity'];
    expect(never.filter((word) => text.includes(word))).toEqual([]);

    const { setAside } = fold(facts);
    const counted = facts.filter(
      ({ type, id }) => type === 'case-file.disclosed.v1' && !setAside.includes(id),
    );
    expect(report.readings).toHaveLength(counted.length);
    expect(counted.filter((fact) => !isOf(report, fact))).toEqual([]);
    read += counted.length;
  });
  expect(read).toBeGreaterThan(1_000);
});

const asks = (caller: Worker): Asked => ({
  ...{ name: 'give-report', ref, body: {}, ifMatch: undefined },
  command: command('give-report', caller, { identification: 'in-person-known' }),
  mark: { call: 'the same call', body: 'the same body' } as Asked['mark'],
});

const given = async (two: Two, ledger: ReturnType<typeof memory>, caller: Worker) => {
  const world = {
    ...worldOf('kr', ledger, later(two.minute)),
    directory: { offices: async () => directory([home]) as never },
    restoring: false,
  };
  const call = { caller, headers: { 'accept-language': 'ko' } } as unknown as Call;
  try {
    const { body } = await reportGivenBy(world, call, asks(caller));
    return (body as { report: object }).report;
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
};

test('whatever comes after it, a repeat gives the same report, or none where none may be given any more', async () => {
  let [same, refused] = [0, 0];
  await everyHistory(async (two, n) => {
    const { referral } = two.state('kr');
    const caller = worker(referral?.sender ?? sender, 'supervisor');
    const ledger = memory(two.known('kr'));
    const first = await given(two, ledger, caller);
    const reports = () =>
      ledger.all().filter(({ fact, mark }) => fact.type === 'report.given.v1' && mark);
    expect(reports()).toHaveLength(first ? 1 : 0);
    if (!first) return;

    reads(two, 'vn', n);
    for (const fact of two.own.vn.slice(two.heard.kr)) await ledger.append(fact);
    const seq = two.own.kr.length + 2; // after the report
    const read = placed({ ...disclosed(sender), actor: 'kr:gate' }, 'kr', seq, two.own.vn.length);
    await ledger.append(read);
    two.minute += 60;
    const again = await given(two, ledger, caller);
    if (again) expect(again).toEqual(first);
    else expect(fold(ledger.all().map(({ fact }) => fact)).referral).not.toEqual(referral);
    expect(reports()).toHaveLength(1);
    if (again) same += 1;
    else refused += 1;
  });
  expect(same).toBeGreaterThan(1_000);
  expect(refused).toBeGreaterThan(0);
});
