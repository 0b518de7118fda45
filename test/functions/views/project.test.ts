import '../../support/env.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Fact } from '../../../events/envelope.ts';
import sample from '../../../events/samples/office.registered.v1.json' with { type: 'json' };
import suspended from '../../../events/samples/office.suspended.v1.json' with { type: 'json' };
import { handler } from '../../../functions/views/project.ts';
import { queueOf } from '../../support/aws.ts';
import { log, onward, ref, submitted } from '../../support/facts.ts';
import { abroad, helpline, home, sender } from '../../support/people.ts';
import { acknowledged, consentWithdrawn, declined, made } from '../../support/steps.ts';
import { tables } from '../../support/tables.ts';

const facts = onward(
  log(submitted({ lines: [[home], [abroad]] })),
  acknowledged({ office: home, offer: 'kr1-1' }),
);
let db: ReturnType<typeof tables>;
beforeEach(() => {
  db = tables();
});
const rows = () =>
  [...db.items]
    .filter(([key]) => /^views (inbox|sent)#/.test(key))
    .map(([key, item]) => ({
      key,
      view: JSON.parse(item.view?.S ?? 'null'),
      folded: Number(item.folded?.N),
    }));
const project = (...of: Fact[]) => handler(queueOf(...of));

test('a referral stands in its sender’s list and in each inbox of this country, cut for each', async () => {
  db.hold(facts);
  expect((await project(facts[0] as Fact)).batchItemFailures).toEqual([]);
  const at = facts[0]?.time;
  expect(rows().map(({ key, folded }) => [key, folded])).toEqual([
    [`views sent#${sender} ${at}#${ref}`, 2],
    [`views inbox#${home} ${at}#${ref}`, 2],
  ]);
  const [sent, inbox] = rows();
  expect(sent?.view.offers).toHaveLength(2);
  expect(inbox?.view).toMatchObject({ ref, offers: [{ offer: 'kr1-1', status: 'received' }] });
  expect(JSON.stringify(inbox)).not.toContain(abroad);
});

test('an office that owes without being a party has it in its inbox until it is done', async () => {
  const begun = log(submitted({ lines: [[abroad]], helplines: [helpline] }));
  const waits = onward(begun, consentWithdrawn(sender, 'kr2-1', 'kr1-1'));
  const row = `views inbox#${helpline} ${begun[0]?.time}#${ref}`;
  const shown = async (...all: Fact[]) => {
    db.hold(all);
    await project(all.at(-1) as Fact);
    return rows().find(({ key }) => key === row);
  };
  expect(await shown(...begun)).toBeUndefined();
  expect((await shown(...waits))?.view).toMatchObject({ owes: [{ clock: 'withdrawal-confirm' }] });
  const asked = onward(waits, made({ office: helpline, offer: 'kr3-1', actor: sender }));
  expect((await shown(...asked))?.view).toBeNull();
  expect(rows().map(({ key }) => key)).toContain(
    `views inbox#${helpline} ${asked.at(-1)?.time}#${ref}`,
  );
});

test('repeats and any order leave the newest view', async () => {
  const more = onward(facts, declined({ office: home }));
  db.hold(more);
  await project(more[2] as Fact);
  const newest = rows();
  for (const fact of [...more, ...more.toReversed()]) await project(fact);
  expect(rows()).toEqual(newest);
});

test('a view grows with the log', async () => {
  const more = onward(facts, declined({ office: home }));
  for (const [i, fact] of more.entries()) {
    db.hold([fact]);
    await project(fact);
    expect(rows().map(({ folded }) => folded)).toEqual([i + 1, i + 1]);
  }
  expect(rows()[1]?.view).toMatchObject({ offers: [{ status: 'rejected' }] });
});

test('a view made of fewer facts does not take the place of a newer one', async () => {
  const more = onward(facts, declined({ office: home }));
  db.hold(more);
  await project(more[2] as Fact);
  const newest = rows();
  // A reader that is behind.
  db.items.delete(`ledger ${ref} fact#kr#000003`);
  await project(facts[0] as Fact);
  expect(rows()).toEqual(newest);
});

/** The ledger and the projection take a fact of either kind by the referral's type. */
const asFact = (fact: object) => fact as unknown as Fact;

describe('an office', () => {
  const office = sample.subject;
  const directory = () => db.items.get('views directory kr')?.offices?.M ?? {};

  test('of either country is put into the one directory', async () => {
    db.hold([asFact(sample)]);
    await project(asFact(sample));
    expect(directory()[office]?.M).toMatchObject({ active: { BOOL: true }, folded: { N: '1' } });
    db.hold([asFact(suspended)]);
    await project(asFact(suspended));
    expect(directory()[office]?.M).toMatchObject({ active: { BOOL: false }, folded: { N: '2' } });
  });

  test('is not overwritten by an older entry', async () => {
    db.hold([asFact(sample), asFact(suspended)]);
    await project(asFact(suspended));
    db.items.delete(`ledger ${office} fact#vn#000002`);
    await project(asFact(sample));
    expect(directory()[office]?.M).toMatchObject({ active: { BOOL: false } });
  });
});

test('a message that is no fact is reported, its neighbours are not', async () => {
  db.hold(facts);
  const { batchItemFailures } = await handler(queueOf({ no: 'fact' }, facts[0]));
  expect(batchItemFailures).toEqual([{ itemIdentifier: 'm1' }]);
  expect(rows()).toHaveLength(2);
});
