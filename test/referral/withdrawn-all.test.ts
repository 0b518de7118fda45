import { describe, expect, test } from 'vitest';
import type { Fact, Office } from '../../events/envelope.ts';
import { consentStatus } from '../../shared/referral/consent.ts';
import { fold } from '../../shared/referral/fold.ts';
import { accessOf } from '../../shared/referral/gate.ts';
import { log, onward, submitted } from '../support/facts.ts';
import { after, given } from '../support/given.ts';
import { honest } from '../support/now.ts';
import {
  abroad,
  contextIn,
  helpline,
  home,
  nextYear,
  sender,
  shelter,
  third,
  union,
  worker,
} from '../support/people.ts';
import { bySupervisor, may, said } from '../support/permission.ts';
import { next } from '../support/setting-aside.ts';
import { accepted, consentRecorded, consentWithdrawn, settled } from '../support/steps.ts';

const all = ['kr1-1', 'kr1-2', 'kr1-3', 'kr1-4', 'kr1-5'];
const serving = log(submitted({ lines: [[abroad]], helplines: [helpline] }), accepted());
const gone = onward(serving, consentWithdrawn(helpline, 'kr2-1', ...all));
const grant = (office: Office, direction: string) => ({
  ...{ office, direction, stages: [1, 2], expires: nextYear },
});
const records = (facts: readonly Fact[], who: Office, ...grants: object[]) => {
  const notice = { noticeVersion: 'test', noticeHash: 'hash' };
  return said(() => given(facts).when(bySupervisor(who, 'record-consent', { ...notice, grants })));
};
const status = (facts: readonly Fact[]) => consentStatus(honest(facts).referral);
const reads = (facts: readonly Fact[], office: Office) =>
  accessOf(fold(facts), worker(office), contextIn('kr'));
const CLOSED = { code: 'access-closed' };

describe('while a withdrawal of everything waits', () => {
  const waits =
    '409 not-allowed-now: Her withdrawal of everything must be confirmed or refuted first (/grants)';

  // biome-ignore format: a table
  test.each<[Office, string]>([[shelter, 'kr'], [sender, 'kr'], [abroad, 'vn'], [third, 'vn'], [abroad, 'kr-vn']])(
    'nobody writes down a consent for %s in direction %s, and nobody is told that it may',
    (office, direction) => {
      expect(records(gone, sender, grant(office, direction))).toBe(waits);
      expect(may(gone, 'record-consent', sender)).toBe(false);
      expect(may(gone, 'record-consent', abroad)).toBe(false);
    },
  );

  test('so it is with several that closed all together, whatever one of them left', () => {
    const two = onward(
      serving,
      consentWithdrawn(helpline, 'kr2-1', ...all.slice(0, 2)),
      consentWithdrawn(abroad, 'vn2-1', ...all.slice(2)),
    );
    expect(records(two, sender, grant(shelter, 'kr'))).toBe(waits);
    const one = onward(two, settled('refuted', sender, 'kr2-1'));
    expect(records(one, sender, grant(shelter, 'kr'))).toBe('allowed');
  });

  test('one of some grants keeps nobody else from a consent', () => {
    const some = onward(serving, consentWithdrawn(helpline, 'kr2-1', ...all.slice(1)));
    expect(records(some, sender, grant(shelter, 'kr'))).toBe('allowed');
    expect(may(some, 'record-consent', sender)).toBe(true);
  });

  test('once it is refuted all is as before, and a new consent is written down again', () => {
    const back = onward(gone, settled('refuted', sender, 'kr2-1'));
    expect(status(back)).toBe('active');
    expect(reads(back, abroad)).toMatchObject({ as: 'receiver', stage: 2 });
    expect(records(back, sender, grant(shelter, 'kr'))).toBe('allowed');
  });
});

describe('what was written down all the same, after a withdrawal of everything', () => {
  const added = consentRecorded(sender, 'kr3-1', 'kr', { office: shelter });
  const undone = onward(gone, added);

  test('opens nothing, and counts for nobody', () => {
    expect(status(undone)).toBe('withdrawn');
    for (const office of [sender, abroad]) expect(reads(undone, office)).toMatchObject(CLOSED);
    const more = onward(undone, consentRecorded(sender, 'kr4-1', 'kr-vn', { office: third }));
    expect(status(more)).toBe('withdrawn');
    expect(records(undone, sender, grant(home, 'kr'))).toMatch('must be confirmed or refuted');
  });

  test('is destroyed with the rest', () => {
    const confirmed = after(undone, bySupervisor(sender, 'confirm-withdrawal'));
    expect(confirmed.at(-1)?.data).toMatchObject({ destroyed: true });
    expect(status(confirmed)).toBe('withdrawn');
  });

  test('counts with all that was there before once it is refuted', () => {
    const back = onward(undone, settled('refuted', sender, 'kr2-1'));
    const { grants } = honest(back).referral.consent;
    expect(grants).toHaveLength(6);
    expect(status(back)).toBe('active');
    expect(reads(back, abroad)).toMatchObject({ as: 'receiver', grants: ['kr1-1'] });
  });

  test('stays readable where an older version confirmed it and destroyed nothing', () =>
    expect(status(onward(undone, settled('confirmed', sender, 'kr2-1')))).toBe('active'));

  test('counts where it had not seen the withdrawal, or had seen a grant that this left', () => {
    const withdrawn = onward(serving, consentWithdrawn(abroad, 'vn2-1', ...all));
    const crossed = next(withdrawn, consentRecorded(sender, 'kr2-1', 'kr', { office: shelter }), {
      seen: 1,
    });
    expect(status([...withdrawn, crossed])).toBe('active');
    const both = onward(
      [...withdrawn, crossed],
      consentRecorded(sender, 'kr3-1', 'kr-vn', { office: union }),
    );
    const { grants } = honest(both).referral.consent;
    expect(grants).toHaveLength(7);
    expect(records(both, sender, grant(home, 'kr'))).toMatch('must be confirmed'); // closed by name
    expect(records(both, sender, grant(sender, 'kr'))).toBe('allowed');
  });

  test('means the same in both countries, in whatever order they heard it', () => {
    const abroadToo = onward(undone, settled('refuted', sender, 'kr2-1'));
    for (const facts of [undone, abroadToo]) expect(fold(facts.toReversed())).toEqual(fold(facts));
  });
});

test.each<[Office, string, string]>([
  [abroad, 'kr', 'vn'],
  [abroad, 'vn-kr', 'vn'],
  [sender, 'kr-vn', 'kr'],
  [home, 'vn', 'kr'],
])('a consent for %s does not go in direction %s', (office, direction, country) =>
  expect(records(serving, sender, grant(home, 'kr'), grant(office, direction))).toBe(
    `422 invalid-field: Must end in the office's country, "${country}" (/grants/1/direction)`,
  ),
);
