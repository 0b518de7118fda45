import { expect, test } from 'vitest';
import type { Fact } from '../../events/envelope.ts';
import { log, moreGrants, onward, submitted } from '../support/facts.ts';
import { after, command, given, refusal } from '../support/given.ts';
import { abroad, home, sender, third, union, worker } from '../support/people.ts';
import { accepted, declined, made, referred } from '../support/steps.ts';

const back = { next: 'sender', reason: 'other' };
const limit = { code: 'limit-reached' };

/** The first line was offered so many times, then the second once more than at first. */
const tried = (times: number): Fact[] => {
  let facts = log(submitted({ lines: [[abroad], [union]] }), declined({}, back));
  for (let n = 2; n <= times; n += 1) {
    const next = { office: third, offer: `kr${n}-1` };
    const replaces = n === 2 ? 'kr1-1' : `kr${n - 1}-1`;
    facts = onward(facts, made({ ...next, actor: sender }, { replaces }), declined(next, back));
  }
  const last = { office: home, offer: `kr${times + 1}-1` };
  return onward(
    facts,
    declined({ office: union, offer: 'kr1-2' }, back),
    made({ ...last, actor: sender }, { lines: ['l2'], replaces: 'kr1-2' }),
    declined(last, back),
  );
};

const offers = (...lines: string[]) =>
  command('offer', worker(sender, 'supervisor'), {
    ...{ office: abroad, lines, sameOfficeAgain: 'capacity-now' },
  });

test('a line that was offered five times is offered no more, also with a second one', () => {
  for (const lines of [['l1'], ['l1', 'l2'], ['l2', 'l1']])
    expect(refusal(() => given(tried(5)).when(offers(...lines)))).toMatchObject(limit);
  expect(given(tried(5)).when(offers('l2'))).toMatchObject({ data: { replaces: 'kr6-1' } });
});

test('an offer of both follows the one that was tried more often, and counts for both', () => {
  const facts = after(tried(4), offers('l1', 'l2'));
  expect(facts.at(-1)?.data).toMatchObject({ replaces: 'kr4-1' });
  const again = onward(facts, declined({ offer: 'kr7-1' }, back));
  for (const line of ['l1', 'l2'])
    expect(refusal(() => given(again).when(offers(line)))).toMatchObject(limit);
});

test('nor is it referred onward more often by naming a second line', () => {
  const grants = moreGrants;
  let facts = log(
    submitted({ lines: [[abroad], [abroad]], grants }),
    accepted({}, { lines: ['l1', 'l2'] }),
  );
  const seq = () => facts.filter(({ country }) => country === 'vn').length + 1;
  const refer = (line: string, before?: string) => {
    const below = { office: third, offer: `vn${seq()}-1` };
    const replaces = before && { replaces: before };
    const steps = [
      referred({ to: third, offer: below.offer }, { lines: [line], ...replaces }),
      declined(below, back),
    ];
    facts = onward(facts, ...steps);
    return below.offer;
  };
  let before: string | undefined;
  for (let n = 2; n <= 5; n += 1) before = refer('l1', before);
  refer('l2');
  const refers = (...lines: string[]) =>
    command('refer-onward', worker(abroad), { office: union, lines }, 'kr1-1');
  for (const lines of [['l1'], ['l1', 'l2'], ['l2', 'l1']])
    expect(refusal(() => given(facts).when(refers(...lines)))).toMatchObject(limit);
  expect(given(facts).when(refers('l2'))).toBeDefined();
});
