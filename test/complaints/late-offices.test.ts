import '../support/env.ts';
import { describe, expect, test } from 'vitest';
import { handler } from '../../functions/api/sealed-command.ts';
import { asks, codeOf, db, goesOn } from '../support/at-the-gate.ts';
import { answerOf, callOf } from '../support/aws.ts';
import { fullSubmission } from '../support/case-file.ts';
import { command, given, refusal } from '../support/given.ts';
import { abroad, sender, stranger, worker } from '../support/people.ts';
import { accepted, made } from '../support/steps.ts';

// A line of the table in lifecycle.md: an office that joined later saw old cases. `stranger` stands in the directory,
// works in the same country as the office that she allowed, and in none of her consents.

describe('consent covers the offices that it lists, and no other', () => {
  test('the gate tells an office that joined later nothing, not even that there is a case', async () => {
    goesOn(accepted({ offer: 'kr1-1' }));
    expect(codeOf(await asks(abroad, { known: { kr: 1, vn: 1 } }))).toBe('disclosed');
    expect(codeOf(await asks(stranger, { known: { kr: 1, vn: 1 } }))).toBe('not-found');
  });

  test('nor does it when the sender’s country had offered it the line all the same', async () => {
    goesOn(made({ office: stranger, offer: 'kr2-1', actor: sender }));
    expect(codeOf(await asks(stranger, { known: { kr: 2, vn: 0 } }))).toBe('access-closed');
  });

  test('nobody can offer it the line, or refer her onward to it', () => {
    const facts = db.ledger();
    const offers = command('offer', worker(sender, 'supervisor'), {
      ...{ office: stranger, lines: ['l1'], parallel: true },
    });
    const refers = command(
      'refer-onward',
      worker(abroad),
      { office: stranger, lines: ['l1'] },
      'kr1-1',
    );
    expect(refusal(() => given(facts).when(offers)).code).toBe('no-consent');
    goesOn(accepted({ offer: 'kr1-1' }));
    expect(refusal(() => given(db.ledger()).when(refers)).code).toBe('no-consent');
  });

  test('a class of offices is no way to say it: the field is refused', async () => {
    const [first, ...others] = fullSubmission().consent.grants;
    const grants = [{ ...first, office: undefined, class: 'every-office' }, ...others];
    const { status, body } = await answerOf(
      handler,
      callOf('POST /v1/referrals', {
        who: worker(sender),
        headers: { 'idempotency-key': '7a0c1c9e-0000-4000-8000-invented0009' },
        body: JSON.stringify(
          fullSubmission(sender, { consent: { ...fullSubmission().consent, grants } }),
        ),
      }),
    );
    expect([status, body.field]).toEqual([422, '/consent/grants/0/class']);
  });
});
