import { expect, test } from 'vitest';
import type { Fact } from '../../events/envelope.ts';
import { allowedCommands } from '../../shared/referral/allowed.ts';
import { dueNext } from '../../shared/referral/due.ts';
import { fold } from '../../shared/referral/fold.ts';
import { lineStatus, wayOf } from '../../shared/referral/lines.ts';
import { statusOf } from '../../shared/referral/offers.ts';
import { log, moreGrants, onward, submitted } from '../support/facts.ts';
import { after, command, given, refusal } from '../support/given.ts';
import { abroad, contextIn, home, sender, third, union, worker } from '../support/people.ts';
import { accepted, askedToCancel, declined, made, referred } from '../support/steps.ts';

/** One office serves her; another that was asked beside it says that she wants no more. */
const served = log(
  submitted({ lines: [[abroad, union]], grants: moreGrants }),
  made({ office: union, offer: 'kr2-1', actor: sender }),
  accepted(),
);
const stops = declined({ office: union, offer: 'kr2-1' }, { reason: 'other', next: 'stop' });
const stopped = onward(served, stops);
const refers = (to: string) =>
  command('refer-onward', worker(abroad), { office: to, lines: ['l1'] }, 'kr1-1');
const may = (facts: readonly Fact[]) =>
  allowedCommands(fold(facts), worker(abroad), contextIn('vn')).map((one) => one.command);
const of = (facts: readonly Fact[]) => {
  const { referral } = fold(facts);
  const [line] = referral?.lines ?? [];
  if (!referral || !line) throw new Error('no referral');
  return { referral, line: line.id };
};

test('a stop takes nothing from the office that serves her', () => {
  const { referral, line } = of(stopped);
  expect([wayOf(referral, line), lineStatus(referral, line)]).toEqual(['stop', 'placed']);
  expect(dueNext(fold(stopped), contextIn('vn'))).toBeUndefined();
});

test('but it refers her to nobody else', () => {
  expect(may(served)).toContain('refer-onward');
  expect(may(stopped)).not.toContain('refer-onward');
  expect(refusal(() => given(stopped).when(refers(third)))).toMatchObject({ status: 409 });
});

test('whom it had asked already is asked no more, in either country', () => {
  const facts = onward(served, referred({ to: third, offer: 'vn2-1' }), stops);
  const { referral } = of(facts);
  expect(referral.offers.map(statusOf)).toEqual(['accepted', 'rejected', 'requested']);
  const due = dueNext(fold(facts), contextIn('vn'));
  expect(due).toMatchObject({ do: 'cancel', offer: 'vn2-1' });
  expect(dueNext(fold(facts), contextIn('kr'))).toBeUndefined();
  const accepts = command('accept', worker(third), { lines: ['l1'] }, 'vn2-1');
  expect(refusal(() => given(facts).when(accepts))).toMatchObject({ code: 'not-allowed-now' });
  const cancelled = due ? after(facts, due) : [];
  expect(cancelled.at(-1)?.data).toMatchObject({ cause: 'stopped', next: 'stop' });
  for (const country of ['kr', 'vn'] as const)
    expect(dueNext(fold(cancelled), contextIn(country))).toBeUndefined();
});

test('nor does its sender ask another beside it while it is asked to leave', () => {
  const offer = { office: home, lines: ['l1'], parallel: true };
  const asks = command('offer', worker(sender, 'supervisor'), offer);
  expect(given(onward(served, askedToCancel())).when(asks)).toBeDefined();
  expect(refusal(() => given(onward(stopped, askedToCancel())).when(asks))).toMatchObject({
    status: 409,
  });
});
