import { describe, expect, test } from 'vitest';
import type { Fact } from '../../events/envelope.ts';
import { fold } from '../../shared/referral/fold.ts';
import { log, onward, submitted } from '../support/facts.ts';
import { abroad, helpline, home, sender, third, union } from '../support/people.ts';
import { may } from '../support/permission.ts';
import {
  accepted,
  askedToCancel,
  completed,
  consentWithdrawn,
  failed,
  held,
  inError,
  made,
  progressed,
  reopened,
  settled,
  started,
} from '../support/steps.ts';

const begun = log(submitted({ helplines: [helpline] }));
const inProgress = (facts: readonly Fact[] = begun) =>
  onward(facts, accepted(), progressed(), started());

describe('consent', () => {
  const all = ['kr1-1', 'kr1-2', 'kr1-3', 'kr1-4', 'kr1-5'];
  const hers = onward(begun, consentWithdrawn(abroad, 'vn1-1', ...all));

  test('is recorded by the sender, and by an office that holds something', () => {
    expect(
      ['sender', 'abroad'].map((w) =>
        may(begun, 'record-consent', w === 'sender' ? sender : abroad),
      ),
    ).toEqual([true, true]);
    expect(
      may(onward(begun, consentWithdrawn(sender, 'kr2-1', 'kr1-1')), 'record-consent', abroad),
    ).toBe(false);
    expect(may(onward(begun, inError), 'record-consent', sender)).toBe(false);
  });

  test('is withdrawn while there is any', () => {
    expect(may(begun, 'withdraw-consent', abroad, 'worker')).toBe(true);
    expect(
      [sender, abroad, helpline].map((office) => may(hers, 'withdraw-consent', office)),
    ).toEqual([false, false, false]);
  });

  test('is settled by a supervisor of the sender, or of a helpline if the sender withdrew it', () => {
    const bySender = onward(begun, consentWithdrawn(sender, 'kr2-1', 'kr1-1'));
    for (const name of ['confirm-withdrawal', 'refute-withdrawal'] as const) {
      expect([may(hers, name, sender), may(hers, name, sender, 'worker')]).toEqual([true, false]);
      expect([may(hers, name, helpline), may(bySender, name, helpline)]).toEqual([false, true]);
      expect([may(bySender, name, sender), may(begun, name, sender)]).toEqual([false, false]);
      expect([may(bySender, name, abroad), may(hers, name, home)]).toEqual([false, false]);
      const over = onward(hers, settled('confirmed', sender, 'vn1-1'));
      expect(may(over, name, sender)).toBe(false);
    }
  });
});

describe('a further offer', () => {
  const free = onward(
    begun,
    accepted(),
    failed({}, { lines: [{ line: 'l1', state: 'failed', next: 'human' }] }),
  );

  test('is a supervisor’s where a human must decide, or beside another', () => {
    expect([may(free, 'offer', sender), may(free, 'offer', sender, 'worker')]).toEqual([
      true,
      false,
    ]);
    expect([may(begun, 'offer', sender), may(begun, 'offer', sender, 'worker')]).toEqual([
      true,
      false,
    ]);
    const held_ = onward(inProgress(), held());
    expect([may(held_, 'offer', sender), may(held_, 'stop-line', sender)]).toEqual([false, false]);
    const leaving = onward(inProgress(), askedToCancel());
    expect(may(leaving, 'offer', sender)).toBe(true);
    expect([may(free, 'stop-line', sender, 'worker'), may(begun, 'stop-line', sender)]).toEqual([
      true,
      false,
    ]);
  });

  test('is the last after five', () => {
    const offices = [union, third, home, union];
    const chain = offices.reduce<Fact[]>((facts, office, i) => {
      const { referral } = fold(facts);
      const replaces = referral?.offers.at(-1)?.id;
      return onward(facts, made({ office, offer: `kr${i + 2}-1`, actor: sender }, { replaces }));
    }, begun);
    expect(may(chain.slice(0, -1), 'offer', sender)).toBe(true);
    expect(may(chain, 'offer', sender)).toBe(false);
  });

  test('is not of a service that was opened again', () => {
    const again = onward(inProgress(), completed(), reopened());
    expect(may(again, 'offer', sender)).toBe(false);
  });
});
