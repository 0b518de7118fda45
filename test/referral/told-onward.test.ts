import { describe, expect, test } from 'vitest';
import type { Fact, Office } from '../../events/envelope.ts';
import { factFor, mayHear } from '../../shared/referral/fact-for.ts';
import { fold } from '../../shared/referral/fold.ts';
import { viewFor } from '../../shared/referral/view.ts';
import { log, moreGrants, onward, submitted } from '../support/facts.ts';
import { command, given } from '../support/given.ts';
import { abroad, contextIn, home, later, sender, third, union, worker } from '../support/people.ts';
import {
  accepted,
  askedToCancel,
  cancelled,
  declined,
  handedOn,
  progressed,
  referred,
  started,
  tookBack,
} from '../support/steps.ts';

const child = { office: home, offer: 'vn2-1' };
const heardBy = (...offices: Office[]) => ({ offices });
const first = log(submitted({ lines: [[abroad, union]], grants: moreGrants }), accepted());
const offered = onward(first, referred({ to: home, offer: 'vn2-1' }));
const answer = accepted(child, heardBy(sender, home, abroad));
const taken = onward(offered, answer);
const over = onward(taken, handedOn());

const last = (office: Office, facts: readonly Fact[]) =>
  factFor(office, facts, facts.at(-1) as Fact);
const view = (office: Office, facts: readonly Fact[]) =>
  viewFor(office, fold(facts), contextIn('kr'));

describe('the offer below', () => {
  const data = { offer: 'vn2-1', office: home, lines: ['l1'], partOf: 'kr1-1' };

  test('is read whole by the office that made it, and by the sender', () => {
    for (const office of [abroad, sender])
      expect(last(office, offered)).toMatchObject({
        actor: abroad,
        data: { ...data, offices: [sender, abroad, home] },
      });
  });

  test('shows the office asked the country alone that asks it', () => {
    const cut = last(home, offered);
    expect(cut).toMatchObject({ actor: 'vn', data: { ...data, offices: [sender, home] } });
    expect(JSON.stringify([cut, view(home, offered)])).not.toContain(abroad);
  });

  test('is unknown to a third office', () => {
    expect(last(union, offered)).toBeUndefined();
    expect(view(third, offered)).toBeUndefined();
  });
});

describe('the office that referred her', () => {
  test('reads the answer, in the name of the office that it named', () => {
    expect(last(abroad, taken)).toMatchObject({
      actor: home,
      data: { offices: [sender, home, abroad], offer: 'vn2-1', lines: ['l1'] },
    });
    const no = onward(offered, declined(child, heardBy(sender, home, abroad)));
    expect(last(abroad, no)?.data).toMatchObject({ reason: 'no-capacity', next: 'next-office' });
  });

  test.each(['acknowledge', 'decline'] as const)('hears of the answer: %s', (name) => {
    const answer = command(name, worker(home), { reason: 'no-capacity' }, 'vn2-1');
    expect(given(offered).when(answer)?.data).toMatchObject(heardBy(sender, home, abroad));
  });

  test('hears that nobody answered in time, and that the offer was ended', () => {
    const system = { system: 'kr' } as const;
    const late = command('expire', system, {}, 'vn2-1');
    expect(given(offered, later(60 * 24 * 60)).when(late)?.data).toMatchObject(
      heardBy(sender, home, abroad),
    );
    const withdraw = command('withdraw', worker(sender), { reason: 'safety' }, 'vn2-1');
    expect(given(offered).when(withdraw)?.data).toMatchObject(heardBy(sender, home, abroad));
  });

  test('hears no question, and of an acceptance taken back only while it serves', () => {
    const ask = command('request-information', worker(home), {}, 'vn2-1');
    expect(given(offered).when(ask)?.data).toMatchObject(heardBy(sender, home));
    const boss = worker(home, 'supervisor');
    const back = command('withdraw-acceptance', boss, { reason: 'no-capacity' }, 'vn2-1');
    expect(given(taken).when(back)?.data).toMatchObject(heardBy(sender, home, abroad));
    expect(given(over).when(back)?.data).toMatchObject(heardBy(sender, home));
  });

  test('reads nothing of the service', () => {
    expect(last(abroad, onward(over, progressed(child)))).toBeUndefined();
  });

  test('may hear the answer also once it is closed, and nothing of the offer behind a closed gate', () => {
    const hears = (facts: readonly Fact[], fact: Fact) => mayHear(fold(facts), abroad, fact);
    const [asked, said] = taken.slice(-2) as [Fact, Fact];
    expect([hears(taken, asked), hears(taken, said)]).toEqual([true, true]);
    expect([hears(over, asked), hears(over, said)]).toEqual([false, true]);
    const shut = onward(taken, askedToCancel({}, { shut: true }));
    expect([hears(shut, asked), hears(shut, said)]).toEqual([false, false]);
    expect(hears(shut, shut.at(-1) as Fact)).toBe(true);
  });

  test('hears that nobody takes over', () => {
    for (const step of [
      declined(child, heardBy(sender, home, abroad)),
      cancelled({ ...child, actor: sender }, heardBy(sender, home, abroad)),
    ]) {
      const facts = onward(offered, step);
      expect(mayHear(fold(facts), abroad, facts.at(-1) as Fact)).toBe(true);
    }
  });

  test('hears that its own offer was closed, and is marked so', () => {
    expect(last(abroad, over)).toMatchObject({
      actor: 'vn:system',
      data: { offer: 'kr1-1', onward: true },
    });
    expect(mayHear(fold(over), abroad, over.at(-1) as Fact)).toBe(true);
  });
});

