import { describe, expect, test } from 'vitest';
import type { Fact, Instant } from '../../events/envelope.ts';
import type { Amendable } from '../../events/referral.ts';
import { clocksOf } from '../../shared/referral/clocks.ts';
import { fold } from '../../shared/referral/fold.ts';
import {
  checkedUntil,
  presentContact,
  presentPart,
} from '../../shared/referral/present-contact.ts';
import { log, onward, placed, submitted } from '../support/facts.ts';
import { command, after as grown, refusal } from '../support/given.ts';
import { abroad, contextIn, home, later, sender, union, worker } from '../support/people.ts';
import { accepted, amended, consentWithdrawn } from '../support/steps.ts';

const begun = log(submitted());
const taken = onward(begun, accepted());
const urgency = (facts: readonly Fact[]) => fold(facts).referral?.urgency;
const amend = (facts: readonly Fact[], who: typeof sender, to: string) =>
  grown(facts, command('amend', worker(who), { urgency: to }));

describe('the urgency', () => {
  test('rises by the sender or by an office that has accepted, and never falls', () => {
    expect(urgency(amend(begun, sender, 'urgent'))).toBe('urgent');
    expect(urgency(amend(taken, abroad, 'emergency'))).toBe('emergency');
    const urgent = amend(begun, sender, 'urgent');
    for (const to of ['urgent', 'normal'])
      expect(refusal(() => amend(urgent, sender, to))).toMatchObject({
        code: 'invalid-field',
        field: '/urgency',
      });
    expect(refusal(() => amend(begun, abroad, 'urgent'))).toMatchObject({
      code: 'not-allowed-now',
    });
  });

  test('of two amendments that did not know of each other is the higher', () => {
    const one = placed(amended(sender, { urgency: 'emergency' }), 'kr', 2, 1);
    const other = placed(amended(abroad, { urgency: 'urgent' }), 'vn', 2, 1);
    expect(urgency([...taken, one, other])).toBe('emergency');
    expect(fold([...taken, other, one]).setAside).toEqual([]);
  });

  test('is kept with who amended it, and which parts, each time', () => {
    const parts = ['safe-contact'];
    const twice = onward(taken, amended(sender, { parts }), amended(abroad, { urgency: 'urgent' }));
    expect(fold(twice).referral?.amendments).toMatchObject([
      { office: sender, parts, at: { country: 'kr', seq: 2, seen: 1 } },
      { office: abroad, parts: [], at: { country: 'vn', seq: 2, seen: 2 } },
    ]);
  });

  test('is set aside from who is no party', () => {
    const fact = placed(amended(union, { urgency: 'urgent' }), 'vn', 2, 1);
    expect(fold([...taken, fact]).setAside).toEqual([fact.id]);
  });
});

describe('a safe contact', () => {
  const parts = ['safe-contact'];
  const asks = (who: typeof sender, input: object, facts = taken) =>
    refusal(() => grown(facts, command('amend', worker(who), input)));

  test('is amended where the case file is, by the sender or who serves her there', () => {
    const facts = grown(taken, command('amend', worker(sender), { parts }));
    expect(facts.at(-1)?.data).toMatchObject({ parts, offices: [sender, abroad] });
    expect(facts.at(-1)?.data).not.toHaveProperty('urgency');
    expect(asks(abroad, { parts })).toEqual({
      ...{ code: 'not-yours-to-do', status: 403, field: '/parts' },
    });
    const here = log(submitted({ lines: [[home]] }), accepted({ office: home }));
    expect(grown(here, command('amend', worker(home), { parts }))).toHaveLength(3);
    const urgent = log(submitted({ urgency: 'emergency' }));
    expect(grown(urgent, command('amend', worker(sender), { parts }))).toHaveLength(2);
  });

  test('or the urgency: one of them changes', () => {
    expect(asks(sender, {})).toMatchObject({ status: 422, field: '/urgency' });
    const both = grown(taken, command('amend', worker(sender), { parts, urgency: 'urgent' }));
    expect(fold(both).referral).toMatchObject({ urgency: 'urgent', amendments: [{ parts }] });
  });

  describe('that counts', () => {
    const slot = (facts: readonly Fact[], until?: Instant) => {
      const { referral } = fold(facts);
      return referral && presentContact(referral, until);
    };
    const one = onward(taken, amended(sender, { parts }));

    test('is the first until another came, then the last', () => {
      expect(slot(onward(taken, amended(sender, { urgency: 'urgent' })))).toBe('kr1');
      expect(slot(one)).toBe('kr2');
      expect(slot(onward(one, amended(sender, { parts })))).toBe('kr3');
    });

    test('is none of two that did not know of each other, until one that has seen both', () => {
      const crossed = [...one, placed(amended(abroad, { parts }), 'vn', 2, 1)];
      expect(slot(crossed)).toBeUndefined();
      expect(slot(onward(crossed, amended(sender, { parts })))).toBe('kr3');
    });

    test('for her check is the one of fourteen days before she withdrew, else before now', () => {
      const days = 14 * 24 * 60;
      const withdrawn = (after: number) =>
        onward(one, consentWithdrawn(sender, 'kr3-1', 'kr1-1')).map((fact, i, all) =>
          i === all.length - 1 ? { ...fact, time: later(after) } : fact,
        );
      const until = (facts: readonly Fact[]) => {
        const { referral } = fold(facts);
        return referral && checkedUntil(referral, later(days * 9));
      };
      const soon = withdrawn(days);
      expect(slot(soon, until(soon))).toBe('kr1');
      const late = withdrawn(days + 60);
      expect(slot(late, until(late))).toBe('kr2');
      expect(until(one)).toBe(later(days * 8));
    });
  });
});

