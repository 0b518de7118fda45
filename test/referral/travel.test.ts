import { describe, expect, test } from 'vitest';
import type { Fact } from '../../events/envelope.ts';
import { clocksOf } from '../../shared/referral/clocks.ts';
import { fold } from '../../shared/referral/fold.ts';
import { offerIn, statusOf } from '../../shared/referral/offers.ts';
import { travelStatus } from '../../shared/referral/travel.ts';
import { viewFor } from '../../shared/referral/view.ts';
import { log, onward, placed, type Step, submitted } from '../support/facts.ts';
import { after, command, given, refusal } from '../support/given.ts';
import { abroad, contextIn, home, later, sender, union, worker } from '../support/people.ts';
import {
  accepted,
  arrived,
  declined,
  held,
  notArrived,
  progressed,
  resumed,
  started,
  travelPlanned,
} from '../support/steps.ts';

const begun = log(submitted({ lines: [[abroad, union], [home]] }));
const taken = onward(begun, accepted());
const planned = onward(taken, travelPlanned(sender, 'kr2-1'));
const awaiting = { awaitsArrival: true, pausesContact: true, review: undefined };
const waiting = onward(planned, held({}, awaiting));

const referralOf = (facts: readonly Fact[]) => {
  const { referral, setAside } = fold(facts);
  if (!referral) throw new Error('no referral');
  return { referral, setAside, offer: offerIn(referral, 'kr1-1' as never) };
};
const status = (facts: readonly Fact[]) => travelStatus(referralOf(facts).referral);
const due = (facts: readonly Fact[], clock: string) =>
  clocksOf(referralOf(facts).referral, contextIn('vn')).find((c) => c.clock === clock);

describe('with a planned travel', () => {
  test('first contact and feedback stand still until she arrives, and count from then', () => {
    expect(due(taken, 'first-contact')?.due).toBeDefined();
    for (const clock of ['first-contact', 'feedback']) {
      expect(due(planned, clock)).toMatchObject({ half: undefined, due: undefined });
      const there = onward(planned, arrived(abroad, 'kr2-1'));
      const late = Date.parse(there.at(-1)?.time ?? '') - Date.parse(taken.at(-1)?.time ?? '');
      expect(Date.parse(due(there, clock)?.due ?? '')).toBe(
        Date.parse(due(taken, clock)?.due ?? '') + late,
      );
    }
  });

  test('an emergency counts from her arrival too', () => {
    const urgent = log(submitted({ urgency: 'emergency' }), travelPlanned(sender, 'kr2-1'));
    const there = onward(urgent, accepted(), arrived(sender, 'kr2-1'));
    const at = Date.parse(there.at(-1)?.time ?? '');
    expect(Date.parse(due(there, 'first-contact')?.due ?? '')).toBe(at + 24 * 3_600_000);
  });

  test('who accepted after she arrived has the usual time', () => {
    const there = onward(begun, travelPlanned(sender, 'kr2-1'), arrived(sender, 'kr2-1'));
    const late = onward(there, accepted());
    const usual = Date.parse(late.at(-1)?.time ?? '') + 14 * 24 * 3_600_000;
    expect(Date.parse(due(late, 'first-contact')?.due ?? '')).toBe(usual);
  });

  test('the later plan beats the earlier, and what an arrival ended is over', () => {
    expect(status(taken)).toBeUndefined();
    expect(status(planned)).toBe('planned');
    const there = onward(planned, arrived(abroad, 'kr2-1'));
    expect(status(there)).toBe('arrived');
    expect(status(onward(there, travelPlanned(sender, 'kr3-1')))).toBe('planned');
  });

  test('an arrival beats a plan and a never-arrived that did not know of it', () => {
    const missing = onward(planned, notArrived('kr:system', 'kr2-1'));
    expect(status(missing)).toBe('not-arrived');
    expect(status(onward(missing, travelPlanned(abroad, 'vn2-1')))).toBe('planned');
    const unseen = placed(arrived(abroad, 'kr2-1'), 'vn', 2, 2);
    expect(status([...missing, unseen])).toBe('arrived');
    const replanned = placed(travelPlanned(sender, 'kr3-1'), 'kr', 3, 1);
    expect(status([...planned, replanned, unseen])).toBe('arrived');
  });

  test('a service that waits for her goes on when she arrives, whoever has seen her', () => {
    const state = (facts: readonly Fact[]) => {
      const { offer } = referralOf(facts);
      return offer && statusOf(offer);
    };
    expect(state(waiting)).toBe('on-hold');
    const there = onward(waiting, arrived(sender, 'kr2-1'));
    expect(state(there)).toBe('accepted');
    expect(referralOf(there).offer?.holds).toMatchObject([
      { from: { country: 'vn', seq: 2 }, pausesContact: true, until: { country: 'kr', seq: 3 } },
    ]);
    const serving = onward(planned, progressed(), started(), held({}, awaiting));
    expect(state(onward(serving, arrived(sender, 'kr2-1')))).toBe('in-progress');
    const again = onward(serving, arrived(sender, 'kr2-1'), held({}, { awaitsArrival: false }));
    expect(state(again)).toBe('on-hold');
  });

  test('a hold and a resume that had not heard of the arrival change nothing, and are not set aside', () => {
    const there = placed(arrived(sender, 'kr2-1'), 'kr', 3, 1);
    const unheard = placed(held({}, awaiting), 'vn', 2, 2);
    const facts = [...planned, there, unheard, placed(resumed(), 'vn', 3, 2)];
    const { offer, setAside } = referralOf(facts);
    expect(setAside).toEqual([]);
    expect(offer && statusOf(offer)).toBe('accepted');
    expect(offer?.holds).toHaveLength(1);
  });

  test('is shown to who is at work, and to no other', () => {
    const view = (office: typeof sender, facts: readonly Fact[]) =>
      viewFor(office, fold(facts), contextIn('kr'));
    expect(view(abroad, planned)).toMatchObject({ travel: 'planned' });
    expect(view(sender, planned)).toMatchObject({ travel: 'planned' });
    const refused = onward(begun, declined(), travelPlanned(sender, 'kr2-1'));
    expect(view(abroad, refused)).not.toHaveProperty('travel');
  });
});

