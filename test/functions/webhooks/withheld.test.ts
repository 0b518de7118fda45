import '../../support/env.ts';
import { DecryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Fact } from '../../../events/envelope.ts';
import { handler } from '../../../functions/webhooks/deliver.ts';
import { queueOf } from '../../support/aws.ts';
import { deliveryOf, secret } from '../../support/endpoints.ts';
import { log, onward, submitted } from '../../support/facts.ts';
import { partner } from '../../support/partner.ts';
import { abroad, home, sender } from '../../support/people.ts';
import { accepted, acknowledged, askedToEnd, cancelled, progressed } from '../../support/steps.ts';
import { tables } from '../../support/tables.ts';

const it = partner();
const kms = mockClient(KMSClient);
let db: ReturnType<typeof tables>;
beforeEach(() => {
  db = tables();
  kms.reset();
  kms.on(DecryptCommand).resolves({ Plaintext: Buffer.from(secret) });
});

const _facts = onward(log(submitted({ lines: [[home, abroad]] })), acknowledged({ office: home }));
const item = (id: string) => db.items.get(`deliveries D#${id} D`);
/** A delivery of the last of these facts, as fan-out puts it. */
const pending = (
  known: readonly Fact[],
  office = home,
  fact = known.at(-1) as Fact,
  to = it.url,
) => {
  db.hold(known);
  return deliveryOf(db, office, fact, to);
};
const deliver = async (id: string) => (await handler(queueOf({ id }))).batchItemFailures.length;

describe('what an office may no longer hear', () => {
  const asked = onward(log(submitted({ lines: [[home]] })), acknowledged({ office: home }));
  const ended = onward(asked, cancelled({ office: home, actor: sender }, { shut: true }));

  test('is withheld, once and for all', async () => {
    const id = pending(ended, home, ended[1]);
    expect(await deliver(id)).toBe(0);
    expect(item(id)).toMatchObject({ state: { S: 'withheld' } });
    expect(await deliver(id)).toBe(0);
    expect(it.got).toEqual([]);
  });

  test('is not the end itself', async () => {
    await deliver(pending(ended));
    expect(JSON.parse(it.got[0]?.body ?? '{}')).toMatchObject({ type: 'offer.cancelled.v1' });
    expect(it.got[0]?.body).not.toContain('shut');
  });

  test('is what was asked of another office', async () => {
    const far = onward(log(submitted({ lines: [[abroad]] })), askedToEnd());
    await deliver(pending(far, home));
    expect(it.got).toEqual([]);
  });

  test('is withheld from the sender when her feedback is none', async () => {
    const begun = log(submitted({ lines: [[home]], feedback: 'none' }));
    const quiet = onward(begun, accepted({ office: home }), progressed({ office: home }));
    const [heard, unheard] = [pending(quiet, sender, quiet[1]), pending(quiet, sender, quiet[2])];
    expect([await deliver(heard), await deliver(unheard)]).toEqual([0, 0]);
    expect(item(heard)).toMatchObject({ state: { S: 'delivered' } });
    expect(item(unheard)).toMatchObject({ state: { S: 'withheld' } });
    expect(it.got).toHaveLength(1);
  });
});
