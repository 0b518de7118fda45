import '../../support/env.ts';
import { marshall } from '@aws-sdk/util-dynamodb';
import { beforeEach, expect, test } from 'vitest';
import type { Office } from '../../../events/envelope.ts';
import { commanded } from '../../support/api.ts';
import { callOf } from '../../support/aws.ts';
import { entryOf } from '../../support/directory.ts';
import { logged } from '../../support/env.ts';
import { log, onward, ref, type Step, submitted } from '../../support/facts.ts';
import { abroad, helpline, home, offices, sender, worker } from '../../support/people.ts';
import {
  accepted,
  contentErased,
  disclosed,
  lifted,
  liftProposed,
  safetyHeld,
} from '../../support/steps.ts';
import { tables } from '../../support/tables.ts';

let db: ReturnType<typeof tables>;
beforeEach(() => {
  db = tables();
  const entries = Object.keys(offices).map((id) => {
    const phones = [{ number: '+00 000 0000' }];
    const kind = id === home ? 'shelter' : 'ngo';
    return [id, { ...entryOf(id), kind, phones, name: { en: `Name of ${id}`, ko: `이름 ${id}` } }];
  });
  db.items.set('views directory kr', {
    ...{ pk: { S: 'directory' }, sk: { S: 'kr' } },
    ...marshall({ offices: Object.fromEntries(entries) }, { removeUndefinedValues: true }),
  });
});

const granted = (office: Office, grant: string) => {
  const step = disclosed(office);
  return { ...step, data: { ...step.data, role: 'worker', grants: [grant] } };
};
const begun = onward(
  log(submitted({ lines: [[abroad], [home]], helplines: [helpline] })),
  granted(home, 'kr1-4'),
  accepted(),
  granted(abroad, 'kr1-1'),
);
/** What came after, beside what stands there. */
const goesOn = (...steps: readonly Step[]) => {
  const before = db.ledger();
  db.hold(onward(before, ...steps).slice(before.length));
};
const call = (who: Office, change: { role?: 'worker'; key?: string; language?: string } = {}) =>
  commanded(
    callOf('POST /v1/referrals/{ref}/give-report', {
      who: worker(who, change.role ?? 'supervisor'),
      params: { ref },
      headers: {
        'idempotency-key': change.key ?? '7a0c1c9e-0000-4000-8000-invented0001',
        'accept-language': change.language ?? 'ko-KR,ko;q=0.9',
      },
      body: JSON.stringify({ identification: 'in-person-known' }),
    }),
  );

test('her report says who saw what, when, under which grant, and names no staff and no hidden address', async () => {
  db.hold(begun);
  const { status, headers, body, text } = await call(sender);
  expect([status, headers['content-language'], headers.vary, headers['cache-control']]).toEqual([
    ...[200, 'ko', 'accept-language', 'no-store'],
  ]);
  expect(body.state).toMatchObject({ ref, sender });
  expect(body.report).toMatchObject({
    ...{ ref, language: 'ko', at: expect.stringMatching(/Z$/) },
    readings: [
      { office: { country: 'kr' }, saw: 'case-file' },
      { office: { country: 'vn', office: abroad }, direction: 'kr-vn' },
    ],
  });
  expect(body.report.html).toContain(`이름 ${abroad}`);
  expect(body.report.html).toContain('한국의 한 기관');
  const report = JSON.stringify(body.report);
  for (const hidden of [home, '+00 000 0000', worker(sender, 'supervisor').by, 'sendersworker000'])
    expect(report).not.toContain(hidden);
  const given = db.ledger().filter(({ type }) => type === 'report.given.v1');
  expect(given).toMatchObject([{ actor: sender, country: 'kr' }]);
  expect(logged.join()).not.toContain(text.slice(200, 260));
});

test('a helpline reads nothing, but gives her what is hers', async () => {
  db.hold(begun);
  const { status, body } = await call(helpline, { language: 'vi' });
  expect(status).toBe(200);
  expect(Object.keys(body)).toEqual(['ref', 'report']);
  expect(body.report).toMatchObject({ language: 'vi', readings: [{}, {}] });
  expect(body.report.html).toContain('<html lang="vi">');
});

test('it says the same after everything is erased, and when backups are gone', async () => {
  db.hold(onward(begun, contentErased('kr'), contentErased('vn')));
  const { body } = await call(sender);
  expect(body.report.readings).toHaveLength(2);
  expect(body.report.destroyed).toEqual([
    { country: 'kr', at: expect.anything(), backupsGone: expect.anything() },
    { country: 'vn', at: expect.anything(), backupsGone: expect.anything() },
  ]);
});

test('a repeat gives the same report, whatever came after it; another call what is known by then', async () => {
  db.hold(begun);
  const first = await call(sender);
  goesOn(disclosed(abroad), disclosed(sender));
  const again = await call(sender);
  expect([again.status, again.body.report]).toEqual([200, first.body.report]);
  expect(db.ledger().filter(({ type }) => type === 'report.given.v1')).toHaveLength(1);
  const later = await call(sender, { key: '7a0c1c9e-0000-4000-8000-invented0002' });
  expect(later.body.report.readings).toHaveLength(4);
});

test('no report leaves while a safety hold is in force, a repeat neither', async () => {
  db.hold(begun);
  const first = await call(sender);
  goesOn(safetyHeld(abroad, 'vn2-1'));
  for (const key of [
    '7a0c1c9e-0000-4000-8000-invented0001',
    '7a0c1c9e-0000-4000-8000-invented0002',
  ])
    expect((await call(sender, { key })).body).toMatchObject({ code: 'not-allowed-now' });
  expect((await call(sender)).text).not.toContain('html');
  goesOn(liftProposed(abroad, 'vn3-1', 'vn2-1'), lifted(sender, 'vn3-1', 'vn2-1'));
  expect((await call(sender)).body.report).toEqual(first.body.report);
});

test('nobody but a supervisor of the sender or a helpline gets it, by no repeat either', async () => {
  db.hold(begun);
  await call(sender);
  const length = db.ledger().length;
  for (const answer of [
    await call(sender, { role: 'worker' }),
    await call(home),
    await call(home, { role: 'worker' }),
  ]) {
    expect(answer.status).toBeGreaterThanOrEqual(403);
    expect(answer.text).not.toContain('readings');
  }
  expect(db.ledger()).toHaveLength(length);
});
