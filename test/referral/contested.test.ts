import { expect, test } from 'vitest';
import type { LineId } from '../../events/referral.ts';
import { dueNext } from '../../shared/referral/due.ts';
import { fold } from '../../shared/referral/fold.ts';
import { holderOf } from '../../shared/referral/lines.ts';
import { log, submitted } from '../support/facts.ts';
import { after } from '../support/given.ts';
import { abroad, contextIn, home, sender, third, union } from '../support/people.ts';
import { accepted, made, progressed, started } from '../support/steps.ts';

test('a line that a supervisor must place does not keep the system from placing the next', () => {
  const [first, second] = [{}, { office: third, offer: 'kr2-1' }];
  const facts = log(
    submitted({ lines: [[abroad], [union]] }),
    made({ office: third, offer: 'kr2-1', actor: sender }, { lines: ['l1'] }),
    made({ office: home, offer: 'kr3-1', actor: sender }, { lines: ['l2'] }),
    ...[accepted(first), progressed(first), started(first)],
    ...[accepted(second), progressed(second), started(second)],
    accepted({ office: union, offer: 'kr1-2' }, { lines: ['l2'] }),
    accepted({ office: home, offer: 'kr3-1' }, { lines: ['l2'] }),
  );
  const due = dueNext(fold(facts), contextIn('kr'));
  expect(due).toMatchObject({ do: 'place-line', input: { line: 'l2' } });
  const { referral } = fold(due ? after(facts, due) : []);
  const holds = (line: string) => referral && holderOf(referral, line as LineId) !== undefined;
  expect([holds('l1'), holds('l2')]).toEqual([false, true]);
});
