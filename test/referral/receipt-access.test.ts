import { describe, expect, test } from 'vitest';
import type { Fact } from '../../events/envelope.ts';
import { Refused } from '../../shared/errors.ts';
import { factFor } from '../../shared/referral/fact-for.ts';
import { fold } from '../../shared/referral/fold.ts';
import { receiptAccessOf } from '../../shared/referral/receipt-access.ts';
import { log, onward, submitted } from '../support/facts.ts';
import { command, refusal, after as then } from '../support/given.ts';
import {
  abroad,
  contextIn,
  helpline,
  home,
  later,
  sender,
  shelter,
  stranger,
  third,
  worker,
} from '../support/people.ts';
import { situations } from '../support/situations.ts';
import {
  accepted,
  consentWithdrawn,
  contentErased,
  disclosed,
  erasureConfirmed,
  newer,
  receiptsRead,
  reportGiven,
  safetyHeld,
  settled,
} from '../support/steps.ts';

const GIVEN = { what: 'receipts', stage: 1, grants: [] };
const FIRST = '409 not-allowed-now';
const CLOSED = '403 access-closed';
const UNKNOWN = '404 not-found';
const both = ['kr', 'vn'] as const;

const asks = (facts: readonly Fact[], who: ReturnType<typeof worker>, context = {}) => {
  const found = both.map((gate) => {
    const access = receiptAccessOf(fold(facts), who, {
      ...contextIn(gate, later(120)),
      ...context,
    });
    return access instanceof Refused ? `${access.status} ${access.code}` : access;
  });
  expect(found[0]).toEqual(found[1]);
  return found[0];
};
const supervises = (office: typeof sender) => worker(office, 'supervisor');

const serving = onward(
  log(submitted({ lines: [[abroad]], helplines: [helpline] })),
  ...[reportGiven(sender), reportGiven(helpline)],
  accepted(),
  disclosed(abroad),
);
const gone = onward(serving, consentWithdrawn(abroad, 'vn2-1', 'kr1-1', 'kr1-5'));
const step = settled('confirmed', sender, 'vn2-1');
const destroyed = onward(gone, { ...step, data: { ...step.data, destroyed: true } });
const erased = onward(serving, contentErased('kr'), contentErased('vn'));

describe('under which laws offices keep copies', () => {
  test.each([
    ['while it is served', serving],
    ['once she withdrew', gone],
    ['once that is confirmed and nothing is left', destroyed],
    ['once all is erased', erased],
    ['once a receipt came', onward(erased, erasureConfirmed(abroad))],
  ])('may be read %s by a supervisor of the sender or a helpline alone', (_, facts) => {
    for (const office of [sender, helpline]) expect(asks(facts, supervises(office))).toEqual(GIVEN);
    expect(asks(facts, worker(sender))).toBe(CLOSED);
    expect(asks(facts, supervises(abroad))).toBe(CLOSED);
    expect(asks(facts, worker(helpline))).toBe(UNKNOWN);
    for (const office of [third, home, stranger])
      expect(asks(facts, supervises(office))).toBe(UNKNOWN);
  });

  test('may be read by exactly those who may give her her report, once they did, in every situation', () => {
    const { newer: _, 'newer-later': __, ...all } = situations(abroad, 'vn');
    for (const [name, facts] of Object.entries(all))
      for (const office of [sender, abroad, third, shelter, helpline, stranger])
        for (const role of ['worker', 'supervisor'] as const) {
          const who = worker(office, role);
          const gives = command('give-report', who, { identification: 'in-person-known' });
          const found = asks(facts, who);
          if (found === FIRST) expect(asks(then(facts, gives), who)).toEqual(GIVEN);
          else expect([403, 404, 409], name).toContain(refusal(() => then(facts, gives)).status);
        }
  });

  test('are read by nobody under a safety hold, by an inactive office, or while a newer fact is here', () => {
    const held = onward(erased, safetyHeld(sender, 'kr6-1'));
    expect(asks(held, supervises(sender))).toBe(CLOSED);
    expect(asks(held, supervises(helpline))).toBe(UNKNOWN);
    expect(asks(onward(erased, newer), supervises(sender))).toBe('409 newer-fact-here');
    const { offices } = contextIn('kr');
    const suspended = { offices: { ...offices, [sender]: { active: false } } };
    expect(asks(erased, supervises(sender), suspended)).toBe(CLOSED);
    expect(asks([], supervises(sender))).toBe(UNKNOWN);
  });
});

describe('that they were read', () => {
  test('is no reading of hers: nothing changes, and nobody owes a receipt for it', () => {
    const { referral: before } = fold(erased);
    for (const office of [sender, helpline]) {
      const { referral, setAside } = fold(onward(erased, receiptsRead(office)));
      expect([referral, setAside]).toEqual([before, []]);
    }
  });

  test('is set aside where nobody of theirs could have, or no gate says so', () => {
    for (const wrong of [
      receiptsRead(stranger),
      { ...receiptsRead(sender), actor: sender },
      { ...receiptsRead(sender), actor: 'kr:vault' },
    ])
      expect(fold(onward(erased, wrong)).setAside).toHaveLength(1);
  });

  test('is seen as another disclosure is: whole by the sender, office and stage by who read', () => {
    const facts = onward(erased, receiptsRead(helpline));
    const fact = facts.at(-1) as Fact;
    expect(factFor(sender, facts, fact)?.data).toMatchObject({ office: helpline, ...GIVEN });
    expect(factFor(helpline, facts, fact)?.data).toEqual({
      ...{ offices: [sender, helpline], office: helpline, stage: 1 },
    });
    expect(factFor(abroad, facts, fact)).toBeUndefined();
  });
});
