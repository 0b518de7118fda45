import { describe, expect, test } from 'vitest';
import type { Fact, Instant, Office } from '../../events/envelope.ts';
import type { Act } from '../../shared/referral/command.ts';
import { fold } from '../../shared/referral/fold.ts';
import { log, onward, placed, submitted } from '../support/facts.ts';
import { command, given, recorded } from '../support/given.ts';
import {
  abroad,
  helpline,
  home,
  later,
  nextYear,
  sender,
  third,
  union,
} from '../support/people.ts';
import { bySupervisor, said } from '../support/permission.ts';
import { consentRecorded, consentWithdrawn, settled } from '../support/steps.ts';

const begun = log(submitted({ lines: [[abroad], [union]], helplines: [helpline] }));
const notice = { noticeVersion: 'test', noticeHash: 'hash' };
const grant = (office: Office, more: object = {}) => ({
  ...{ office, direction: 'kr-vn', stages: [1, 2], expires: nextYear, ...more },
});
const does = (who: Office, name: Act, input: object = {}, facts: readonly Fact[] = begun) =>
  given(facts).when(bySupervisor(who, name, input));
const records = (who: Office, ...grants: object[]) =>
  does(who, 'record-consent', { ...notice, grants });
const withdraws = (who: Office, grants?: string[], facts = begun) =>
  does(who, 'withdraw-consent', { identification: 'passphrase', ...(grants && { grants }) }, facts);

describe('a record of consent', () => {
  test('names each grant after its slot, and is heard by the sender and the offices asked that it names', () => {
    const draft = records(sender, grant(abroad), grant(third, { onward: [union] }));
    expect(draft).toMatchObject({
      type: 'consent.recorded.v1',
      data: { offices: [sender, abroad], ...notice },
    });
    expect(draft).toHaveProperty('data.grants', [
      { ...grant(abroad), grant: 'kr2-1', onward: [] },
      { ...grant(third), grant: 'kr2-2', onward: [union] },
    ]);
    expect(
      draft && fold(recorded(begun, draft, bySupervisor(sender, 'record-consent'))).setAside,
    ).toEqual([]);
  });

  test('says in its fact that no scope changed where that was said, and nothing else of scopes', () => {
    const input = { ...notice, grants: [grant(abroad)] };
    const keeps = (more: object) => does(abroad, 'record-consent', { ...input, ...more })?.data;
    expect(keeps({ keepsScopes: true })).toHaveProperty('keepsScopes', true);
    expect(keeps({})).not.toHaveProperty('keepsScopes');
  });

  const nothingNew = 'An office may narrow or renew what it had, and add nothing (/grants/0)';
  const onwards = log(
    submitted({ grants: [{ office: abroad, stages: [1], onward: [third] }, { office: union }] }),
  );
  // biome-ignore format: a table
  test.each<[string, object, string]>([
    ['the same again', grant(abroad, { stages: [1], onward: [third] }), 'allowed'],
    ['less of it', grant(abroad, { stages: [1] }), 'allowed'],
    ['another stage', grant(abroad, { stages: [1, 2] }), `422 invalid-field: ${nothingNew}`],
    ['another office to refer her to', grant(abroad, { stages: [1], onward: [third, union] }), `422 invalid-field: ${nothingNew}`],
    ['another direction', grant(abroad, { stages: [1], direction: 'vn' }), `422 invalid-field: ${nothingNew}`],
    ['something for another office', grant(union), `422 invalid-field: ${nothingNew}`],
  ])('of an office that was asked may hold %s: %s', (_, one, expected) => {
    const tries = () => does(abroad, 'record-consent', { ...notice, grants: [one] }, onwards);
    expect(said(tries)).toBe(expected);
  });

  test('holds for twelve months at most, whoever makes it', () => {
    const tries = (who: Office, expires: string) =>
      said(() => records(who, grant(abroad, { expires })));
    const late = '422 invalid-field: Must be within 12 months (/grants/0/expires)';
    for (const who of [sender, abroad]) {
      expect(tries(who, '2027-11-23T03:00:00.000Z')).toBe('allowed');
      expect(tries(who, '2027-11-23T03:00:00.001Z')).toBe(late);
      expect(tries(who, '9999-11-23T00:00:00.000Z')).toBe(late);
    }
  });

  test('of an office that was asked adds nothing to any of two that crossed', () => {
    const one = (office: Office, slot: string, stages: number[]) => {
      const step = consentRecorded(abroad, `${slot}-1`, 'kr-vn', { stages });
      return { ...step, actor: office };
    };
    for (const [here, there] of [
      [[1], [1, 2]],
      [[1, 2], [1]],
    ] as const) {
      const crossed = [
        ...begun,
        placed(one(sender, 'kr2', [...here]), 'kr', 2, 0),
        placed(one(abroad, 'vn1', [...there]), 'vn', 1, 1),
      ];
      const tries = (stages: number[]) =>
        said(() =>
          does(
            abroad,
            'record-consent',
            { ...notice, grants: [grant(abroad, { stages })] },
            crossed,
          ),
        );
      expect(tries([1, 2])).toBe(`422 invalid-field: ${nothingNew}`);
      expect(tries([1])).toBe('allowed');
    }
  });

  test('waits while a withdrawal of the same office and direction is not settled, whoever writes it', () => {
    const withdrawn = onward(begun, consentWithdrawn(union, 'vn1-1', 'kr1-1', 'kr1-2'));
    const tries = (facts: readonly Fact[], ...grants: object[]) =>
      said(() => does(sender, 'record-consent', { ...notice, grants }, facts));
    const waits = '409 not-allowed-now: Her withdrawal must be confirmed or refuted first';
    expect(tries(withdrawn, grant(third), grant(abroad))).toBe(`${waits} (/grants/1)`);
    expect(tries(withdrawn, grant(abroad, { direction: 'vn' }))).toBe('allowed');
    expect(tries(withdrawn, grant(third))).toBe('allowed');
    const other = onward(withdrawn, consentWithdrawn(union, 'vn2-1', 'kr1-4'));
    expect(tries(other, grant(abroad))).toBe(`${waits} (/grants/0)`);
    const over = onward(withdrawn, settled('confirmed', sender, 'vn1-1'));
    expect(tries(over, grant(abroad))).toBe('allowed');
  });
});

