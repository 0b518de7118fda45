import { describe, expect, test } from 'vitest';
import type { Fact, Office } from '../../events/envelope.ts';
import { fold } from '../../shared/referral/fold.ts';
import { viewFor } from '../../shared/referral/view.ts';
import { log, onward, onwardGrants, type Step, submitted } from '../support/facts.ts';
import { abroad, contextIn, home, later, nextYear, sender, third } from '../support/people.ts';
import {
  accepted,
  consentRecorded,
  consentWithdrawn,
  declined,
  failed,
  handedOn,
  liftProposed,
  overrideProposed,
  progressed,
  referred,
  safetyHeld,
  started,
} from '../support/steps.ts';

const begun = log(submitted({ lines: [[abroad], [abroad]], grants: onwardGrants }));
const both = { lines: ['l1', 'l2'] };
const view = (office: Office, facts: readonly Fact[]) =>
  viewFor(office, fold(facts), contextIn('kr'));
const clocksOf = ({ due = [] }: { due?: readonly { clock: string }[] }) =>
  due.map(({ clock }) => clock);
const left = [{ line: 'l2', reason: 'no-capacity', next: 'next-office' }];
const serving = [accepted({}, both), progressed(), started()];

test('a fresh referral reads so, to the sender and to the office that was asked, and no more', () => {
  const plain = log(
    submitted({ lines: [[abroad], [home]], grants: [{ office: abroad }, { office: home }] }),
  );
  // Both days are counted by each office's own calendar; two working days end at closing time.
  const waits = (acknowledge: string, decide: object) => [
    { clock: 'acknowledge', due: acknowledge },
    { clock: 'decide', ...decide },
  ];
  const due = waits('2026-11-26T10:00:00.000Z', {
    ...{ due: '2026-12-01T10:00:00.000Z', provisional: true },
  });
  const atHome = waits('2026-11-25T09:00:00.000Z', { due: '2026-11-30T09:00:00.000Z' });
  const head = { ref: plain[0]?.subject, origin: 'kr', reach: 'both', sender, urgency: 'normal' };
  const base = { status: 'requested', madeAt: later(1), cancellation: 'none' };
  const first = { offer: 'kr1-1', office: abroad, lines: ['l1'], ...base, due };
  expect(view(sender, plain)).toEqual({
    ...{ ...head, submittedAt: later(1) },
    consent: {
      status: 'active',
      grants: [
        {
          ...{ grant: 'kr1-1', office: abroad, direction: 'kr-vn', stages: [1, 2] },
          ...{ expires: nextYear, open: true },
        },
        {
          ...{ grant: 'kr1-2', office: home, direction: 'kr', stages: [1, 2] },
          ...{ expires: nextYear, open: true },
        },
      ],
    },
    offers: [first, { offer: 'kr1-2', office: home, lines: ['l2'], ...base, due: atHome }],
    status: 'active',
    lines: [
      { line: 'l1', status: 'offered' },
      { line: 'l2', status: 'offered' },
    ],
  });
  expect(view(abroad, plain)).toEqual({
    ...{ ...head, submittedAt: later(1), due: due[0]?.due },
    consent: { status: 'active' },
    offers: [first],
  });
});

describe('a line shows', () => {
  test('its own clock alone', () => {
    const facts = log(submitted({ lines: [[abroad], [home]] }));
    const waits = view(sender, onward(facts, declined({}, { reason: 'other', next: 'human' })));
    const lines = (waits && 'lines' in waits && waits.lines) || [];
    expect(lines.map(clocksOf)).toEqual([['place'], []]);
  });

  test('to a sender without feedback nothing of how it ended, but where it stands before', () => {
    const of = (...steps: readonly Step[]) =>
      view(sender, onward(log(submitted({ feedback: 'none' })), ...steps));
    expect(of(declined({}, { next: 'stop' }))).toMatchObject({
      status: 'revoked',
      lines: [{ status: 'stopped' }],
    });
    expect(of(accepted(), failed())).toMatchObject({
      status: 'active',
      lines: [{ status: 'placed' }],
    });
  });
});

