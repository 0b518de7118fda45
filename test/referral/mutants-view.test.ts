import { describe, expect, test } from 'vitest';
import type { Fact, Office } from '../../events/envelope.ts';
import { fold } from '../../shared/referral/fold.ts';
import { viewFor } from '../../shared/referral/view.ts';
import { log, onward, onwardGrants, type Step, submitted } from '../support/facts.ts';
import { abroad, contextIn, home, later, sender } from '../support/people.ts';
import {
  accepted,
  acknowledged,
  asked,
  askedToCancel,
  cancelled,
  completed,
  declined,
  held,
  progressed,
  resumed,
  started,
  told,
  tookBack,
} from '../support/steps.ts';

const begun = log(submitted({ lines: [[abroad], [abroad]], grants: onwardGrants }));
const both = { lines: ['l1', 'l2'] };
const view = (office: Office, facts: readonly Fact[]) =>
  viewFor(office, fold(facts), contextIn('kr'));
/** What an office reads of offer kr1-1 beside its state and clocks. */
const shows = (office: Office, ...steps: readonly Step[]) => {
  const {
    offer: _,
    office: __,
    lines: ___,
    madeAt: ____,
    due: _____,
    cancellation: ______,
    ...rest
  } = (view(office, onward(begun, ...steps))?.offers[0] ?? {}) as Record<string, unknown>;
  return rest;
};
const clocksOf = ({ due = [] }: { due?: readonly { clock: string }[] }) =>
  due.map(({ clock }) => clock);
const left = [{ line: 'l2', reason: 'no-capacity', next: 'next-office' }];
const serving = [accepted({}, both), progressed(), started()];

describe('an offer shows', () => {
  test('that a question waits, with its round, and none that was answered', () => {
    expect(shows(abroad, asked())).toEqual({ status: 'received', informationRequested: 1 });
    expect(shows(abroad, asked(), told())).toEqual({ status: 'received' });
    expect(shows(abroad, asked(), told(), asked({}, { round: 2 }))).toMatchObject({
      informationRequested: 2,
    });
  });

  test('the lines that were left, each with its reason', () => {
    for (const office of [sender, abroad]) {
      expect(shows(office, accepted({}, { left }))).toEqual({ status: 'accepted', left });
      expect(shows(office, accepted({}, both))).toEqual({ status: 'accepted' });
    }
  });

  test('why it was refused, taken back or ended', () => {
    const why = { reason: 'no-capacity', next: 'next-office' };
    expect(shows(sender, declined())).toEqual({ status: 'rejected', declined: why });
    expect(shows(sender, accepted({}, both), tookBack())).toEqual({
      status: 'rejected',
      acceptanceWithdrawn: why,
    });
    const ends = cancelled({ actor: abroad }, { ...both, cause: 'receiver' });
    expect(shows(abroad, ...serving, askedToCancel({}, both), ends)).toEqual({
      status: 'cancelled',
      cause: 'receiver',
    });
  });

  test('when somebody looks at a hold again, while it is held', () => {
    expect(shows(abroad, ...serving, held())).toEqual({
      status: 'on-hold',
      review: later(60 * 24),
    });
    expect(shows(abroad, ...serving, held(), resumed())).toEqual({ status: 'in-progress' });
    const awaits = held({}, { review: undefined, awaitsArrival: true });
    expect(shows(abroad, ...serving, awaits)).toEqual({ status: 'on-hold' });
    const rows = ['l1', 'l2'].map((line) => ({ line, state: 'completed', next: 'none' }));
    expect(shows(abroad, ...serving, held(), completed({}, { lines: rows }))).toEqual({
      status: 'completed',
    });
  });

  test('to a sender without feedback neither the hold nor when it ends', () => {
    const seen = (feedback: string) => {
      const facts = onward(
        log(submitted({ feedback })),
        accepted(),
        progressed(),
        started(),
        held(),
      );
      return view(sender, facts)?.offers[0];
    };
    for (const feedback of ['none', 'outcome']) {
      expect(seen(feedback)).toMatchObject({ status: 'accepted' });
      expect(seen(feedback)).not.toHaveProperty('review');
    }
    expect(seen('progress')).toMatchObject({ status: 'on-hold', review: later(60 * 24) });
  });

  test('its own clocks alone', () => {
    const two = onward(log(submitted({ lines: [[abroad], [home]] })), acknowledged());
    expect(view(sender, two)?.offers.map(clocksOf)).toEqual([
      ['decide'],
      ['acknowledge', 'decide'],
    ]);
  });
});
