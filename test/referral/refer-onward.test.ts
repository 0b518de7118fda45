import { describe, expect, test } from 'vitest';
import type { Fact, Office } from '../../events/envelope.ts';
import { log, moreGrants, onward, placed, submitted } from '../support/facts.ts';
import { command, given, refusal } from '../support/given.ts';
import { abroad, closed, home, later, sender, third, union, worker } from '../support/people.ts';
import {
  accepted,
  askedToCancel,
  consentLapsed,
  consentRecorded,
  declined,
  failed,
  made,
  referred,
  refusedToCancel,
} from '../support/steps.ts';

const two = { lines: [[abroad], [abroad], [home]], grants: moreGrants };
const taken = log(submitted(two), accepted({}, { lines: ['l1', 'l2'] }));
const refer = (office: Office, lines = ['l1'], from: Office = abroad, offer = 'kr1-1') =>
  command('refer-onward', worker(from), { office, lines }, offer);
const refused = (facts: readonly Fact[], does = refer(union)) =>
  refusal(() => given(facts).when(does));

describe('an office that serves her refers her onward', () => {
  test.each([union, home])('to %s, by an offer below its own', (office) => {
    expect(given(taken).when(refer(office))).toEqual({
      type: 'offer.made.v1',
      reach: 'both',
      data: {
        offices: [sender, abroad, office],
        by: worker(abroad).by,
        offer: 'vn2-1',
        office,
        lines: ['l1'],
        partOf: 'kr1-1',
      },
    });
  });

  test('again once the first has declined, as the next of a chain', () => {
    const facts = onward(
      taken,
      referred({ to: union, offer: 'vn2-1' }),
      declined({ office: union, offer: 'vn2-1' }),
    );
    expect(given(facts).when(refer(third))?.data).toMatchObject({
      ...{ offer: 'vn4-1', partOf: 'kr1-1', replaces: 'vn2-1' },
    });
  });

  test('the other line to another office meanwhile', () => {
    const facts = onward(taken, referred({ to: union, offer: 'vn2-1' }));
    expect(given(facts).when(refer(home, ['l2']))?.data).toMatchObject({ lines: ['l2'] });
    expect(refused(facts, refer(home, ['l1', 'l2']))).toEqual({
      ...{ code: 'not-allowed-now', status: 409, field: '/lines' },
    });
  });

  test('and so does who took over', () => {
    const facts = onward(
      taken,
      referred({ to: union, offer: 'vn2-1' }),
      accepted({ office: union, offer: 'vn2-1' }),
    );
    expect(given(facts).when(refer(home, ['l1'], union, 'vn2-1'))?.data).toMatchObject({
      ...{ offer: 'vn4-1', partOf: 'vn2-1' },
    });
  });
});