describe('a withdrawal of consent', () => {
  test('closes what it names, and is heard by the sender and the offices asked that it names', () => {
    expect(withdraws(abroad, ['kr1-1', 'kr1-4'])).toMatchObject({
      type: 'consent.withdrawn.v1',
      data: { offices: [sender, abroad], withdrawal: 'vn1-1', grants: ['kr1-1', 'kr1-4'] },
    });
    expect(withdraws(sender, ['kr1-2', 'kr1-2'])?.data).toMatchObject({
      ...{ offices: [sender, union, helpline], withdrawal: 'kr2-1', grants: ['kr1-2'] },
    });
  });

  test('closes all that is open, where it names nothing', () => {
    expect(withdraws(helpline)?.data).toMatchObject({
      grants: ['kr1-1', 'kr1-2', 'kr1-3', 'kr1-4', 'kr1-5'],
    });
    const some = onward(begun, consentWithdrawn(sender, 'kr2-1', 'kr1-1', 'kr1-3'));
    expect(withdraws(sender, undefined, some)?.data).toMatchObject({
      grants: ['kr1-2', 'kr1-4', 'kr1-5'],
    });
  });

  test('names nothing that is closed beside what is open', () => {
    const some = onward(begun, consentWithdrawn(sender, 'kr2-1', 'kr1-1'));
    expect(said(() => withdraws(sender, ['kr1-1', 'kr1-2'], some))).toBe(
      '422 invalid-field: Must be among: kr1-2, kr1-3, kr1-4, kr1-5 (/grants)',
    );
  });
});

describe('a withdrawal is settled', () => {
  const wait = '409 not-allowed-now: No withdrawal waits for this office';
  const tells = (who: Office, facts: readonly Fact[]) =>
    said(() => does(who, 'refute-withdrawal', {}, facts));

  test('with all others that wait for this desk, never with its own', () => {
    const two = onward(
      begun,
      consentWithdrawn(sender, 'kr2-1', 'kr1-4'),
      consentWithdrawn(abroad, 'vn1-1', 'kr1-1'),
    );
    const settles = (who: Office) => does(who, 'confirm-withdrawal', {}, two)?.data;
    expect(settles(sender)).toMatchObject({
      ...{ offices: [sender, abroad], withdrawals: ['vn1-1'], destroyed: false },
    });
    expect(settles(helpline)).toMatchObject({
      withdrawals: ['kr2-1'],
      offices: [sender, helpline],
    });
  });

  test('with keys destroyed, where no grant is left', () => {
    const all = onward(
      begun,
      consentWithdrawn(abroad, 'vn1-1', 'kr1-1', 'kr1-2', 'kr1-3', 'kr1-4', 'kr1-5'),
    );
    expect(does(sender, 'confirm-withdrawal', {}, all)?.data).toMatchObject({ destroyed: true });
    expect(does(sender, 'refute-withdrawal', {}, all)?.data).toEqual({
      ...{ offices: [sender, abroad, union], by: 'skrinventedcentr', withdrawals: ['vn1-1'] },
    });
  });

  test('with keys destroyed too, where what is left has expired and no fact says so yet', () => {
    const office = { office: abroad, expires: later(60) };
    const short = log(submitted({ lines: [[abroad]], grants: [office, { office: sender }] }));
    const facts = onward(short, consentWithdrawn(abroad, 'vn1-1', 'kr1-2'));
    const confirms = (at: Instant) =>
      given(facts, at).when(bySupervisor(sender, 'confirm-withdrawal'))?.data;
    expect(confirms(later(59))).toMatchObject({ destroyed: false });
    expect(confirms(later(60))).toMatchObject({ destroyed: true });
  });

  test('in the origin alone, also by a helpline', () => {
    const there = 'vn-invented-helpline' as Office;
    const withdrawn = onward(
      log(submitted({ helplines: [there, helpline] })),
      consentWithdrawn(sender, 'kr2-1', 'kr1-4'),
    );
    expect(tells(there, withdrawn)).toBe(wait);
    expect(tells(helpline, withdrawn)).toBe('allowed');
    expect(tells(sender, withdrawn)).toBe(wait);
  });
});

test('a consent lapses by the origin’s system, once it is over, and who was asked hears of it', () => {
  const lapses = (at?: Instant, facts = begun) =>
    given(facts, at).when(command('lapse-consent', { system: 'kr' }));
  const short = log(
    submitted({
      grants: [
        { office: abroad, expires: later(60) },
        { office: home, expires: later(90) },
        { office: union },
      ],
    }),
  );
  expect(lapses(later(90), short)).toMatchObject({
    ...{
      type: 'consent.lapsed.v1',
      data: { offices: [sender, abroad], grants: ['kr1-1', 'kr1-2'] },
    },
  });
  expect(lapses(later(60), short)?.data).toMatchObject({ grants: ['kr1-1'] });
  expect(said(() => lapses(later(59), short))).toBe('409 not-allowed-now: No grant has expired');
});
