import { expect, test } from 'vitest';
import type { Fact, Instant, Office } from '../../events/envelope.ts';
import { fold } from '../../shared/referral/fold.ts';
import { reportOf } from '../../shared/referral/report.ts';
import { log, onward, placed, submitted, takesOver } from '../support/facts.ts';
import {
  abroad,
  helpline,
  home,
  later,
  sender,
  shelter,
  union,
  worker,
} from '../support/people.ts';
import {
  accepted,
  acknowledged,
  told as answered,
  asked,
  consentRecorded,
  consentWithdrawn,
  contentErased,
  disclosed,
  erasureConfirmed,
  handOverProposed,
  made,
  namedFor,
  newer,
  overridden,
  overrideEnded,
  overrideProposed,
  receiptsRead,
  referred,
  settled,
  takenOver,
} from '../support/steps.ts';

const at = later(1000);
const hides =
  (...offices: readonly Office[]) =>
  (office: Office) =>
    !offices.includes(office);
const told = (facts: readonly Fact[], mayName = hides()) => {
  const report = reportOf(facts, mayName, at);
  if (!report) throw new Error('there is no report');
  return report;
};

/** A read of this office, at the gate of this country. */
const read = (office: Office, data: object = {}, country = 'kr') => {
  const step = disclosed(office);
  const more = { by: worker(office).by, role: 'worker', grants: ['kr1-1'], ...data };
  return { ...step, actor: `${country}:gate`, data: { ...step.data, ...more } };
};
const begun = log(submitted({ lines: [[abroad, union]], helplines: [helpline] }));
const KR = { country: 'kr' };
const VN = { country: 'vn' };

test('her report says who saw what, when, under which grant, and names no staff', () => {
  const report = told(onward(begun, read(abroad, { stage: 1 }), accepted(), read(abroad)));
  const grants = [{ grant: 'kr1-1', recordedBy: { ...KR, office: sender }, recordedAt: later(1) }];
  const reading = {
    ...{ office: { ...VN, office: abroad }, role: 'worker', direction: 'kr-vn' },
    ...{ by: 'consent', grants },
  };
  expect(report.readings).toEqual([
    { ...reading, at: later(2), saw: 'summary' },
    { ...reading, at: later(4), saw: 'case-file' },
  ]);
  expect(report).toMatchObject({ ref: begun[0]?.subject, at, partial: false });
  expect(JSON.stringify(report)).not.toContain(worker(abroad).by);
  expect(JSON.stringify(report)).not.toContain('sendersworker000');
});

test('the answers to its questions are told beside the summary, once they were there', () => {
  const facts = onward(
    log(submitted({ lines: [[abroad], [union]] })),
    ...[read(abroad, { stage: 1 }), asked(), answered()],
    ...[read(abroad, { stage: 1 }), read(union, { stage: 1 })],
  );
  expect(told(facts).readings.map(({ saw }) => saw)).toEqual([
    'summary',
    'summary-and-answers',
    'summary',
  ]);
});

test('a step of its own is no answer to its questions', () => {
  const facts = onward(begun, acknowledged(), asked(), read(abroad, { stage: 1 }));
  expect(told(facts).readings).toMatchObject([{ saw: 'summary' }]);
});

test('an office that had sent it and reads it later as another is not told as its sender', () => {
  const facts = onward(
    log(submitted({ lines: [[abroad]], grants: takesOver(shelter) })),
    ...[read(sender, { grants: [] }), handOverProposed(shelter), takenOver(shelter)],
    ...[read(sender, { grants: [] }), read(shelter, { grants: [] })],
  );
  expect(told(facts).readings.map(({ by }) => by)).toEqual(['sent', 'unknown', 'sent']);
});

test('a read that an older version wrote has no role', () => {
  const [reading] = told(onward(begun, read(abroad, { role: undefined }))).readings;
  expect(reading).not.toHaveProperty('role');
});

test('a later consent is named with the office that wrote it down, and when', () => {
  const facts = onward(
    begun,
    accepted(),
    consentRecorded(abroad, 'vn2-1', 'kr-vn'),
    read(abroad, { grants: ['vn2-1'] }),
  );
  expect(told(facts).readings[0]?.grants).toEqual([
    { grant: 'vn2-1', recordedBy: { ...VN, office: abroad }, recordedAt: later(3) },
  ]);
});

test('of later consents each is named with its own office', () => {
  const facts = onward(
    begun,
    ...[consentRecorded(sender, 'kr2-1', 'kr', { office: home }), accepted()],
    consentRecorded(abroad, 'vn2-1', 'kr-vn'),
    consentRecorded(sender, 'kr3-1', 'kr-vn', { office: abroad }),
    ...['vn2-1', 'kr3-1', 'kr1-1'].map((grant) => read(abroad, { grants: [grant] })),
  );
  expect(fold(facts).setAside).toEqual([]);
  expect(
    told(facts).readings.map(({ grants: [one] }) => [one?.grant, one?.recordedBy.office]),
  ).toEqual([
    ['vn2-1', abroad],
    ['kr3-1', sender],
    ['kr1-1', sender],
  ]);
});