describe('it is refused', () => {
  const noConsent = { code: 'no-consent', status: 409, field: '/office' };
  const grants = (...of: readonly object[]) =>
    log(submitted({ lines: [[abroad]], grants: of as never }), accepted());
  const far = { office: abroad, onward: [union] };

  test.each<[string, readonly object[]]>([
    ['no grant of its own', [far]],
    ['a grant in another direction alone', [far, { office: union }]],
    ['a grant that is over', [far, { office: union, direction: 'vn', expires: later(-1) }]],
    ['a grant without the summary', [far, { office: union, direction: 'vn', stages: [2] }]],
  ])('where the office has %s', (_, of) => {
    expect(refused(grants(...of))).toEqual({ code: 'no-consent', status: 409 });
  });

  test('where her grant to this office names another', () => {
    expect(refused(grants({ office: abroad }, { office: union, direction: 'vn' }))).toEqual({
      ...{ code: 'no-consent', status: 409 },
    });
    const other = { office: third, direction: 'vn' };
    expect(refused(grants({ office: abroad, onward: [third] }, other, { office: union }))).toEqual(
      noConsent,
    );
  });

  test('where a renewal names nobody any more, or the grant has lapsed', () => {
    const narrowed = onward(taken, consentRecorded(abroad, 'vn2-1', 'kr-vn'));
    expect(refused(narrowed)).toEqual({ code: 'no-consent', status: 409 });
    const lapsed = onward(taken, consentLapsed('kr1-8'));
    expect(refused(lapsed)).toEqual(noConsent);
  });

  test('where two records that did not know of each other do not both name it, or it is over', () => {
    const wide = consentRecorded(abroad, 'kr2-1', 'kr-vn', { onward: [union] });
    const crossed = [
      ...taken,
      placed({ ...wide, actor: sender }, 'kr', 2, 1),
      placed(consentRecorded(abroad, 'vn2-1', 'kr-vn'), 'vn', 2, 1),
    ];
    expect(refused(crossed)).toMatchObject({ code: 'no-consent' });
    const ending = [
      { office: abroad, onward: [union], expires: later(30) },
      { office: union, direction: 'vn' },
    ];
    const log30 = log(submitted({ lines: [[abroad]], grants: ending }), accepted());
    expect(given(log30, later(29)).when(refer(union))).toBeDefined();
    expect(refusal(() => given(log30, later(30)).when(refer(union))).code).toBe('no-consent');
  });

  test.each<[string, Office]>([
    ['its own office', abroad],
    ['the sender', sender],
    ['an office that is closed', closed],
  ])('to %s', (_, office) => {
    expect(refused(taken, refer(office))).toEqual({
      ...{ code: 'office-unavailable', status: 422, field: '/office' },
    });
  });

  test('outside the reach', () => {
    const own = { lines: [[home]], grants: moreGrants, reach: 'kr' as const };
    const facts = onward(log(submitted(own)), { ...accepted({ office: home }), reach: 'kr' });
    expect(refused(facts, refer(union, ['l1'], home))).toMatchObject({
      ...{ code: 'office-unavailable', field: '/office' },
    });
  });

  test.each([[['l3']], [['l1', 'l1']]])('for %j, which it does not serve', (lines) => {
    expect(refused(taken, refer(union, lines))).toEqual({
      ...{ code: 'invalid-field', status: 422, field: '/lines' },
    });
  });

  test('once it was asked to stop, and behind a closed gate also after it refused', () => {
    const shut = askedToCancel({}, { shut: true });
    const now = { code: 'not-allowed-now', status: 409 };
    expect(refused(onward(taken, askedToCancel()))).toEqual(now);
    expect(refused(onward(taken, shut, refusedToCancel()))).toEqual(now);
    const went = onward(taken, askedToCancel(), refusedToCancel());
    expect(given(went).when(refer(union))).toBeDefined();
  });

  test('to an office whose access was closed, which it is not told', () => {
    const facts = onward(
      log(submitted({ lines: [[abroad], [union]], grants: moreGrants }), accepted()),
      accepted({ office: union, offer: 'kr1-2' }, { lines: ['l2'] }),
      askedToCancel({ office: union, offer: 'kr1-2' }, { lines: ['l2'], shut: true }),
    );
    expect(refused(facts)).toEqual(noConsent);
    expect(given(facts).when(refer(third))).toBeDefined();
  });

  test('while two serve the line', () => {
    const facts = onward(
      taken,
      made({ office: home, offer: 'kr2-1' }),
      accepted({ office: home, offer: 'kr2-1' }),
    );
    expect(refused(facts)).toEqual({
      ...{ code: 'not-allowed-now', status: 409, field: '/lines' },
    });
  });

  test('after five offers in a chain, whether they follow each other or lie below', () => {
    let facts = log(submitted({ lines: [[abroad]], grants: moreGrants }), accepted());
    const slot = () => facts.filter(({ country }) => country === 'vn').length + 1;
    let before: string | undefined;
    for (const office of [union, third, union, third]) {
      expect(given(facts).when(refer(office))).toBeDefined();
      const offer = `vn${slot()}-1`;
      const replaces = before && { replaces: before };
      facts = onward(facts, referred({ to: office, offer }, replaces));
      facts = onward(facts, declined({ office, offer }));
      before = offer;
    }
    expect(refused(facts)).toEqual({ code: 'not-allowed-now', status: 409 });
    const both = onward(
      log(submitted(two), accepted({}, { lines: ['l1', 'l2'] })),
      ...facts.slice(2).map(({ type, actor, data }) => ({ type, actor, data })),
    );
    expect(refused(both)).toEqual({ code: 'limit-reached', status: 409 });
    const failing = { lines: [{ line: 'l1', state: 'failed', next: 'sender' }] };
    const over = onward(facts, failed({}, failing));
    const again = { office: home, lines: ['l1'] };
    expect(refused(over, command('offer', worker(sender), again))).toMatchObject({
      code: 'limit-reached',
    });
  });
});

test('the offer below takes the way of any offer', () => {
  const facts = onward(taken, referred({ to: union, offer: 'vn2-1' }));
  const accept = command('accept', worker(union), { lines: ['l1'] }, 'vn2-1');
  expect(given(facts).when(accept)?.data).toMatchObject({
    ...{ offices: [sender, union, abroad], offer: 'vn2-1', lines: ['l1'] },
  });
  const without = onward(facts, consentLapsed('kr1-8'));
  expect(refused(without, accept)).toMatchObject({ code: 'not-allowed-now' });
  const withdraw = command('withdraw', worker(sender), { reason: 'safety' }, 'vn2-1');
  expect(given(facts).when(withdraw)?.type).toBe('offer.withdrawal-requested.v1');
});
