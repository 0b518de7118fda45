import { describe, expect, test } from 'vitest';
import type { Fact } from '../../events/envelope.ts';
import type { LineId, OfferId } from '../../events/referral.ts';
import { clocksOf } from '../../shared/referral/clocks.ts';
import { dueNext } from '../../shared/referral/due.ts';
import { fold } from '../../shared/referral/fold.ts';
import { cancellationOf, leavingOf } from '../../shared/referral/leaving.ts';
import { holderOf, lineStatus, wayOf } from '../../shared/referral/lines.ts';
import { isShut, offerIn, statusOf } from '../../shared/referral/offers.ts';
import type { Request } from '../../shared/referral/state.ts';
import { log, moreGrants, onward, placed, submitted } from '../support/facts.ts';
import { command, given, recorded, refusal } from '../support/given.ts';
import { abroad, contextIn, home, sender, third, union, worker } from '../support/people.ts';
import {
  accepted,
  askedToCancel,
  askedToEnd,
  cancelled,
  completed,
  consentRecorded,
  consentWithdrawn,
  declined,
  failed,
  handedOn,
  held,
  made,
  placedLine,
  progressed,
  referred,
  refusedToCancel,
  reopened,
  started,
  tookBack,
} from '../support/steps.ts';

const grants = moreGrants;
const child = { office: home, offer: 'vn2-1' };
const first = log(submitted({ lines: [[abroad, union]], grants }), accepted());
const offered = onward(first, referred({ to: home, offer: 'vn2-1' }));
const taken = onward(offered, accepted(child));
const over = onward(taken, handedOn());
const sendBack = { lines: [{ line: 'l1', state: 'failed', next: 'sender' }] };

const now = (facts: readonly Fact[], line = 'l1' as LineId) => {
  const state = fold(facts);
  const { referral } = state;
  if (!referral) throw new Error('no referral');
  expect(state.setAside).toEqual([]);
  const offer = (id = 'vn2-1') => {
    const found = offerIn(referral, id as OfferId);
    if (!found) throw new Error(`no ${id}`);
    return found;
  };
  return {
    referral,
    offer,
    status: (id?: string) => statusOf(offer(id)),
    leaving: (id?: string) => leavingOf(referral, offer(id)),
    asked: (id?: string) => cancellationOf(referral, offer(id)),
    shut: (id?: string) => isShut(referral, offer(id)),
    line: [lineStatus(referral, line), holderOf(referral, line)?.id, wayOf(referral, line)],
    due: (['kr', 'vn'] as const).map((country) => dueNext(state, contextIn(country))?.do),
  };
};

describe('the parent holds the line', () => {
  test('while somebody below is asked, and after a no, whatever it said of the line', () => {
    expect(now(offered).line).toEqual(['placed', 'kr1-1', 'none']);
    const no = onward(offered, declined(child, { next: 'stop' }));
    expect(now(no).line).toEqual(['placed', 'kr1-1', 'none']);
    expect(now(no).due).toEqual([undefined, undefined]);
  });

  test('also when somebody below has accepted: no two claims, until its system closes it', () => {
    expect(now(taken).line).toEqual(['placed', 'kr1-1', 'none']);
    expect(now(taken).leaving()).toBeUndefined();
    expect(now(taken).due).toEqual([undefined, 'close-parent']);
  });

  test('until it ends: then what was said below counts', () => {
    const no = onward(offered, declined(child, { next: 'stop' }), failed({}, sendBack));
    expect(now(no).line).toEqual(['stopped', undefined, 'stop']);
  });
});