test('a hidden address, an office that nobody knows, and a helpline that she called are their country alone', () => {
  const facts = onward(
    log(submitted({ lines: [[home]], helplines: [helpline] })),
    read(home, { grants: ['kr1-4'] }),
    consentWithdrawn(helpline, 'kr3-1', 'kr1-4'),
  );
  const report = told(facts, hides(home));
  expect(report.readings[0]).toMatchObject({ office: KR, direction: 'kr' });
  expect(report.heard).toEqual([
    { office: { ...KR, office: sender }, at: later(1), how: 'sent' },
    { office: KR, at: later(1), how: 'asked' },
  ]);
  expect(report.withdrawals[0]).toMatchObject({
    recordedBy: KR,
    closes: [{ office: KR, direction: 'kr' }],
  });
  for (const hidden of [home, helpline]) expect(JSON.stringify(report)).not.toContain(hidden);
});

test('a helpline that was asked to serve her is named', () => {
  const facts = log(submitted({ lines: [[helpline]], helplines: [helpline] }));
  expect(told(facts).heard[1]?.office).toEqual({ ...KR, office: helpline });
});

test('each office that heard of it stands there, and how', () => {
  const facts = onward(
    log(submitted({ lines: [[abroad, union]], grants: takesOver(shelter) })),
    accepted(),
    referred({ to: union, offer: 'vn2-1' }),
    made({ office: home, offer: 'kr2-1' }),
    handOverProposed(shelter),
    takenOver(shelter),
    namedFor('23', helpline),
  );
  expect(told(facts).heard.map(({ office, how }) => [office.office, how])).toEqual([
    [sender, 'sent'],
    [abroad, 'asked'],
    [union, 'referred-onward'],
    [home, 'asked'],
    [shelter, 'asked-to-take-over'],
    [shelter, 'took-over'],
    [helpline, 'named'],
  ]);
});

test('what the sender wrote it reads as the sender, and abroad what offices wrote', () => {
  const facts = onward(begun, read(sender, { grants: [] }), read(sender, {}, 'vn'));
  expect(told(facts).readings).toMatchObject([
    { by: 'sent', saw: 'case-file', direction: 'kr', grants: [] },
    { by: 'consent', saw: 'notes', direction: 'vn-kr' },
  ]);
});

test('an override is told with both offices and its end, and each read under it', () => {
  const open = onward(
    log(submitted({ lines: [[home]], grants: [] })),
    accepted({ office: home }),
    overrideProposed(home, 'kr3-1'),
    overridden(sender, 'kr3-1', 'kr4-1'),
    read(home, { grants: [] }),
  );
  const ends = new Date(Date.parse(later(4)) + 72 * 3_600_000).toISOString() as Instant;
  const override = {
    ...{ override: 'kr4-1', country: 'kr', ends },
    proposed: { office: { ...KR, office: home }, at: later(3) },
    approved: { office: { ...KR, office: sender }, at: later(4) },
  };
  expect(told(open).readings[0]).toMatchObject({ by: 'override', override: 'kr4-1' });
  expect(told(open).overrides).toEqual([override]);

  const over = onward(open, overrideEnded('kr:system', 'kr4-1'), read(home, { grants: [] }));
  expect(told(over).overrides).toEqual([{ ...override, ends: later(6) }]);
  expect(told(over).readings.map(({ by }) => by)).toEqual(['override', 'unknown']);
});

test('each of two overrides is told with its own offices and its own end', () => {
  const facts = onward(
    log(submitted({ lines: [[home]], grants: [] })),
    accepted({ office: home }),
    ...[overrideProposed(home, 'kr3-1'), overridden(sender, 'kr3-1', 'kr4-1')],
    overrideEnded('kr:system', 'kr4-1'),
    ...[overrideProposed(home, 'kr6-1'), overridden(sender, 'kr6-1', 'kr7-1')],
    read(home, { grants: [] }),
  );
  const ends = new Date(Date.parse(later(7)) + 72 * 3_600_000).toISOString() as Instant;
  expect(
    told(facts).overrides.map((one) => [one.override, one.proposed.at, one.approved.at, one.ends]),
  ).toEqual([
    ['kr4-1', later(3), later(4), later(5)],
    ['kr7-1', later(6), later(7), ends],
  ]);
  expect(told(facts).readings).toMatchObject([{ by: 'override', override: 'kr7-1' }]);
});

test('an override of one country covers no read at the other gate, nor one before it', () => {
  const facts = onward(
    log(submitted({ lines: [[home]], grants: [] })),
    accepted({ office: home }),
    read(home, { grants: [] }),
    overrideProposed(home, 'kr4-1'),
    overridden(sender, 'kr4-1', 'kr5-1'),
    read(home, { grants: [] }, 'vn'),
  );
  expect(told(facts).readings.map(({ by }) => by)).toEqual(['unknown', 'unknown']);
});

