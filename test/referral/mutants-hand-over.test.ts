import { expect, test } from 'vitest';
import type { Fact, Office } from '../../events/envelope.ts';
import { log, onward, submitted } from '../support/facts.ts';
import { given, after as grown } from '../support/given.ts';
import { honest, now } from '../support/now.ts';
import { border, helpline, sender, shelter } from '../support/people.ts';
import { bySupervisor, said } from '../support/permission.ts';
import {
  consentRecorded,
  handOverProposed,
  inError,
  namedFor,
  takenOver,
} from '../support/steps.ts';

const begun = log(submitted());
const proposes = (from: Office, to: Office, facts: readonly Fact[]) =>
  said(() => given(facts).when(bySupervisor(from, 'propose-hand-over', { office: to })));
const takes = (who: Office, facts: readonly Fact[]) =>
  said(() => given(facts).when(bySupervisor(who, 'take-over')));
const nobody = '409 not-allowed-now: Nobody proposed that your office take over';
/** Her consent names the office for the origin and for what comes back. */
const toward = (
  office: Office,
  by: Office,
  slots: readonly [string, string],
  facts: readonly Fact[],
) =>
  onward(
    facts,
    consentRecorded(by, slots[0], 'kr', { office }),
    consentRecorded(by, slots[1], 'vn-kr', { office }),
    handOverProposed(office, by),
  );
const asked = toward(shelter, sender, ['kr2-1', 'kr3-1'], begun);

test('an immigration office is not asked to take over', () => {
  expect(proposes(sender, border, begun)).toBe(
    '422 office-unavailable: Name an active office of your own country, no immigration or police office (/office)',
  );
  expect(proposes(sender, shelter, begun)).toBe('allowed');
});

test('only the office that was proposed takes over, while the referral is active', () => {
  expect(takes(shelter, asked)).toBe('allowed');
  expect(takes(sender, asked)).toBe(nobody);
  expect(takes(sender, begun)).toBe(nobody);
  expect(takes(shelter, onward(asked, inError))).toBe('409 not-allowed-now: The referral is over');
});

test('who took over may hand it over again', () => {
  const moved = grown(asked, bySupervisor(shelter, 'take-over'));
  const again = toward(helpline, shelter, ['kr6-1', 'kr7-1'], moved);
  const twice = grown(again, bySupervisor(helpline, 'take-over'));
  expect(honest(twice).referral.senders.map(({ office }) => office)).toEqual([
    ...[sender, shelter, helpline],
  ]);
});

test('a take-over counts only with her consent for the origin, from when it was written', () => {
  const way = (direction: string, slot: string) =>
    consentRecorded(sender, slot, direction, { office: shelter });
  const back = onward(begun, way('vn-kr', 'kr2-1'), handOverProposed(shelter));
  expect(now(onward(back, takenOver(shelter))).setAside).toBe(1);
  const { referral, setAside } = now(onward(asked, takenOver(shelter)));
  expect(setAside).toBe(0);
  expect(referral.senders).toMatchObject([
    { office: sender, since: { country: 'kr', seq: 1 } },
    { office: shelter, since: { country: 'kr', seq: 5 } },
  ]);
});

test('a sender that the desk named is one from when it was named', () => {
  const { referral } = honest(onward(begun, namedFor('sender', shelter)));
  expect(referral.senders).toMatchObject([
    { office: sender, since: { country: 'kr', seq: 1 } },
    { office: shelter, since: { country: 'kr', seq: 2 } },
  ]);
});
