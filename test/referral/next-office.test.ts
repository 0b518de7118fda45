import { expect, test } from 'vitest';
import type { Office } from '../../events/envelope.ts';
import { dueNext } from '../../shared/referral/due.ts';
import { fold } from '../../shared/referral/fold.ts';
import { sightsOf } from '../../shared/referral/sight.ts';
import { log, onward, submitted, takesOver } from '../support/facts.ts';
import { after, command } from '../support/given.ts';
import {
  abroad,
  contextIn,
  home,
  sender,
  shelter,
  third,
  union,
  worker,
} from '../support/people.ts';
import { accepted, declined, handOverProposed, takenOver } from '../support/steps.ts';

type Facts = ReturnType<typeof log>;
const due = (facts: Facts) => dueNext(fold(facts), contextIn('kr'));
const reads = (facts: Facts) => {
  const { referral } = fold(facts);
  return referral && sightsOf(referral, abroad, contextIn('kr')).length > 0;
};

/** Shut on its first line, while the second goes on to the next of its list. */
const shut = (how: 'withdraw' | 'request-cancellation', first: Office, list: Office[]) => {
  const asked = log(submitted({ lines: [[first], [union, ...list]] }));
  const offered = how === 'withdraw' ? asked : onward(asked, accepted({ office: first }));
  const closed = after(offered, command(how, worker(sender), { reason: 'safety' }, 'kr1-1'));
  return onward(closed, declined({ office: union, offer: 'kr1-2' }));
};

test.each([
  ['withdraw', abroad],
  ['request-cancellation', abroad],
  ['request-cancellation', home],
] as const)('what %s shut for %s, the system does not open by a further offer', (how, office) => {
  expect(due(shut(how, office, [office]))?.do).not.toBe('offer');
});

test('an office that was shut is passed over for the next of the list', () => {
  const input = { office: third, lines: ['l2'] };
  expect(due(shut('withdraw', abroad, [abroad, third]))).toMatchObject({ do: 'offer', input });
});

test('a person’s offer opens it again', () => {
  const facts = shut('request-cancellation', abroad, [abroad]);
  expect(reads(facts)).toBe(false);
  const input = { office: abroad, lines: ['l2'] };
  expect(reads(after(facts, command('offer', worker(sender, 'supervisor'), input)))).toBe(true);
});

test('an office of the list that is the sender by now is passed over', () => {
  const grants = [...[abroad, union, sender].map((office) => ({ office })), ...takesOver(shelter)];
  const facts = log(
    submitted({ lines: [[abroad, shelter, union]], grants }),
    handOverProposed(shelter),
    takenOver(shelter),
    declined(),
  );
  const again = due(facts);
  expect(again).toMatchObject({ do: 'offer', input: { office: union, lines: ['l1'] } });
  expect(() => again && after(facts, again)).not.toThrow();
});