describe('the state', () => {
  const below = { offer: 'vn2-1', office: home, lines: ['l1'], partOf: 'kr1-1' };

  test('shows the office that referred her whether somebody takes over, and no more', () => {
    const onwardOf = (facts: readonly Fact[]) => view(abroad, facts)?.onward;
    expect(onwardOf(first)).toBeUndefined();
    expect(onwardOf(offered)).toEqual([{ ...below, madeAt: later(3), status: 'requested' }]);
    expect(onwardOf(taken)).toMatchObject([{ ...below, status: 'accepted' }]);
    expect(onwardOf(onward(offered, declined(child)))).toMatchObject([
      { status: 'rejected', declined: { reason: 'no-capacity', next: 'next-office' } },
    ]);
    const ended = cancelled({ ...child, actor: 'kr:system' }, { cause: 'withdrawn' });
    expect(onwardOf(onward(offered, ended))).toMatchObject([{ cause: 'withdrawn' }]);
  });

  test('shows it nothing of what comes after', () => {
    const end = cancelled({ ...child, actor: home }, { cause: 'receiver', next: 'none' });
    for (const steps of [[progressed(child), started(child)], [tookBack(child)], [end]])
      expect(view(abroad, onward(over, ...steps))?.onward).toEqual(view(abroad, over)?.onward);
  });

  test('shows the office asked its own offer alone, and the sender both', () => {
    expect(view(home, taken)).toMatchObject({
      offers: [{ offer: 'vn2-1', status: 'accepted', partOf: 'kr1-1' }],
    });
    expect(view(home, taken)?.offers).toHaveLength(1);
    expect(view(home, taken)?.onward).toBeUndefined();
    expect(view(sender, over)).toMatchObject({
      lines: [{ line: 'l1', status: 'placed' }],
      offers: [
        { offer: 'kr1-1', status: 'completed', referredOnward: ['l1'] },
        { offer: 'vn2-1', status: 'accepted', partOf: 'kr1-1' },
      ],
    });
    expect(view(sender, over)?.onward).toBeUndefined();
  });

  test('keeps an end from a sender that may hear no outcome', () => {
    const silent = log(
      submitted({ lines: [[abroad]], grants: moreGrants, feedback: 'none' }),
      ...over.slice(1).map(({ type, actor, data }) => ({ type, actor, data })),
    );
    const [parent] = view(sender, silent)?.offers ?? [];
    expect(parent).toMatchObject({ offer: 'kr1-1', status: 'accepted' });
    expect(parent).not.toHaveProperty('referredOnward');
  });

  test('tells the office asked whether her consent for it holds', () => {
    expect(view(home, taken)?.consent).toEqual({ status: 'active' });
    const narrow = { office: abroad, onward: [home] };
    const without = log(
      submitted({ lines: [[abroad]], grants: [narrow, { office: home }] }),
      ...offered.slice(1).map(({ type, actor, data }) => ({ type, actor, data })),
    );
    expect(view(home, without)?.consent).toEqual({ status: 'closed' });
  });
});