describe('the whole shows', () => {
  const serves = onward(begun, ...serving);

  test('each safety hold with its own clock, and the lifts that wait', () => {
    const two = onward(serves, safetyHeld(abroad, 'vn4-1'), safetyHeld(sender, 'kr2-1'));
    const { safetyHolds } = view(abroad, two) as never as { safetyHolds: { due: object[] }[] };
    const due = (at: number) => [{ clock: 'safety-review', due: later(72 * 60 + at) }];
    expect(safetyHolds).toEqual([
      { hold: 'vn4-1', raisedAt: later(5), due: due(5) },
      { hold: 'kr2-1', raisedAt: later(6), due: due(6) },
    ]);
    expect(view(abroad, two)).not.toHaveProperty('liftsProposed');
    const lifting = onward(two, liftProposed(abroad, 'vn5-1', 'vn4-1'));
    expect(view(abroad, lifting)).toMatchObject({
      liftsProposed: [{ proposal: 'vn5-1', holds: ['vn4-1'] }],
    });
    expect(view(abroad, serves)).not.toHaveProperty('safetyHolds');
  });

  test('to the sender which grants are open, and which withdrawals nobody has settled', () => {
    const facts = onward(serves, consentWithdrawn(abroad, 'vn4-1', 'kr1-1'));
    const { consent } = view(sender, facts) as never as { consent: Record<string, object[]> };
    expect(consent.unsettled).toEqual(['vn4-1']);
    expect(consent.grants).toContainEqual({
      ...{ grant: 'kr1-1', office: abroad, direction: 'kr-vn', stages: [1, 2] },
      ...{ expires: nextYear, open: false },
    });
    expect(view(sender, serves)?.consent).not.toHaveProperty('unsettled');
    const renewed = onward(serves, consentRecorded(abroad, 'vn4-1', 'kr-vn'));
    expect(JSON.stringify(view(sender, renewed)?.consent)).not.toContain('"kr1-1"');
  });

  test('a proposal to override to its country and the sender, and no list where none waits', () => {
    const facts = onward(serves, overrideProposed(abroad, 'vn4-1'));
    for (const office of [sender, abroad])
      expect(view(office, facts)).toMatchObject({ overridesProposed: [{ proposal: 'vn4-1' }] });
    expect(view(abroad, serves)).not.toHaveProperty('overridesProposed');
    expect(view(abroad, serves)).not.toHaveProperty('override');
  });
});

describe('an office that referred her onward reads of the other', () => {
  const below = { office: third, offer: 'vn3-1' };
  const asks = (lines: string[]) => referred({ to: third, offer: 'vn3-1' }, { lines });
  const reads = (...steps: readonly Step[]) => {
    const { onward: asked } = view(
      abroad,
      onward(begun, accepted({}, both), progressed(), ...steps),
    ) as {
      onward?: object[];
    };
    return asked?.[0];
  };
  const offer = { office: third, offer: 'vn3-1', madeAt: later(4), partOf: 'kr1-1' };

  test('the lines that it left', () => {
    const taken = { ...offer, lines: ['l1', 'l2'], status: 'accepted' };
    expect(reads(asks(['l1', 'l2']), accepted(below, { left }))).toEqual({ ...taken, left });
    expect(reads(asks(['l1', 'l2']), accepted(below, both))).toEqual(taken);
    expect(reads(asks(['l1', 'l2']))).toEqual({ ...taken, status: 'requested' });
  });

  test('that it took over, and once this office is done nothing of how it ended', () => {
    const one = { ...offer, lines: ['l1'] };
    const over = [asks(['l1']), accepted(below), handedOn()];
    expect(reads(...over)).toEqual({ ...one, status: 'accepted' });
    const refused = [asks(['l1']), declined(below)];
    const rows = ['l1', 'l2'].map((line) => ({ line, state: 'failed', next: 'none' }));
    for (const steps of [refused, [...refused, failed({}, { lines: rows })]])
      expect(reads(...steps)).toMatchObject({ ...one, status: 'rejected' });
  });
});
