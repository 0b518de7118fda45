import { describe, expect, test } from 'vitest';
import type { Fact, Office } from '../../events/envelope.ts';
import { fold } from '../../shared/referral/fold.ts';
import { viewFor } from '../../shared/referral/view.ts';
import { log, onward, type Step, submitted } from '../support/facts.ts';
import {
  abroad,
  contextIn,
  helpline,
  home,
  sender,
  stranger,
  third,
  union,
} from '../support/people.ts';
import {
  accepted,
  askedToEnd,
  cancelled,
  completed,
  declined,
  failed,
  made,
  progressed,
  started,
} from '../support/steps.ts';

const lines = [[abroad, union, third], [home]];
const begun = log(submitted({ lines, helplines: [helpline] }));
const view = (office: Office, facts: readonly Fact[]) =>
  viewFor(office, fold(facts), contextIn('kr'));

test('the sender sees every offer and every line', () => {
  expect(view(sender, begun)).toMatchObject({
    sender,
    status: 'active',
    urgency: 'normal',
    lines: [
      { line: 'l1', status: 'offered' },
      { line: 'l2', status: 'offered' },
    ],
    offers: [
      { offer: 'kr1-1', office: abroad, status: 'requested', lines: ['l1'], cancellation: 'none' },
      { offer: 'kr1-2', office: home, status: 'requested', lines: ['l2'], cancellation: 'none' },
    ],
  });
});

test('an office sees its own offer and no other, no list, no helpline', () => {
  const own = view(abroad, begun);
  expect(own?.offers).toHaveLength(1);
  expect(own).not.toHaveProperty('lines');
  for (const hidden of [home, union, third, helpline])
    expect(JSON.stringify(own)).not.toContain(hidden);
});

test.each([union, third, helpline, stranger])('%s sees nothing', (office) => {
  expect(view(office, begun)).toBeUndefined();
});

test('nothing is seen of what never was', () => {
  expect(view(sender, [])).toBeUndefined();
});

test('a new office does not see that another was asked before', () => {
  const facts = onward(
    begun,
    declined(),
    made({ office: union, offer: 'kr2-1' }, { replaces: 'kr1-1' }),
  );
  expect(JSON.stringify(view(union, facts))).not.toContain('kr1-1');
  expect(view(sender, facts)?.offers[2]).toMatchObject({ office: union, replaces: 'kr1-1' });
});

test('the sender reads a refusal, the office not why it was withdrawn', () => {
  expect(view(sender, onward(begun, declined()))?.offers[0]).toMatchObject({
    status: 'rejected',
    declined: { reason: 'no-capacity', next: 'next-office' },
  });
  const ended = onward(
    begun,
    askedToEnd({}, { next: 'stop', shut: true }),
    cancelled({}, { shut: true }),
  );
  const text = JSON.stringify(view(abroad, ended));
  expect(text).toContain('"cause":"withdrawn"');
  for (const hidden of ['stop', 'shut', 'next']) expect(text).not.toContain(hidden);
});

test('a withdrawal that met a service is shown as a request to cancel', () => {
  const crossed = onward(begun, accepted(), askedToEnd());
  for (const office of [sender, abroad])
    expect(view(office, crossed)?.offers[0]).toMatchObject({
      status: 'accepted',
      cancellation: 'requested',
    });
});

describe('the sender sees of the service what she allowed', () => {
  const seen = (feedback: string, ...steps: readonly Step[]) => {
    const facts = onward(
      log(submitted({ lines: [[abroad]], feedback })),
      accepted(),
      progressed(),
      ...steps,
    );
    const {
      offers,
      lines: its,
      status,
    } = view(sender, facts) as {
      offers: { status: string }[];
      lines: { status: string }[];
      status: string;
    };
    return [offers[0]?.status, its[0]?.status, status];
  };

  test.each([
    ['none', 'started', ['accepted', 'placed', 'active'], [started()]],
    ['none', 'completed', ['accepted', 'placed', 'active'], [started(), completed()]],
    ['none', 'failed', ['accepted', 'placed', 'active'], [failed()]],
    ['outcome', 'started', ['accepted', 'placed', 'active'], [started()]],
    ['outcome', 'completed', ['completed', 'closed', 'completed'], [started(), completed()]],
    ['progress', 'started', ['in-progress', 'placed', 'active'], [started()]],
    ['progress', 'failed', ['failed', 'closed', 'completed'], [failed()]],
  ] as [string, string, string[], readonly Step[]][])(
    'with %s, when it %s: %j',
    (feedback, _, expected, steps) => {
      expect(seen(feedback, ...steps)).toEqual(expected);
    },
  );

  test('the office sees its own service, whatever the feedback', () => {
    const facts = onward(log(submitted({ feedback: 'none' })), accepted(), progressed(), started());
    expect(view(abroad, facts)?.offers[0]).toMatchObject({ status: 'in-progress' });
  });
});

test('what was set aside is shown', () => {
  const facts = onward(begun, { ...declined(), actor: union });
  expect(view(sender, facts)).toMatchObject({ setAside: [facts[1]?.id] });
});
