import { describe, expect, test } from 'vitest';
import type { Fact, Instant } from '../../events/envelope.ts';
import { allowedCommands } from '../../shared/referral/allowed.ts';
import type { Worker } from '../../shared/referral/command.ts';
import { fold } from '../../shared/referral/fold.ts';
import { countryOf } from '../../shared/referral/order.ts';
import { log, onward, submitted, takesOver } from '../support/facts.ts';
import { command, given, refusal } from '../support/given.ts';
import {
  abroad,
  contextIn,
  home,
  later,
  noon,
  sender,
  shelter,
  worker,
} from '../support/people.ts';
import { accepted, declined, handOverProposed, held, made, resumed } from '../support/steps.ts';

const allowed = (facts: readonly Fact[], who: Worker, at: Instant = noon) =>
  allowedCommands(fold(facts), who, contextIn(countryOf(who.office), at)).map((a) => a.command);

describe('a third hold', () => {
  const once = log(submitted({ lines: [[abroad]] }), accepted(), held(), resumed());
  const twice = onward(once, held(), resumed());
  const input = { reason: 'safety', review: later(60) };
  const hold = (who: Worker) => command('hold', who, input, 'kr1-1');

  test('is shown to a supervisor alone, like the first two to a worker', () => {
    expect(allowed(once, worker(abroad))).toContain('hold');
    expect(allowed(twice, worker(abroad))).not.toContain('hold');
    expect(allowed(twice, worker(abroad, 'supervisor'))).toContain('hold');
  });

  test('is refused to a worker as not theirs to do', () => {
    expect(refusal(() => given(twice).when(hold(worker(abroad))))).toMatchObject({ status: 403 });
    expect(given(twice).when(hold(worker(abroad, 'supervisor')))).toBeDefined();
  });
});

describe('taking over is not shown', () => {
  const who = worker(shelter, 'supervisor');
  const begun = (grants = takesOver(shelter)) =>
    log(
      submitted({
        lines: [[abroad, shelter]],
        grants: [...[abroad, home, sender].map((office) => ({ office })), ...grants],
      }),
      handOverProposed(shelter),
    );
  const refusedAt = (facts: readonly Fact[], at?: Instant) =>
    refusal(() => given(facts, at).when(command('take-over', who)));

  test('while the office has an offer of its own', () => {
    expect(allowed(begun(), who)).toContain('take-over');
    const asked = onward(
      begun(),
      declined(),
      made({ office: shelter, offer: 'kr3-1', actor: sender }),
    );
    for (const facts of [asked, onward(asked, accepted({ office: shelter, offer: 'kr3-1' }))]) {
      expect(allowed(facts, who)).not.toContain('take-over');
      expect(refusedAt(facts)).toMatchObject({ code: 'not-allowed-now' });
    }
  });

  test('when her consent does not let it see all, or is over', () => {
    const [read = { office: shelter }, back = { office: shelter }] = takesOver(shelter);
    const partly = begun([{ ...read, stages: [1] }, back]);
    const over = begun([{ ...read, expires: later(10) }, back]);
    for (const [facts, at] of [
      [partly, noon],
      [over, later(20)],
    ] as const) {
      expect(allowed(facts, who, at)).not.toContain('take-over');
      expect(refusedAt(facts, at)).toMatchObject({ code: 'no-consent' });
    }
  });
});
