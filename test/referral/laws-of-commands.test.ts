import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CommandName, commands } from '../../events/commands.ts';
import type { Fact } from '../../events/envelope.ts';
import { Refused } from '../../shared/errors.ts';
import { handle } from '../../shared/handle.ts';
import { markOf } from '../../shared/ids.ts';
import { received } from '../../shared/received.ts';
import type { Command } from '../../shared/referral/command.ts';
import { fold } from '../../shared/referral/fold.ts';
import { anyCommand } from '../support/any-command.ts';
import { everyHistory, forHistory } from '../support/every-history.ts';
import { ref } from '../support/facts.ts';
import { anyLikely } from '../support/histories.ts';
import { borderOf, memory, worldOf } from '../support/memory.ts';
import { placeOf } from '../support/people.ts';
import { times } from '../support/seed.ts';

/** Only its Idempotency-Key can tell a repeat of what may happen twice. */
const mayRepeat = ({ do: name }: Command) =>
  name in commands && commands[name as CommandName].repeats;

const linesOf = ({ data }: Fact) => data.lines as readonly string[];
const overlap = (a: Fact, b: Fact) => linesOf(a).some((line) => linesOf(b).includes(line));

test('no command takes effect twice, by the state alone', () => {
  let took = 0;
  return everyHistory((two, n) => {
    const does = two.likely(forHistory(anyLikely, n));
    const first = does && !mayRepeat(does) && two.does(does);
    if (!first) return;
    took += 1;
    const again = two.does(does);
    // Two requests for lines of one offer are two answers.
    if (again?.type === 'offer.cancelled.v1' && !overlap(again, first)) return;
    expect(again).toBeUndefined();
  }).then(() => expect(took).toBeGreaterThan(500 * times));
});

test('every command that took effect changes the state, and is not set aside', () =>
  everyHistory((two, n) => {
    const does = two.likely(forHistory(anyLikely, n)) ?? forHistory(anyCommand, n);
    const country = placeOf(does.caller);
    const before = two.state(country);
    const fact = two.does(does);
    if (!fact) return;
    const after = two.state(country);
    expect(after.setAside).not.toContain(fact.id);
    expect(after.counts[country]).toBe(before.counts[country] + 1);
  }));

test('no call takes effect twice, by its key', () =>
  everyHistory(async (two, n) => {
    const [does, together] = forHistory(fc.tuple(anyCommand, fc.boolean()), n);
    const country = placeOf(does.caller);
    if ('system' in does.caller) return;
    const ledger = memory(two.known(country));
    const mark = markOf(does.caller.office, '/v1/x', 'a-key-of-22-characters', '{}');
    const call = () =>
      handle(worldOf(country, ledger), ref, does, { mark }).catch((error) => {
        if (error instanceof Refused) return error;
        throw error;
      });
    const both = together ? await Promise.all([call(), call()]) : [await call(), await call()];
    const recorded = both.filter((answer) => 'recorded' in answer && answer.recorded);
    expect(recorded.length).toBeLessThanOrEqual(1);
    expect(ledger.all().length).toBe(two.known(country).length + recorded.length);
  }));

const twiceInAnyOrder = (facts: readonly Fact[]) =>
  fc.shuffledSubarray([...facts, ...facts], {
    minLength: 2 * facts.length,
    maxLength: 2 * facts.length,
  });

test('whatever the order and however often facts cross, the peer’s ledger is the same in the end', () =>
  everyHistory(async (two, n) => {
    const crossing = forHistory(twiceInAnyOrder(two.own.kr), n);
    const ledger = memory();
    // Vn's own facts stand in its ledger only once their causes do: they were decided upon them.
    let queue = [...crossing];
    let own = [...two.own.vn];
    const here = () => ledger.all().filter(({ fact }) => fact.country === 'kr').length;
    for (let tries = 0; queue.length > 0 || own.length > 0; tries += 1) {
      if (tries > 200) throw new Error('something waits for ever');
      for (const fact of own.filter(({ seen }) => seen <= here())) await ledger.append(fact);
      own = own
        .filter(({ seen }) => seen > here())
        .filter((fact) => !ledger.all().some((r) => r.fact.id === fact.id));
      const waiting = [];
      for (const fact of queue)
        if ((await received(borderOf('vn', ledger), fact)) === 'waiting') waiting.push(fact);
      queue = waiting;
    }
    const facts = (await ledger.load(ref)).map(({ fact }) => fact);
    expect(fold(facts)).toEqual(fold(two.all()));
    expect(facts).toHaveLength(two.all().length);
  }));
