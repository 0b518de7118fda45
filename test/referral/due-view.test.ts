import { describe, expect, test } from 'vitest';
import type { Fact, Office } from '../../events/envelope.ts';
import { duesFor } from '../../shared/referral/due-view.ts';
import { busy } from '../support/busy.ts';
import { log, onward, submitted } from '../support/facts.ts';
import { honest } from '../support/now.ts';
import { abroad, contextIn, home, later, sender } from '../support/people.ts';
import { accepted, held, missed, reminded } from '../support/steps.ts';

const dues = (office: Office, facts: readonly Fact[]) =>
  duesFor(office, honest(facts).referral, contextIn('kr'));
const clocks = (office: Office, facts: readonly Fact[]) =>
  (dues(office, facts).about(() => true).due ?? []).map(({ clock }) => clock);

describe('what is owed of a service', () => {
  const serving = (feedback: string) => onward(log(submitted({ feedback })), accepted(), held());
  test.each(['none', 'outcome'])('is not told to a sender with feedback %s', (feedback) => {
    expect(clocks(sender, serving(feedback))).toEqual([]);
  });

  test('is told to a sender with feedback `progress`, and to the office that owes it', () => {
    for (const office of [sender, abroad])
      expect(clocks(office, serving('progress')).toSorted()).toEqual([
        ...['feedback', 'first-contact', 'hold-review'],
      ]);
    expect(clocks(abroad, serving('outcome'))).toContain('hold-review');
  });
});

test('what is owed of a service abroad is not told to a sender who may hear nothing over the border', () => {
  const unheard = log(submitted({ feedback: 'progress', grants: [{ office: abroad }] }));
  expect(clocks(sender, onward(unheard, accepted(), held()))).toEqual([]);
});

test('what an office owes next is its own debt that falls due first', () => {
  const first = (office: Office) => dues(office, busy).next;
  expect(first(sender)).toBe('2026-11-25T09:00:00.000Z');
  expect(first(home)).toBe('2026-11-30T09:00:00.000Z');
  expect(dues('kr-nobody' as Office, busy)).not.toHaveProperty('next');
});

test('what is owed is told in the order in which it falls due', () => {
  const due = dues(sender, busy).about(() => true).due ?? [];
  const times = due.map(({ due: at }) => at);
  expect(times).toEqual(times.toSorted());
  expect(times.length).toBeGreaterThan(9);
});

test('what was missed says so, and what was only reminded of does not', () => {
  const begun = log(submitted({ lines: [[home]], urgency: 'urgent' }));
  const about = (facts: readonly Fact[]) =>
    dues(sender, facts).about(({ offer }) => offer === 'kr1-1');
  const of = { office: home };
  const due = (more: object = {}) => ({
    due: [
      { clock: 'acknowledge', due: later(24 * 60 + 1), ...more },
      { clock: 'decide', due: later(48 * 60 + 1) },
    ],
  });
  expect(about(begun)).toEqual(due());
  expect(about(onward(begun, reminded(of)))).toEqual(due());
  expect(about(onward(begun, missed(of)))).toEqual(due({ missed: true }));
  expect(dues(sender, begun).about(({ offer }) => offer === 'kr9-1')).toEqual({});
});
