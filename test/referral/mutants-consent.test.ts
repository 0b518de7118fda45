import { describe, expect, test } from 'vitest';
import type { Fact, Office } from '../../events/envelope.ts';
import { aliveGrants, consentStatus } from '../../shared/referral/consent.ts';
import { log, onward, type Step, submitted } from '../support/facts.ts';
import { now } from '../support/now.ts';
import { abroad, helpline, nextYear, sender, union } from '../support/people.ts';
import { isSetAside, next, type Slot, withData } from '../support/setting-aside.ts';
import { consentLapsed, consentRecorded, consentWithdrawn, settled } from '../support/steps.ts';

const begun = log(submitted({ lines: [[abroad], [union]], helplines: [helpline] }));
const there: Slot = { country: 'vn' };
const all = ['kr1-1', 'kr1-2', 'kr1-3', 'kr1-4', 'kr1-5'];
const grant = (name: string, office: Office) => ({
  ...{ grant: name, office, direction: 'kr-vn', stages: [1, 2], onward: [], expires: nextYear },
});
/** A record of several grants. */
const records = (office: Office, ...grants: object[]) =>
  withData(consentRecorded(office, '', ''), { grants });
const status = (facts: readonly Fact[]) => {
  const { referral } = now(facts);
  return [consentStatus(referral), aliveGrants(referral).length];
};

describe('a fact about several grants counts only whole', () => {
  const renewed = onward(begun, consentRecorded(sender, 'kr2-1', 'vn-kr'));
  const two = onward(
    begun,
    consentWithdrawn(abroad, 'vn1-1', 'kr1-1'),
    consentWithdrawn(sender, 'kr2-1', 'kr1-2'),
  );
  test.each<[string, readonly Fact[], Step, Slot?]>([
    [
      'a record with one wrong name',
      begun,
      records(sender, grant('kr2-1', abroad), grant('kr2-9', union)),
    ],
    [
      'an office’s record that grants something to another too',
      begun,
      records(abroad, grant('vn1-1', abroad), grant('vn1-2', union)),
      there,
    ],
    [
      'a withdrawal that had not seen one of its grants',
      renewed,
      consentWithdrawn(abroad, 'vn1-1', 'kr1-1', 'kr2-1'),
      { ...there, seen: 1 },
    ],
    [
      'a confirmation of its own withdrawal beside another',
      two,
      settled('confirmed', sender, 'vn1-1', 'kr2-1'),
    ],
    [
      'a refutation that had not seen one of them',
      two,
      settled('refuted', sender, 'vn1-1', 'kr2-1'),
      { seen: 0 },
    ],
    [
      'a lapse of a grant that is not there beside one that is',
      begun,
      consentLapsed('kr1-1', 'kr1-9'),
    ],
  ])('%s is set aside', (_, before, step, slot) => {
    expect(isSetAside(before, next(before, step, slot))).toBe(true);
  });
});

describe('once keys are destroyed', () => {
  const destroying = withData(settled('confirmed', sender, 'vn1-1'), { destroyed: true });
  const withdrawn = onward(begun, consentWithdrawn(abroad, 'vn1-1', ...all));
  const gone = onward(withdrawn, destroying);

  test('no grant lives again, whatever crossed it', () => {
    const crossed = next(withdrawn, consentRecorded(abroad, 'vn2-1', 'kr-vn'), there);
    const kept = onward(withdrawn, settled('confirmed', sender, 'vn1-1'));
    expect(status([...kept, crossed])).toEqual(['active', 1]);
    expect(status([...gone, crossed])).toEqual(['withdrawn', 0]);
  });

  test('they stay so after a confirmation that destroys nothing', () => {
    const again = onward(gone, consentRecorded(sender, 'kr3-1', 'vn-kr'));
    const second = onward(again, consentWithdrawn(union, 'vn2-1', 'kr3-1'));
    expect(status(onward(second, settled('confirmed', sender, 'vn2-1')))).toEqual(['withdrawn', 0]);
  });

  test('which a refutation, and a confirmation that says so, never does', () => {
    const one = onward(begun, consentWithdrawn(abroad, 'vn1-1', 'kr1-1'));
    for (const how of ['refuted', 'confirmed'] as const)
      expect(status(onward(one, settled(how, sender, 'vn1-1')))[0]).toBe('active');
  });
});
