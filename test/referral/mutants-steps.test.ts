import { describe, expect, test } from 'vitest';
import type { Fact } from '../../events/envelope.ts';
import type { LineId } from '../../events/referral.ts';
import { previousOffer } from '../../shared/referral/offers.ts';
import { log, onward, type Step, submitted } from '../support/facts.ts';
import { now } from '../support/now.ts';
import { abroad, home, noon, sender, third, union } from '../support/people.ts';
import { without } from '../support/setting-aside.ts';
import {
  accepted,
  asked,
  askedToCancel,
  askedToEnd,
  cancelled,
  completed,
  declined,
  held,
  made,
  progressed,
  reopened,
  started,
  told,
  tookBack,
} from '../support/steps.ts';

const begun = log(submitted({ lines: [[abroad, union], [home]] }));

describe('a request whose reader may not know why', () => {
  test('goes to the sender, and shuts nothing', () => {
    const request = without(askedToCancel(), 'next', 'shut');
    const { offer } = now(onward(begun, accepted(), request));
    expect(offer().requests).toMatchObject([{ next: 'sender', shut: false }]);
    expect(offer()).not.toHaveProperty('shutIn');
  });

  test('so does an end', () => {
    const end = without(cancelled({}), 'next', 'shut');
    const { offer } = now(onward(begun, askedToEnd(), end));
    expect(offer().letGo).toMatchObject([{ line: 'l1', next: 'sender' }]);
  });
});

describe('rounds of questions', () => {
  const two = onward(begun, asked(), told(), asked({}, { round: 2 }));

  test('an answer is one to the rounds before it alone', () => {
    const [first, second] = now(two).offer().rounds;
    expect([first?.answered?.seq, second?.answered]).toEqual([2, undefined]);
    const both = now(onward(two, told({}, { round: 2 }))).offer().rounds;
    expect(both.map(({ answered }) => answered?.seq)).toEqual([2, 3]);
    const late = onward(begun, asked(), asked({}, { round: 2 }), told());
    expect(
      now(late)
        .offer()
        .rounds.map(({ answered }) => answered?.seq),
    ).toEqual([2, undefined]);
  });

  test.each<[string, readonly Fact[], Step]>([
    ['a round that is left out', begun, asked({}, { round: 2 })],
    ['the same round again', onward(begun, asked()), asked()],
    ['a question after the acceptance', onward(begun, accepted()), asked()],
  ])('%s is set aside', (_, facts, step) => {
    expect(now(onward(facts, step)).setAside).toBe(1);
  });
});

describe('a service takes only the steps that may follow', () => {
  const serving = onward(begun, accepted(), progressed(), started());
  test.each<[string, readonly Fact[], Step]>([
    ['a second hold', onward(serving, held()), held()],
    ['a hold before the acceptance', begun, held()],
    ['an acceptance taken back once it has begun', serving, tookBack()],
    ['an acceptance taken back that never was', begun, tookBack()],
    ['a reopening of what goes on', serving, reopened()],
    ['a reopening of what was declined', onward(begun, declined()), reopened()],
    ['a decline after the acceptance', serving, declined()],
    ['a second beginning', serving, started()],
    [
      'an outcome for a line that it does not serve',
      serving,
      completed({}, { lines: [{ line: 'l2', state: 'completed', next: 'none' }] }),
    ],
  ])('%s is set aside', (_, facts, step) => {
    expect(now(onward(facts, step)).setAside).toBe(1);
  });

  test('a service that ends unheld leaves no hold behind', () => {
    expect(now(onward(serving, completed())).offer().holds).toEqual([]);
  });

  test('a note and an attempt are no visit, no contact and no appointment', () => {
    const noted = onward(
      serving.slice(0, 2),
      progressed({}, { kind: 'note' }),
      progressed({}, { kind: 'contact-attempted' }),
    );
    expect(now(noted).offer()).toMatchObject({
      visits: 0,
      contactMade: false,
      appointed: false,
      reported: true,
      attempts: [noon.slice(0, 10)],
    });
    const visited = onward(
      noted,
      progressed({}, { kind: 'visit', visit: 1 }),
      progressed({}, { kind: 'appointment-scheduled' }),
    );
    expect(now(visited).offer()).toMatchObject({ visits: 1, contactMade: true, appointed: true });
  });
});

test('a further offer follows the last one for any of its lines', () => {
  const more = made({ office: third, offer: 'kr2-1', actor: sender }, { lines: ['l2'] });
  const { referral } = now(onward(begun, more));
  const previous = (...lines: string[]) => previousOffer(referral, lines as LineId[])?.id;
  expect([previous('l1'), previous('l2'), previous('l1', 'l2')]).toEqual([
    'kr1-1',
    'kr2-1',
    'kr2-1',
  ]);
  expect(previousOffer(now(begun).referral, ['l1', 'l2'] as LineId[])?.id).toBe('kr1-2');
});
