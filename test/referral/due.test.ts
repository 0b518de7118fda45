import { describe, expect, test } from 'vitest';
import type { Country, Fact, Instant } from '../../events/envelope.ts';
import type { Directory } from '../../shared/referral/command.ts';
import { decide } from '../../shared/referral/decide.ts';
import { dueNext } from '../../shared/referral/due.ts';
import { fold } from '../../shared/referral/fold.ts';
import { log, onward, submitted } from '../support/facts.ts';
import {
  abroad,
  contextIn,
  home,
  later,
  noon,
  offices,
  sender,
  third,
  union,
} from '../support/people.ts';
import {
  accepted,
  acknowledged,
  askedToEnd,
  cancelled,
  consentLapsed,
  declined,
  failed,
  made,
  newer,
} from '../support/steps.ts';

const one = log(submitted());
const due = (
  facts: readonly Fact[],
  country: Country,
  directory: Directory = offices,
  at: Instant = noon,
) => {
  const state = fold(facts);
  const context = { ...contextIn(country, at), offices: directory };
  const command = dueNext(state, context);
  // What is due may also be done.
  if (command) expect(decide(state, command, context)).toBeDefined();
  return command && { do: command.do, offer: command.offer, input: command.input };
};
const cancel = { do: 'cancel', offer: 'kr1-1', input: {} };
const offer = (office: string, ...lines: string[]) => ({
  do: 'offer',
  offer: undefined,
  input: { office, lines },
});

test.each<[string, readonly Fact[]]>([
  ['nothing is there', []],
  ['it waits for an answer', one],
  ['it was acknowledged', onward(one, acknowledged())],
  ['it is served', onward(one, accepted())],
  ['an acceptance crossed a withdrawal', onward(one, accepted(), askedToEnd())],
])('nothing is due when %s', (_, facts) => {
  expect(due(facts, 'kr')).toBeUndefined();
  expect(due(facts, 'vn')).toBeUndefined();
});

describe('a withdrawn offer', () => {
  test('is cancelled by the system of its office’s country, and by no other', () => {
    const asked = onward(one, askedToEnd());
    expect(due(asked, 'vn')).toEqual(cancel);
    expect(due(asked, 'kr')).toBeUndefined();
  });

  test('is cancelled once', () => {
    expect(due(onward(one, askedToEnd(), cancelled()), 'vn')).toBeUndefined();
  });

  test('is cancelled while a newer fact is here: endings stay open', () => {
    expect(due(onward(one, askedToEnd(), newer), 'vn')).toEqual(cancel);
  });
});

describe('what makes an offer void', () => {
  test('an acceptance elsewhere', () => {
    const facts = onward(
      one,
      made({ office: union, offer: 'kr2-1' }),
      accepted({ office: union, offer: 'kr2-1' }),
    );
    expect(due(facts, 'vn')).toEqual(cancel);
  });

  test('her stop', () => {
    const facts = onward(
      one,
      made({ office: home, offer: 'kr2-1' }),
      declined({}, { next: 'stop', reason: 'already-served' }),
    );
    expect(due(facts, 'kr')).toEqual({ ...cancel, offer: 'kr2-1' });
    expect(due(facts, 'vn')).toBeUndefined();
  });
});

describe('a line that goes to the next office', () => {
  test('is offered by the origin to the next of its list, and by no other', () => {
    const facts = onward(one, declined());
    expect(due(facts, 'kr')).toEqual(offer(union, 'l1'));
    expect(due(facts, 'vn')).toBeUndefined();
  });

  test('passes an office that was asked, is closed, takes none, or has no grant', () => {
    const [first, ...rest] = [abroad, union, third, home];
    const facts = onward(
      log(submitted({ lines: [[first as typeof abroad, ...rest]] })),
      declined(),
    );
    expect(
      due(facts, 'kr', { ...offices, [union]: { active: false, takesReferrals: true } }),
    ).toEqual(offer(third, 'l1'));
    expect(
      due(facts, 'kr', { ...offices, [union]: { active: true, takesReferrals: false } }),
    ).toEqual(offer(third, 'l1'));
    const grants = [
      { office: abroad },
      { office: union, expires: later(1) },
      { office: home },
      { office: sender },
    ];
    const narrow = onward(
      log(submitted({ lines: [[abroad, union, third, home]], grants })),
      declined(),
    );
    expect(due(narrow, 'kr', offices, later(1))?.do).toBe('lapse-consent');
    const lapsed = onward(narrow, consentLapsed('kr1-2'));
    expect(due(lapsed, 'kr', offices, later(1))).toEqual(offer(home, 'l1'));
    const again = onward(
      facts,
      made({ office: union, offer: 'kr2-1' }),
      declined({ office: union, offer: 'kr2-1' }),
    );
    expect(due(again, 'kr')).toEqual(offer(third, 'l1'));
  });

  test('goes together with the other lines that go there', () => {
    const facts = onward(
      log(
        submitted({
          lines: [
            [abroad, union],
            [abroad, third],
            [abroad, union],
          ],
        }),
      ),
      declined(),
    );
    expect(due(facts, 'kr')).toEqual(offer(union, 'l1', 'l3'));
  });

  test('waits while a newer fact is here', () => {
    expect(due(onward(one, declined(), newer), 'kr')).toBeUndefined();
  });

  test('goes nowhere when the list is at its end', () => {
    expect(due(onward(log(submitted({ lines: [[abroad]] })), declined()), 'kr')).toBeUndefined();
  });

  test('goes on after a service that failed for the office’s own reason', () => {
    const ends = { lines: [{ line: 'l1', state: 'failed', next: 'next-office' }] };
    expect(due(onward(one, accepted(), failed({}, ends)), 'kr')).toEqual(offer(union, 'l1'));
  });
});

test.each(['stop', 'human', 'sender', 'none'])(
  'the system makes no offer where the way is %s',
  (next) => {
    const facts = onward(one, declined({}, { next, reason: 'other' }));
    expect(due(facts, 'kr')).toBeUndefined();
  },
);

test('never again once she asked to stop, whatever the office answered', () => {
  const asked = onward(one, declined(), askedToEnd({}, { next: 'stop', shut: true }));
  expect(due(asked, 'kr')).toBeUndefined();
  expect(due(onward(one, askedToEnd(), declined()), 'kr')).toBeUndefined();
});

test('a domestic offer that was withdrawn at home leaves nothing to do', () => {
  const facts = onward(
    log(submitted({ lines: [[home]] })),
    cancelled({ office: home, actor: sender }),
  );
  expect(due(facts, 'kr')).toBeUndefined();
});