test('who had to ask her whether a withdrawal was her wish saw the safe contact alone', () => {
  const facts = onward(
    begun,
    consentWithdrawn(sender, 'kr2-1', 'kr1-1'),
    namedFor('23', shelter),
    read(shelter, { grants: [], role: 'supervisor' }),
  );
  expect(told(facts).readings).toMatchObject([
    { saw: 'safe-contact', by: 'check', role: 'supervisor', direction: 'kr' },
  ]);
});

test('who looked up under which law copies are kept saw nothing of hers', () => {
  const facts = onward(begun, receiptsRead(sender), receiptsRead(helpline));
  const reading = { saw: 'receipts', by: 'report', direction: 'kr', grants: [] };
  expect(told(facts).readings).toEqual([
    { office: { ...KR, office: sender }, at: later(2), ...reading },
    { office: KR, at: later(3), ...reading },
  ]);
  expect(told(facts).copies).toEqual([]);
});

test('who was asked and reads without a grant had to ask her only while a withdrawal waits', () => {
  const reads = read(abroad, { grants: [] });
  const waits = onward(begun, reads, consentWithdrawn(abroad, 'vn1-1', 'kr1-1'), reads);
  const facts = onward(waits, settled('refuted', sender, 'vn1-1'), reads);
  expect(told(facts).readings.map(({ by }) => by)).toEqual(['unknown', 'check', 'unknown']);
});

test('nobody asks her at the gate that does not hold her contact', () => {
  const facts = onward(begun, read(helpline, { grants: [] }, 'vn'), read(helpline, { grants: [] }));
  expect(told(facts).readings.map(({ by }) => by)).toEqual(['unknown', 'check']);
});

test('where no withdrawal waits, a read without a grant is never told as less than it may have been', () => {
  const asks = consentWithdrawn(abroad, 'vn1-1', 'kr1-1');
  const before = onward(begun, read(shelter, { grants: [] }));
  const named = onward(begun, namedFor('23', shelter), asks);
  const after = onward(named, settled('refuted', sender, 'vn1-1'), read(shelter, { grants: [] }));
  const waiting = onward(named, read(abroad, { grants: [] }, 'vn'));
  expect(told(before).readings).toEqual([]);
  expect(told(after).readings).toMatchObject([{ by: 'check', saw: 'safe-contact' }]); // it can be no more
  expect(told(waiting).readings).toMatchObject([{ by: 'unknown', saw: 'notes' }]);
});

test('a withdrawal closed at once, and is told with what came of it', () => {
  const closed = onward(begun, accepted(), consentWithdrawn(abroad, 'vn2-1', 'kr1-1'));
  const withdrawal = {
    closed: later(3),
    recordedBy: { ...VN, office: abroad },
    closes: [{ office: { ...VN, office: abroad }, direction: 'kr-vn' }],
  };
  expect(told(closed).withdrawals).toEqual([withdrawal]);
  for (const how of ['confirmed', 'refuted'] as const)
    expect(told(onward(closed, settled(how, sender, 'vn2-1'))).withdrawals).toEqual([
      { ...withdrawal, settled: { how, at: later(4) } },
    ]);
});

test('it says what was destroyed in each country, and when backups are gone', () => {
  expect(told(begun).destroyed).toEqual([KR, VN]);
  const facts = onward(begun, read(abroad), contentErased('kr'));
  const gone = new Date(Date.parse(later(3)) + 24 * 3_600_000).toISOString();
  expect(told(facts).destroyed).toEqual([{ ...KR, at: later(3), backupsGone: gone }, VN]);
});

test('a referral inside one country is destroyed in that country alone', () => {
  const facts = log(submitted({ lines: [[home]], reach: 'kr' }));
  expect(told(facts).destroyed).toEqual([KR]);
});

test('each office that read says what became of its copy, or owes it still', () => {
  const read2 = onward(begun, read(abroad), read(sender, { grants: [] }), contentErased('kr'));
  const destroyed = onward(read2, erasureConfirmed(abroad));
  const office = { ...VN, office: abroad };
  expect(told(begun).copies).toEqual([]);
  expect(told(destroyed).copies).toEqual([
    { office, copy: 'destroyed', at: later(5), fact: destroyed.at(-1)?.id },
    { office: { ...KR, office: sender }, copy: 'owed' },
  ]);
  const kept = {
    ...erasureConfirmed(abroad),
    data: { ...erasureConfirmed(abroad).data, kept: true },
  };
  const facts = onward(read2, kept);
  const fact = facts.at(-1)?.id;
  expect(told(facts).copies[0]).toEqual({ office, copy: 'kept', at: later(5), fact });
});

test('what the fold set aside is not told, and what it cannot read is said to be missing', () => {
  const lie = placed({ ...read(union), actor: 'vn:system' }, 'vn', 1, 1);
  expect(told([...begun, lie]).readings).toEqual([]);
  expect(told(onward(begun, newer)).partial).toBe(true);
});

test('there is no report of nothing', () => {
  expect(reportOf([], hides(), at)).toBeUndefined();
});
