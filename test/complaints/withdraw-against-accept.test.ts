import { expect, test } from 'vitest';
import type { Country, Fact } from '../../events/envelope.ts';
import { doWhatIsDue } from '../../shared/due.ts';
import { Refused } from '../../shared/errors.ts';
import { handle } from '../../shared/handle.ts';
import { received } from '../../shared/received.ts';
import { clocksOf } from '../../shared/referral/clocks.ts';
import type { Command } from '../../shared/referral/command.ts';
import { fold } from '../../shared/referral/fold.ts';
import { cancellationOf } from '../../shared/referral/leaving.ts';
import { isShut, statusOf } from '../../shared/referral/offers.ts';
import { peerOf } from '../../shared/referral/order.ts';
import type { Offer, Referral } from '../../shared/referral/state.ts';
import { Chance } from '../simulation/chance.ts';
import { log, ref, submitted } from '../support/facts.ts';
import { command } from '../support/given.ts';
import { borderOf, type Memory, memory, worldOf } from '../support/memory.ts';
import { abroad, contextIn, home, sender, worker } from '../support/people.ts';
import { seed } from '../support/seed.ts';

// The first line of the table in lifecycle.md, "Complaints about other systems".

const PAIRS = 1_000;
const reasons = ['person-request', 'no-longer-required', 'placed-elsewhere', 'safety'] as const;

const withdraw = (n: number) =>
  command('withdraw', worker(sender), { reason: reasons[n % reasons.length] }, 'kr1-1');
const accept = (office = abroad) => command('accept', worker(office), { lines: ['l1'] }, 'kr1-1');

/** A ledger that takes its time, now more, now less. */
const slow = (ledger: Memory, chance: Chance): Memory => {
  const wait = async () => {
    for (let turns = chance.below(5); turns > 0; turns -= 1) await Promise.resolve();
  };
  return {
    ...ledger,
    load: (subject) => wait().then(() => ledger.load(subject)),
    append: (fact, beside) => wait().then(() => ledger.append(fact, beside)),
  };
};

/** `done`, or why not. */
const tried = async (country: Country, ledger: Memory, does: Command) => {
  try {
    const { recorded } = await handle(worldOf(country, ledger), ref, does);
    return recorded ? 'done' : 'repeat';
  } catch (error) {
    if (error instanceof Refused) return `${error.status} ${error.code}`;
    throw error;
  }
};

const stateOf = (ledger: Memory): { referral: Referral; offer: Offer; setAside: number } => {
  const { referral, setAside } = fold(ledger.all().map(({ fact }) => fact));
  const offer = referral?.offers[0];
  if (!referral || !offer) throw new Error('no offer');
  return { referral, offer, setAside: setAside.length };
};

test('withdraw and accept fired together 1,000 times in one country: exactly one wins and the other gets 409', async () => {
  const chance = new Chance(seed);
  const won = { withdraw: 0, accept: 0 };
  for (let n = 0; n < PAIRS; n += 1) {
    const ledger = memory(log(submitted({ lines: [[home]] })));
    const here = slow(ledger, chance);
    const answers = await Promise.all([
      tried('kr', here, withdraw(n)),
      tried('kr', here, accept(home)),
    ]);
    expect(answers.toSorted(), `SEED=${seed}, pair ${n}`).toEqual(['409 not-allowed-now', 'done']);
    await doWhatIsDue(worldOf('kr', here), ref, agreed);
    const { referral, offer } = stateOf(ledger);
    const withdrawn = answers[0] === 'done';
    won[withdrawn ? 'withdraw' : 'accept'] += 1;
    expect(statusOf(offer)).toBe(withdrawn ? 'cancelled' : 'accepted');
    expect(cancellationOf(referral, offer)).toBe('none');
    expect(ledger.all()).toHaveLength(2);
  }
  expect(Math.min(won.withdraw, won.accept), JSON.stringify(won)).toBeGreaterThan(PAIRS / 20);
});

