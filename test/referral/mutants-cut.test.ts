import { describe, expect, test } from 'vitest';
import { ReferralFact } from '../../events/facts.ts';
import { cutFor } from '../../shared/referral/cut.ts';
import { fold } from '../../shared/referral/fold.ts';
import { log, onward, type Step, submitted } from '../support/facts.ts';
import { abroad, helpline, home, sender, shelter } from '../support/people.ts';
import { consentWithdrawn, disclosed, made } from '../support/steps.ts';

/** What an office that was asked reads of each fact beside who hears of it: nothing else, whatever a later version adds. */
const table = `
  referral.entered-in-error.v1 :
  line.stopped.v1 : line
  offer.acknowledged.v1 : offer
  offer.information-requested.v1 : offer round
  offer.information-provided.v1 : offer round
  offer.accepted.v1 : offer lines left
  offer.declined.v1 : offer reason next
  offer.acceptance-withdrawn.v1 : offer reason next
  offer.made.v1 : offer office lines partOf
  offer.withdrawal-requested.v1 : offer lines
  offer.cancellation-requested.v1 : offer lines
  offer.cancellation-refused.v1 : offer
  offer.cancelled.v1 : offer lines cause
  offer.expired.v1 : offer
  deadline.reminded.v1 : clock offer hold office round due
  deadline.missed.v1 : clock offer hold office round due
  service.started.v1 : offer
  service.progressed.v1 : offer kind visit
  service.held.v1 : offer review awaitsArrival pausesContact
  service.resumed.v1 : offer
  service.closed.v1 : offer lines onward
  service.reopened.v1 : offer
  consent.withdrawal-confirmed.v1 : withdrawals destroyed
  consent.withdrawal-refuted.v1 : withdrawals
  consent.override-proposed.v1 : proposal
  consent.overridden.v1 : proposal override
  consent.override-ended.v1 : override
  safety-hold.raised.v1 : hold
  safety-hold.lift-proposed.v1 : proposal holds
  safety-hold.lifted.v1 : proposal holds
  travel.planned.v1 : plan
  person.arrived.v1 : plan
  person.not-arrived.v1 : plan
  referral.amended.v1 : parts urgency
  case-file.disclosed.v1 : office stage
  content.erased.v1 :
  erasure.confirmed.v1 : destroyed kept
  responsibility.proposed.v1 : office
  responsibility.moved.v1 :
  office.named.v1 : row office
  report.given.v1 :
  offer.pondered.v1 :`;

const rows = table
  .trim()
  .split('\n')
  .map((row) => row.trim().split(' :') as [string, string])
  .map(([type, names]) => [type, names.split(' ').filter((name) => name !== '')] as const);
const elsewhere = [
  'referral.submitted.v1',
  'line.placed.v1',
  'consent.recorded.v1',
  'consent.withdrawn.v1',
  'consent.lapsed.v1',
];
const everything = Object.fromEntries(
  [...rows.flatMap(([, names]) => names), 'line', 'shut', 'replaces', 'secret'].map((name) => [
    name,
    name,
  ]),
);
// Two offers and two grants are its own, one of each is another's.
const { referral } = fold(
  onward(
    log(
      submitted({
        lines: [[abroad], [home]],
        grants: [{ office: abroad }, { office: home }, { office: abroad, direction: 'vn' }],
      }),
    ),
    made({ office: abroad, offer: 'kr2-1', actor: sender }, { lines: ['l2'] }),
  ),
);
const cut = (type: string, data: Record<string, unknown>) =>
  referral && cutFor(abroad, referral, { type, data });

describe('an office that was asked reads', () => {
  test.each(rows)('of %s: %j', (type, names) => {
    expect(Object.keys(cut(type, everything) ?? {}).toSorted()).toEqual(names.toSorted());
    expect(Object.keys(cut(type, {}) ?? {})).toEqual([]);
  });

  test('each fact by a row, or by a rule of its own', () => {
    const types = ReferralFact.options.map(({ shape }) => shape.type.value);
    const known = [...rows.map(([type]) => type), ...elsewhere];
    expect(types.filter((type) => !known.includes(type))).toEqual([]);
  });

  test('of a choice between two its line, and the offer only if it is its own', () => {
    expect(cut('line.placed.v1', { line: 'l1', offer: 'kr1-1' })).toEqual({
      line: 'l1',
      offer: 'kr1-1',
    });
    expect(cut('line.placed.v1', { line: 'l2', offer: 'kr1-2' })).toEqual({ line: 'l2' });
  });

  test('of a consent its own grants alone', () => {
    const grants = [{ office: abroad }, { office: home }];
    const notice = { noticeVersion: 'test', noticeHash: 'hash' };
    expect(cut('consent.recorded.v1', { ...notice, grants, scopes: [] })).toEqual({
      ...notice,
      grants: [{ office: abroad }],
    });
    // Whether she closed a scope is for the gates.
    for (const keepsScopes of [true, false])
      expect(cut('consent.recorded.v1', { ...notice, grants, keepsScopes })).toEqual({
        ...notice,
        grants: [{ office: abroad }],
      });
    const named = { withdrawal: 'vn1-1', grants: ['kr1-1', 'kr1-2', 'kr1-3', 'kr1-9'], by: sender };
    expect(cut('consent.withdrawn.v1', named)).toEqual({
      withdrawal: 'vn1-1',
      grants: ['kr1-1', 'kr1-3'],
    });
    expect(cut('consent.lapsed.v1', { grants: ['kr1-1', 'kr1-2'] })).toEqual({ grants: ['kr1-1'] });
  });

  test('of grants that are no office’s, nothing, unless it must ask her', () => {
    const { referral } = fold(log(submitted({ helplines: [helpline] })));
    if (!referral) throw new Error('no referral');
    const data = { withdrawal: 'kr2-1', grants: ['kr1-1'] };
    const read = cutFor(helpline, referral, { type: 'consent.withdrawn.v1', data });
    expect(read).toEqual({ withdrawal: 'kr2-1', grants: [] });
  });

  describe('of the end of withdrawals', () => {
    const data = { withdrawals: ['kr2-1', 'vn1-1'], destroyed: false };
    const grants = [{ office: abroad }, { office: home }, { office: helpline }, { office: sender }];
    const told = (asker: typeof sender, more: object, ...steps: Step[]) => {
      const by = consentWithdrawn(sender, 'kr2-1', 'kr1-1');
      const facts = log(submitted({ helplines: [helpline], ...more }), by, ...steps);
      const { referral } = fold(facts);
      if (!referral) throw new Error('no referral');
      const of = (how: string) =>
        cutFor(asker, referral, { type: `consent.withdrawal-${how}.v1`, data });
      return [of('confirmed'), of('refuted')];
    };
    const { withdrawals } = data;

    test('who only had to ask her reads of its own', () =>
      expect(told(helpline, {})).toEqual([
        { withdrawals: ['kr2-1'], destroyed: false },
        { withdrawals: ['kr2-1'] },
      ]));

    test('who has a grant, or read, or had nothing to ask, reads of all', () => {
      const all = [data, { withdrawals }];
      expect(told(helpline, { grants })).toEqual(all);
      expect(told(helpline, {}, disclosed(helpline))).toEqual(all);
      expect(told(shelter, {})).toEqual(all);
    });
  });

  test('of a submission the telephone call, where there was one', () => {
    const data = { urgency: 'normal', offers: [], consent: { grants: [] } };
    expect(cut('referral.submitted.v1', data)).not.toHaveProperty('handOver');
    expect(cut('referral.submitted.v1', { ...data, handOver: {} })).toHaveProperty('handOver', {});
  });
});