describe('another part', () => {
  const asks = (who: typeof sender, parts: readonly string[]) =>
    command('amend', worker(who), { parts });

  test('is amended by the sender alone, in an emergency too', () => {
    const parts = ['identity', 'reason'];
    for (const facts of [taken, log(submitted({ urgency: 'emergency' }), accepted())]) {
      const fact = grown(facts, asks(sender, parts)).at(-1);
      expect(fact?.data).toMatchObject({ parts, offices: [sender, abroad] });
      for (const part of parts)
        expect(refusal(() => grown(facts, asks(abroad, [part])))).toMatchObject({
          ...{ code: 'not-yours-to-do', status: 403, field: '/parts' },
        });
    }
    const twice = asks(sender, ['identity', 'identity']);
    expect(refusal(() => grown(taken, twice))).toMatchObject({ status: 422, field: '/parts' });
  });

  test('counts from the sender alone, its last', () => {
    const parts = ['identity'];
    const slot = (facts: readonly Fact[], part: Amendable = 'identity') => {
      const { referral } = fold(facts);
      return referral && presentPart(referral, part);
    };
    const once = onward(taken, amended(sender, { parts }));
    expect(slot(taken)).toBe('kr1');
    expect(slot(once)).toBe('kr2');
    expect(slot(once, 'reason')).toBe('kr1');
    expect(slot(onward(once, amended(abroad, { parts })))).toBe('kr2');
    expect(slot(onward(once, amended(abroad, { parts }), amended(sender, { parts })))).toBe('kr3');
  });
});

describe('after a rise', () => {
  const clock = (facts: readonly Fact[], name: string) => {
    const { referral } = fold(facts);
    return referral && clocksOf(referral, contextIn('vn')).find((c) => c.clock === name);
  };
  const risen = (minute: number, to = 'urgent', before = begun) => {
    const facts = onward(before, amended(sender, { urgency: to }));
    return facts.map((f, i) => (i === facts.length - 1 ? { ...f, time: later(minute) } : f));
  };

  test('an office has the shorter time, from when it rose', () => {
    expect(clock(risen(60), 'decide')?.due).toBe(later(60 + 48 * 60));
    expect(clock(risen(60, 'emergency'), 'decide')).toMatchObject({
      due: later(60 + 4 * 60),
      over: later(60 + 6 * 60),
    });
  });

  test('nobody has more time than before', () => {
    const before = clock(begun, 'decide')?.due as Instant;
    const nearlyOver = (Date.parse(before) - Date.parse(later(0))) / 60_000 - 30;
    expect(clock(risen(nearlyOver), 'decide')?.due).toBe(before);
    expect(clock(risen(nearlyOver, 'emergency'), 'decide')?.due).toBe(before);
  });

  test('and another rise, each shortens what is left', () => {
    const twice = onward(risen(60), amended(sender, { urgency: 'emergency' }));
    const facts = twice.map((f, i) => (i === 2 ? { ...f, time: later(120) } : f));
    expect(clock(facts, 'decide')?.due).toBe(later(120 + 4 * 60));
  });
});
