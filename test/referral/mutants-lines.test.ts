import { describe, expect, test } from 'vitest';
import type { Fact } from '../../events/envelope.ts';
import type { LineId, OfferId } from '../../events/referral.ts';
import { fold } from '../../shared/referral/fold.ts';
import { cancellationOf, leavingOf } from '../../shared/referral/leaving.ts';
import { choiceFor, holderOf, lineStatus } from '../../shared/referral/lines.ts';
import { offerIn } from '../../shared/referral/offers.ts';
import { log, onward, submitted } from '../support/facts.ts';
import { command, given, refusal } from '../support/given.ts';
import { abroad, sender, third, union, worker } from '../support/people.ts';
import {
  accepted,
  askedToCancel,
  consentWithdrawn,
  failed,
  made,
  placedLine,
  progressed,
  reopened,
  started,
} from '../support/steps.ts';

const one = log(submitted());
const second = { office: third, offer: 'kr2-1' };
const rivals = onward(one, made(second), accepted(), accepted(second));
const begun = (of = {}) => [progressed(of), started(of)];

const now = (facts: readonly Fact[]) => {
  const { referral, setAside } = fold(facts);
  if (!referral || setAside.length > 0) throw new Error(`set aside: ${setAside.join()}`);
  const offer = (id = 'kr1-1') => {
    const found = offerIn(referral, id as OfferId);
    if (!found) throw new Error('no such offer');
    return found;
  };
  return {
    referral,
    offer,
    holder: holderOf(referral, 'l1' as LineId)?.id,
    choice: choiceFor(referral, 'l1' as LineId)?.id,
    line: (id = 'l1') => lineStatus(referral, id as LineId),
    leaving: (id = 'kr1-1') => leavingOf(referral, offer(id)),
    asked: (id = 'kr1-1') => cancellationOf(referral, offer(id)),
  };
};

describe('of two that accepted one line', () => {
  test('the system chooses who was first, whatever the order of the offers', () => {
    expect(now(rivals).choice).toBe('kr1-1');
    const other = onward(one, made(second), accepted(second), accepted());
    expect(now(other).choice).toBe('kr2-1');
  });

  test('the system chooses who has begun before who was first', () => {
    expect(now(onward(rivals, ...begun(second))).choice).toBe('kr2-1');
  });

  test('the system chooses nobody when both have begun', () => {
    const both = now(onward(rivals, ...begun(), ...begun(second)));
    expect([both.choice, both.line()]).toEqual([undefined, 'contested']);
  });

  test('who is asked to leave does not count beside who is not', () => {
    const asked = now(onward(rivals, askedToCancel()));
    expect([asked.line(), asked.holder, asked.asked(), asked.asked('kr2-1')]).toEqual([
      'placed',
      'kr2-1',
      'requested',
      'none',
    ]);
  });

  test('who has no consent any more does not count beside who has', () => {
    const without = now(onward(rivals, consentWithdrawn(sender, 'kr3-1', 'kr1-1')));
    expect([without.line(), without.holder, without.choice]).toEqual(['placed', 'kr2-1', 'kr2-1']);
  });

  test('both count when both are asked to leave', () => {
    const both = [askedToCancel(), askedToCancel(second)];
    const asked = now(onward(rivals, ...both));
    expect([asked.line(), asked.choice]).toEqual(['contested', 'kr1-1']);
  });

  test('the choice stands, also beside a third that accepts later', () => {
    const chosen = onward(rivals, placedLine('kr2-1'));
    expect(now(chosen).holder).toBe('kr2-1');
    const late = { office: union, offer: 'kr4-1' };
    expect(now(onward(chosen, made(late), accepted(late))).holder).toBe('kr2-1');
  });

  test('a choice that had not seen a later reopening counts no more, and a new one does', () => {
    const again = onward(
      rivals,
      placedLine('kr1-1'),
      failed({}, { lines: [{ line: 'l1', state: 'failed', next: 'sender' }] }),
      reopened(),
    );
    expect([now(again).line(), now(again).holder]).toEqual(['contested', undefined]);
    expect(now(onward(again, placedLine('kr2-1'))).holder).toBe('kr2-1');
  });

  test('a choice of one that claims nothing any more leaves who is left', () => {
    const gone = onward(rivals, placedLine('kr1-1'), failed());
    expect(now(gone).holder).toBe('kr2-1');
  });
});

describe('a supervisor’s choice where both have begun', () => {
  const both = onward(rivals, ...begun(), ...begun(second));
  const supervisor = worker(sender, 'supervisor');
  const choose = (offer: string, facts = both) =>
    given(facts).when(command('place-line', supervisor, { line: 'l1', offer }));
  const chosen = onward(both, placedLine('kr2-1', 'l1', sender));

  test('is one of the two, and tells both and the sender', () => {
    expect(choose('kr2-1')).toMatchObject({
      type: 'line.placed.v1',
      data: { line: 'l1', offer: 'kr2-1', offices: [sender, abroad, third] },
    });
    expect(refusal(() => choose('kr9-1'))).toMatchObject({ status: 422, field: '/offer' });
  });

  test('is one choice when it is made twice, and another is refused', () => {
    expect(choose('kr2-1', chosen)).toBeUndefined();
    expect(refusal(() => choose('kr1-1', chosen))).toMatchObject({ status: 409, field: '/line' });
  });

  test('is none where nobody disputes the line', () => {
    const placed = onward(one, accepted());
    expect(refusal(() => choose('kr1-1', placed))).toMatchObject({ status: 409 });
    const other = given(placed);
    const line = () =>
      other.when(command('place-line', supervisor, { line: 'l9', offer: 'kr1-1' }));
    expect(refusal(line)).toMatchObject({ status: 422, field: '/line' });
  });
});