const agreed = { agrees: async () => true, erase: async () => {}, overdue: async () => false };

type Network = Readonly<Record<Country, Memory>>;

/** Brings every fact over, in any order and some twice, until nothing is missing; both systems follow up. */
const heal = async (network: Network, chance: Chance) => {
  const sides = ['kr', 'vn'] as const;
  const missing = (to: Country): Fact[] => {
    const facts = network[peerOf(to)].all().map(({ fact }) => fact);
    const there = network[to].all().map(({ fact }) => fact.id);
    return facts.filter(({ country, id }) => country === peerOf(to) && !there.includes(id));
  };
  for (let tries = 0; tries < 200; tries += 1) {
    const open = sides.flatMap((to) => missing(to).map((fact) => ({ to, fact })));
    if (open.length === 0) return;
    const { to, fact } = chance.pick(open);
    for (let times = 1 + chance.below(2); times > 0; times -= 1) {
      const became = await received(borderOf(to, network[to]), fact);
      expect(became).not.toBe('refused');
    }
    await doWhatIsDue(worldOf(to, network[to]), ref, agreed);
  }
  throw new Error('the two come to no rest');
};

const crossing = (): Network => {
  const facts = log(submitted({ lines: [[abroad, home]] }));
  return { kr: memory(facts), vn: memory(facts) };
};

test('withdraw and accept fired together 1,000 times across the cut border: the gate is shut at once, both sides agree after healing, each crossed acceptance stands as a cancellation request with a clock', async () => {
  const chance = new Chance(seed);
  for (let n = 0; n < PAIRS; n += 1) {
    const network = crossing();
    const answers = await Promise.all([
      tried('kr', slow(network.kr, chance), withdraw(n)),
      tried('vn', slow(network.vn, chance), accept()),
    ]);
    expect(answers).toEqual(['done', 'done']);
    const { referral: here, offer: asked } = stateOf(network.kr);
    expect(isShut(here, asked)).toBe(true);
    await heal(network, chance);
    const [kr, vn] = [stateOf(network.kr), stateOf(network.vn)];
    expect(vn, `SEED=${seed}, pair ${n}`).toEqual(kr);
    const { referral, offer } = kr;
    expect([statusOf(offer), cancellationOf(referral, offer)]).toEqual(['accepted', 'requested']);
    expect([isShut(referral, offer), kr.setAside]).toEqual([true, 0]);
    const clock = clocksOf(referral, contextIn('vn')).find((c) => c.clock === 'cancellation');
    expect(clock).toMatchObject({ owes: abroad, offer: 'kr1-1' });
  }
});

test('so they are with a border that is slow, not cut: whichever is heard first', async () => {
  const chance = new Chance(seed);
  const ended = { cancelled: 0, requested: 0, refused: 0 };
  for (let n = 0; n < PAIRS; n += 1) {
    const network = crossing();
    const early = chance.yes(0.5);
    if (early) await tried('kr', network.kr, withdraw(n));
    const carry = early && chance.yes(0.5) ? heal(network, chance) : undefined;
    const accepted = await tried('vn', slow(network.vn, chance), accept());
    await carry;
    const late = early ? 'done' : await tried('kr', network.kr, withdraw(n));
    await heal(network, chance);
    const [kr, vn] = [stateOf(network.kr), stateOf(network.vn)];
    expect(vn, `SEED=${seed}, pair ${n}`).toEqual(kr);
    expect(late).toBe('done');
    expect(isShut(kr.referral, kr.offer)).toBe(true);
    const requested = cancellationOf(kr.referral, kr.offer) === 'requested';
    expect(requested).toBe(accepted === 'done');
    if (!requested) expect(statusOf(kr.offer)).toBe('cancelled');
    if (accepted !== 'done') ended.refused += 1;
    ended[requested ? 'requested' : 'cancelled'] += 1;
  }
  expect(Math.min(ended.cancelled, ended.requested), JSON.stringify(ended)).toBeGreaterThan(50);
});