describe('an offer that was not accepted ends with the one above it', () => {
  test.each<[string, Parameters<typeof onward>[1], string]>([
    ['closed', failed({}, sendBack), 'none'],
    ['taken back', tookBack(), 'none'],
    ['lost to the clock', cancelled({}, { cause: 'clock', next: 'sender' }), 'none'],
  ])('when that is %s', (_, step, next) => {
    const facts = onward(offered, step);
    const lost = { lines: ['l1'], cause: 'parent', next, shut: false };
    expect(now(facts).leaving()).toEqual(lost);
    expect(now(facts).due[0]).toBe('cancel');
    const accept = command('accept', worker(home), { lines: ['l1'] }, 'vn2-1');
    expect(refusal(() => given(facts).when(accept)).code).toBe('not-allowed-now');
  });

  test('and an accepted one takes its lines and stands alone', () => {
    const facts = onward(taken, failed({}, sendBack));
    expect(now(facts).line).toEqual(['placed', 'vn2-1', 'sender']);
    expect(now(facts).leaving()).toBeUndefined();
    expect(now(facts).due).toEqual([undefined, undefined]);
  });
});

describe('the system of its country closes what was taken over', () => {
  test('with no code of an outcome, and nobody may reopen it', () => {
    const close = command('close-parent', { system: 'vn' }, {}, 'kr1-1');
    const draft = given(taken).when(close);
    expect(draft).toMatchObject({
      type: 'service.closed.v1',
      data: {
        ...{ offices: [sender, abroad], offer: 'kr1-1', onward: true },
        lines: [{ line: 'l1', state: 'completed', next: 'none' }],
      },
    });
    if (!draft) throw new Error('nothing became of it');
    const facts = recorded(taken, draft, close);
    expect(now(facts).status('kr1-1')).toBe('completed');
    expect(now(facts).line).toEqual(['placed', 'vn2-1', 'none']);
    expect(given(facts).when(close)).toBeUndefined();
    const reopen = command(
      'reopen',
      worker(abroad, 'supervisor'),
      { reason: 'need-not-met' },
      'kr1-1',
    );
    expect(refusal(() => given(facts).when(reopen)).code).toBe('not-allowed-now');
    expect(fold(onward(facts, reopened())).setAside).toHaveLength(1);
  });

  test('is refused to the other country, and before an acceptance stands', () => {
    const close = (country: 'kr' | 'vn') =>
      command('close-parent', { system: country }, {}, 'kr1-1');
    expect(refusal(() => given(taken).when(close('kr'))).code).toBe('not-yours-to-do');
    for (const facts of [offered, onward(taken, tookBack(child)), onward(taken, failed(child))])
      expect(refusal(() => given(facts).when(close('vn'))).code).toBe('not-allowed-now');
  });

  test('the outcome is the system’s alone', () => {
    const outcomes = [{ line: 'l1', outcome: 'referred-onward' }];
    const close = command('close', worker(abroad), { outcomes }, 'kr1-1');
    const facts = onward(taken, progressed(), started());
    expect(refusal(() => given(facts).when(close)).code).toBe('invalid-field');
  });

  test('also when she was served already, or by somebody further below', () => {
    expect(now(onward(taken, completed(child))).due[1]).toBe('close-parent');
    const further = onward(
      offered,
      accepted(child),
      referred({ by: home, to: union, offer: 'kr3-1' }, { partOf: 'vn2-1' }),
      accepted({ office: union, offer: 'kr3-1' }),
      handedOn({ ...child, actor: 'kr:system' }),
    );
    expect(now(further).due[1]).toBe('close-parent');
    expect(now(onward(further, handedOn())).line).toEqual(['placed', 'kr3-1', 'none']);
  });

  test('line by line, and keeps what nobody took over', () => {
    const lines = ['l1', 'l2'];
    const two = onward(
      log(submitted({ lines: [[abroad], [abroad]], grants }), accepted({}, { lines })),
      referred({ to: home, offer: 'vn2-1' }, { lines }),
      accepted(child, { left: [{ line: 'l2', reason: 'no-capacity', next: 'next-office' }] }),
      handedOn(),
    );
    const close = command('close-parent', { system: 'vn' }, {}, 'kr1-1');
    expect(given(two.slice(0, -1)).when(close)?.data).toMatchObject({ lines: [{ line: 'l1' }] });
    expect(now(two).due).toEqual([undefined, undefined]);
    expect(now(two).offer('kr1-1')).toMatchObject({ lines: ['l2'], handedOn: ['l1'] });
    expect(now(two).status('kr1-1')).toBe('accepted');
    expect(now(two).line).toEqual(['placed', 'vn2-1', 'none']);
    expect(now(two, 'l2' as LineId).line).toEqual(['placed', 'kr1-1', 'none']);
    const closed = onward(
      two,
      failed({}, { lines: [{ line: 'l2', state: 'failed', next: 'none' }] }),
    );
    expect(now(closed).status('kr1-1')).toBe('completed');
    expect(now(onward(closed, reopened())).offer('kr1-1').lines).toEqual(['l2']);
  });

  test('also while it waited, and then it waits no more', () => {
    const facts = onward(offered, held(), accepted(child), handedOn());
    expect(now(facts).offer('kr1-1')).not.toHaveProperty('held');
    expect(now(facts).offer('kr1-1').holds).toMatchObject([{ until: { country: 'vn', seq: 4 } }]);
  });

  test('and then no clock runs for the old office, but for the new one', () => {
    const clocks = clocksOf(now(over).referral, contextIn('kr'));
    expect(clocks.map(({ offer, owes, clock }) => [offer, owes, clock])).toEqual([
      ['vn2-1', home, 'first-contact'],
      ['vn2-1', home, 'feedback'],
    ]);
  });

  test('a line that she lost again goes her way, as if nobody was above', () => {
    expect(now(onward(over, tookBack(child))).line).toEqual(['open', undefined, 'next-office']);
    expect(now(onward(over, failed(child, sendBack))).line).toEqual(['open', undefined, 'sender']);
    expect(now(onward(over, completed(child))).line).toEqual(['closed', undefined, 'none']);
  });

  test('who reopens knowing that she was served below has the line back', () => {
    const facts = onward(taken, failed({}, sendBack), completed(child), reopened());
    expect(now(facts).line).toEqual(['placed', 'kr1-1', 'none']);
    expect(now(facts).due[1]).toBeUndefined();
  });
});

