import { describe, expect, test } from 'vitest';
import { isShut } from '../../shared/referral/offers.ts';
import { log, onward, submitted } from '../support/facts.ts';
import { now } from '../support/now.ts';
import { abroad, home, later, nextYear, sender, union } from '../support/people.ts';
import { accepted, askedToCancel, cancelled, made } from '../support/steps.ts';

const begun = log(submitted({ lines: [[abroad, union], [home]] }));
const atHome = { office: home, offer: 'kr1-2' };

test('a referral begins with its offers, lines and grants, and nothing else', () => {
  const { referral } = now(
    log(submitted({ lines: [[abroad, union]], grants: [{ office: abroad }] })),
  );
  expect(referral).toEqual({
    ref: begun[0]?.subject,
    origin: 'kr',
    reach: 'both',
    sender,
    named: [],
    overrides: { proposals: [], approved: [] },
    senders: [{ office: sender, since: { country: 'kr', seq: 1, at: begun[0]?.time } }],
    submittedAt: later(1),
    urgency: 'normal',
    lines: [{ id: 'l1', offices: [abroad, union], stopped: false }],
    offers: [
      {
        id: 'kr1-1',
        office: abroad,
        owner: 'vn',
        made: { country: 'kr', seq: 1, seen: 0, at: later(1) },
        offered: ['l1'],
        lines: ['l1'],
        acknowledged: false,
        rounds: [],
        expired: false,
        started: false,
        holds: [],
        reopenings: 0,
        requests: [],
        refusals: [],
        handedOn: [],
        letGo: [],
        visits: 0,
        contactMade: false,
        appointed: false,
        reported: false,
        attempts: [],
      },
    ],
    consent: {
      feedback: 'progress',
      contact: 'office-contacts-person',
      grants: [
        {
          id: 'kr1-1',
          office: abroad,
          direction: 'kr-vn',
          stages: [1, 2],
          onward: [],
          expires: nextYear,
          recorded: { country: 'kr', seq: 1, seen: 0, at: later(1) },
        },
      ],
      lapsed: [],
      withdrawals: [],
      destroyed: false,
      records: [],
    },
    helplines: [],
    error: false,
    marks: [],
    rises: [],
    safety: { holds: [], proposals: [] },
    travel: { plans: [], arrivals: [], missing: [] },
    amendments: [],
    content: { reads: [], erased: [], receipts: [], reported: [] },
  });
});

describe('the gate of an office', () => {
  const end = cancelled({ ...atHome, actor: sender }, { lines: ['l2'], shut: true });

  test('is shut by the sender’s own end of an offer at home, and stays so for that office alone', () => {
    const { referral, offer } = now(onward(begun, end));
    expect(offer('kr1-2').shutIn).toBe(2);
    expect([isShut(referral, offer('kr1-2')), isShut(referral, offer())]).toEqual([true, false]);
  });

  test('is shut by no system: it repeats what a request had said', () => {
    const by = cancelled({ ...atHome, actor: 'kr:system' }, { lines: ['l2'], shut: true });
    expect(now(onward(begun, by)).offer('kr1-2')).not.toHaveProperty('shutIn');
    const open = cancelled({ ...atHome, actor: sender }, { lines: ['l2'], shut: false });
    expect(now(onward(begun, open)).offer('kr1-2')).not.toHaveProperty('shutIn');
  });

  test('opens with an offer that had seen it, for all its offers', () => {
    const again = made({ office: home, offer: 'kr3-1', actor: sender }, { lines: ['l2'] });
    const { referral, offer } = now(onward(begun, end, again));
    expect([isShut(referral, offer('kr1-2')), isShut(referral, offer('kr3-1'))]).toEqual([
      false,
      false,
    ]);
  });

  test('is shut for its older offers too', () => {
    const again = made({ office: abroad, offer: 'kr2-1', actor: sender });
    const shut = askedToCancel({}, { shut: true });
    const { referral, offer } = now(onward(begun, again, accepted(), shut));
    expect([isShut(referral, offer()), isShut(referral, offer('kr2-1'))]).toEqual([true, true]);
  });
});
