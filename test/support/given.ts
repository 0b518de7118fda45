import { expect } from 'vitest';
import type { Country, Fact, Instant } from '../../events/envelope.ts';
import type { OfferId } from '../../events/referral.ts';
import { Refused } from '../../shared/errors.ts';
import type { Caller, Command, Draft } from '../../shared/referral/command.ts';
import { actorOf } from '../../shared/referral/command.ts';
import { decide } from '../../shared/referral/decide.ts';
import { fold } from '../../shared/referral/fold.ts';
import { countsOf, peerOf } from '../../shared/referral/order.ts';
import { placed } from './facts.ts';
import { contextIn, placeOf } from './people.ts';

/** `given(facts).when(command)`: the fact that it becomes, or nothing; throws what `decide` throws. */
export const given = (facts: readonly Fact[], at?: Instant) => ({
  when: (command: Command, country: Country = placeOf(command.caller)): Draft | undefined =>
    decide(fold(facts), command, contextIn(country, at)),
});

/** A command by name, for an offer or none. */
export const command = (
  name: Command['do'],
  caller: Caller,
  input: object = {},
  offer?: string,
): Command =>
  ({ do: name, caller, input, ...(offer && { offer: offer as OfferId }) }) as unknown as Command;

/** The log once the draft stands in its slot. */
export const recorded = (facts: readonly Fact[], draft: Draft, by: Command): Fact[] => {
  const country = placeOf(by.caller);
  const counts = countsOf(facts);
  const step = { ...draft, actor: actorOf(by.caller), data: draft.data as Record<string, unknown> };
  return [...facts, placed(step, country, counts[country] + 1, counts[peerOf(country)])];
};

/** The log after a command that takes effect; throws what `decide` throws. */
export const after = (facts: readonly Fact[], command: Command, at?: Instant): Fact[] => {
  const draft = given(facts, at).when(command);
  if (!draft) throw new Error(`${command.do} changed nothing`);
  return recorded(facts, draft, command);
};

/** The refusal's code, status and field; fails when there was none. */
export const refusal = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { code, status, more, message } = error;
    expect(message).toMatch(/\w+ .*\w/); // in words: the code is for machines
    return { code, status, ...('field' in more && { field: more.field }) };
  }
  throw new Error('it was not refused');
};