describe('a request on an offer is one on every offer below it', () => {
  const askAll = askedToCancel({}, { shut: true, next: 'stop' });

  test('an open one is void, an accepted one stands as asked', () => {
    const lost = { lines: ['l1'], cause: 'withdrawn', next: 'stop', shut: true };
    expect(now(onward(offered, askAll)).leaving()).toEqual(lost);
    expect(now(onward(offered, askAll)).due[0]).toBe('cancel');
    expect(now(onward(taken, askAll)).asked()).toBe('requested');
  });

  test('also after the parent was closed, with a clock of its own', () => {
    const facts = onward(taken, askAll, handedOn());
    expect(now(facts).asked()).toBe('requested');
    expect(clocksOf(now(facts).referral, contextIn('kr'))).toMatchObject([
      { clock: 'cancellation', offer: 'vn2-1', owes: home },
    ]);
  });

  test('counted from the request, not from the offer', () => {
    const facts = onward(
      log(submitted({ lines: [[abroad]], grants, urgency: 'emergency' }), accepted()),
      ...[referred({ to: home, offer: 'vn2-1' }), accepted(child), askAll, handedOn()],
    );
    const { at } = now(facts).offer('kr1-1').requests[0] as Request;
    const [clock] = clocksOf(now(facts).referral, contextIn('kr'));
    const hours = (Date.parse(clock?.due ?? '') - Date.parse(at)) / 3_600_000;
    expect([clock?.clock, hours]).toEqual(['cancellation', 4]);
  });

  test('until its own office refused, and then her stop is lifted with it', () => {
    const facts = onward(taken, askAll, handedOn(), consentRecorded(home, 'kr4-1', 'vn-kr'));
    const refuse = command('refuse-cancellation', worker(home, 'supervisor'), {}, 'vn2-1');
    const draft = given(facts).when(refuse);
    expect(draft?.type).toBe('offer.cancellation-refused.v1');
    const went = onward(facts, refusedToCancel(child));
    expect(now(went).asked()).toBe('refused');
    expect(now(went).line).toEqual(['placed', 'vn2-1', 'none']);
    expect(refusal(() => given(went).when(refuse)).code).toBe('already-done-differently');
  });

  test('a refusal further up counts for it too, one beside it does not', () => {
    expect(now(onward(taken, askAll, refusedToCancel())).asked()).toBe('refused');
    const beside = onward(
      log(submitted({ lines: [[abroad]], grants }), accepted()),
      referred({ to: home, offer: 'vn2-1' }),
      made({ office: union, offer: 'kr2-1' }),
      accepted({ office: union, offer: 'kr2-1' }),
      askAll,
      refusedToCancel({ office: union, offer: 'kr2-1' }),
    );
    expect(now(beside).leaving()?.cause).toBe('withdrawn');
  });

  test('a withdrawal that crossed the acceptance too', () => {
    const cut = placed(askedToEnd(), 'kr', 2, 0);
    const facts = [...first, cut, placed(referred({ to: home, offer: 'vn2-1' }), 'vn', 2, 1)];
    expect(now(facts).leaving()?.cause).toBe('withdrawn');
    expect(now(facts).shut()).toBe(true);
  });
});