describe('commands', () => {
  const does = (facts: readonly Fact[], ...of: Parameters<typeof command>) =>
    after(facts, command(...of));

  test('plan, arrive and wait in turn', () => {
    const plan = does(taken, 'plan-travel', worker(abroad));
    expect(status(plan)).toBe('planned');
    const hold = does(plan, 'hold', worker(abroad), { reason: 'awaiting-arrival' }, 'kr1-1');
    expect(status(does(hold, 'record-arrival', worker(sender), { how: 'seen' }))).toBe('arrived');
  });

  test('nobody waits for an arrival that nobody planned', () => {
    const hold = () => does(taken, 'hold', worker(abroad), { reason: 'awaiting-arrival' }, 'kr1-1');
    expect(refusal(hold)).toEqual({ code: 'invalid-field', status: 422, field: '/reason' });
    const arrive = () => does(taken, 'record-arrival', worker(abroad), { how: 'seen' });
    expect(refusal(arrive)).toMatchObject({ code: 'not-allowed-now' });
  });

  test('only how an office knows it by itself is an arrival', () => {
    const told = () => does(planned, 'record-arrival', worker(abroad), { how: 'somebody-told-us' });
    expect(refusal(told)).toMatchObject({ code: 'invalid-field', field: '/how' });
  });

  test('that she never arrived is said once a plan, where its date was sealed', () => {
    const says = (country: 'kr' | 'vn', facts: readonly Fact[], plan = 'kr2-1') =>
      given(facts).when(command('record-no-arrival', { system: country }, { plan }));
    expect(says('kr', planned)).toMatchObject({ type: 'person.not-arrived.v1' });
    expect(refusal(() => says('vn', planned))).toMatchObject({ code: 'not-allowed-now' });
    const said = onward(planned, notArrived('kr:system', 'kr2-1'));
    for (const facts of [said, taken])
      expect(refusal(() => says('kr', facts))).toMatchObject({ code: 'not-allowed-now' });
    expect(says('kr', planned)?.data).toEqual({ offices: [sender, abroad, home], plan: 'kr2-1' });
    const later = onward(planned, travelPlanned(sender, 'kr3-1'));
    expect(refusal(() => says('kr', later))).toMatchObject({ code: 'not-allowed-now' });
    expect(says('kr', later, 'kr3-1')?.data).toMatchObject({ plan: 'kr3-1' });
  });

  test('then the sender has 24 hours to find out, and the line stays open', () => {
    const said = onward(planned, notArrived('kr:system', 'kr2-1'));
    expect(due(said, 'not-arrived-follow-up')).toMatchObject({
      owes: sender,
      due: later(4 + 24 * 60),
    });
    expect(due(onward(said, arrived(sender, 'kr2-1')), 'not-arrived-follow-up')).toBeUndefined();
    const lines = viewFor(sender, fold(said), contextIn('kr'));
    expect(lines).toMatchObject({ lines: [{ line: 'l1', status: 'placed' }, { line: 'l2' }] });
  });
});

test.each<[string, Step]>([
  ['a plan by a stranger', travelPlanned('vn-invented-stranger', 'vn2-1')],
  ['a plan of another slot', travelPlanned(abroad, 'vn9-1')],
  ['an arrival of no plan', arrived(abroad, 'vn1-1')],
  ['an arrival by a system', arrived('vn:system', 'kr2-1')],
  ['a never-arrived of the country that does not hold the date', notArrived('vn:system', 'kr2-1')],
  ['a never-arrived by an office', notArrived(abroad, 'kr2-1')],
])('the fold sets aside %s', (_, step) => {
  const fact = placed(step, 'vn', 2, 2);
  expect(fold([...planned, fact]).setAside).toEqual([fact.id]);
});

test('the fold sets aside a never-arrived by an office, also where the date was sealed', () => {
  const fact = placed(notArrived(sender, 'kr2-1'), 'kr', 3, 1);
  expect(fold([...planned, fact]).setAside).toEqual([fact.id]);
});