describe('`shut` closes the office and those of its offers below', () => {
  const shut = askedToCancel({}, { shut: true });

  test('also of one that was made before it was heard, and after a refusal', () => {
    expect(now(taken).shut()).toBe(false);
    expect(now(onward(taken, shut)).shut()).toBe(true);
    const unseen = [
      ...first,
      placed(shut, 'kr', 2, 1),
      placed(referred({ to: home, offer: 'vn2-1' }), 'vn', 2, 1),
    ];
    expect(now(unseen).shut()).toBe(true);
    expect(now(onward(taken, shut, refusedToCancel())).shut()).toBe(true);
    expect(now(onward(taken, askedToCancel())).shut()).toBe(false);
  });

  test('for all its offers, until an offer by a fact that had seen it', () => {
    const facts = onward(
      log(submitted({ lines: [[abroad], [home]], grants }), accepted()),
      referred({ to: home, offer: 'vn2-1' }),
      shut,
    );
    expect(now(facts).shut('kr1-2')).toBe(true);
    const again = onward(facts, made({ office: home, offer: 'kr3-1', actor: sender }));
    expect(now(again).shut('kr1-2')).toBe(false);
  });
});

describe('consent of an offer below', () => {
  test('is the one in the direction from the country that asks', () => {
    const without = (grant: string) =>
      now(onward(taken, consentWithdrawn(sender, 'kr3-1', grant))).leaving()?.cause;
    expect(without('kr1-9')).toBe('consent');
    expect(without('kr1-4')).toBeUndefined();
    expect(without('kr1-1')).toBeUndefined();
  });
});

describe('beside an offer of the sender', () => {
  const rival = { office: third, offer: 'kr2-1' };
  const beside = onward(
    first,
    made(rival),
    referred({ to: home, offer: 'vn2-1' }),
    accepted(rival),
  );

  test('the one below waits for the choice between the two, and goes with the parent', () => {
    expect(now(beside).line[0]).toBe('contested');
    expect(now(beside).leaving()).toBeUndefined();
    const chosen = onward(beside, placedLine('kr1-1'));
    expect(now(chosen).leaving()).toBeUndefined();
    const lost = onward(beside, placedLine('kr2-1'));
    expect(now(lost).leaving()?.cause).toBe('placed-elsewhere');
  });

  test('what was placed with the parent is placed with who took over', () => {
    const facts = onward(beside, placedLine('kr1-1'), accepted(child), handedOn());
    expect(now(facts).line).toEqual(['placed', 'vn2-1', 'none']);
    expect(now(facts).leaving('kr2-1')?.cause).toBe('placed-elsewhere');
  });

  test('who accepted below loses the line when another was chosen', () => {
    const facts = onward(beside, placedLine('kr2-1'), accepted(child));
    expect(now(facts).leaving()?.cause).toBe('placed-elsewhere');
    expect(now(onward(facts, handedOn())).leaving()?.cause).toBe('placed-elsewhere');
  });
});
