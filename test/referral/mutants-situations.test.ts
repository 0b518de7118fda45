import { describe, expect, test } from 'vitest';
import type { Country, Fact, Office } from '../../events/envelope.ts';
import type { LineId, OfferId } from '../../events/referral.ts';
import { dueNext } from '../../shared/referral/due.ts';
import { fold } from '../../shared/referral/fold.ts';
import { cancellationOf, leavingOf } from '../../shared/referral/leaving.ts';
import { holderOf, lineStatus, referralStatus, wayOf } from '../../shared/referral/lines.ts';
import { isShut, offerIn, statusOf } from '../../shared/referral/offers.ts';
import { abroad, contextIn, home } from '../support/people.ts';
import { situations } from '../support/situations.ts';

// Offer and its gate · what it is to lose, why, and where that goes · line l1, its holder, its way · referral · what a system does next
const table = `
  none : nothing
  requested : requested | none | open | - | offered - none | active | -
  received : received | none | open | - | offered - none | active | -
  accepted : accepted | none | open | - | placed kr1-1 none | active | -
  contacted : accepted | none | open | - | placed kr1-1 none | active | -
  in-progress : in-progress | none | open | - | placed kr1-1 none | active | -
  completed : completed | none | open | - | closed - none | active | -
  failed : failed | none | open | - | closed - none | active | -
  rejected abroad : rejected | none | open | - | open - next-office | active | kr offer kr-invented-shelter l1
  rejected at home : rejected | none | open | - | open - next-office | active | kr offer vn-invented-office l1
  for-a-human : rejected | none | open | - | open - human | active | -
  asked-back : received | none | open | - | offered - none | active | -
  answered : received | none | open | - | offered - none | active | -
  taken-back abroad : rejected | none | open | - | open - next-office | active | kr offer kr-invented-shelter l1
  taken-back at home : rejected | none | open | - | open - next-office | active | kr offer vn-invented-office l1
  on-hold : on-hold | none | open | - | placed kr1-1 none | active | -
  to-cancel : in-progress | requested | open | l1 withdrawn sender | placed kr1-1 none | active | -
  withdrawn abroad : requested | none | shut | l1 consent sender shut | offered - none | active | vn cancel kr1-1
  withdrawn at home : requested | none | shut | l1 consent sender shut | offered - none | active | kr cancel kr1-1
  withdrawn-late : accepted | requested | shut | l1 consent sender shut | placed kr1-1 none | active | -
  withdrawn-by-sender abroad : requested | none | shut | l1 consent sender shut | offered - none | active | vn cancel kr1-1
  withdrawn-by-sender at home : requested | none | shut | l1 consent sender shut | offered - none | active | kr cancel kr1-1
  refuted : requested | none | open | - | offered - none | active | -
  confirmed abroad : requested | none | shut | l1 consent sender shut | offered - none | active | vn cancel kr1-1
  confirmed at home : requested | none | shut | l1 consent sender shut | offered - none | active | kr cancel kr1-1
  lapsed abroad : requested | none | shut | l1 consent sender shut | offered - none | active | vn cancel kr1-1
  lapsed at home : requested | none | shut | l1 consent sender shut | offered - none | active | kr cancel kr1-1
  consents-anew : in-progress | requested | open | l1 withdrawn sender | placed kr1-1 none | active | -
  went-on : in-progress | refused | open | - | placed kr1-1 none | active | -
  cancelled-late : cancelled | none | open | - | open - sender | active | -
  reopened : in-progress | none | open | - | placed kr1-1 none | active | -
  contested : accepted | none | open | - | contested - none | active | kr place-line l1 kr2-1
  contested-begun : in-progress | none | open | - | contested - none | active | -
  placed : accepted | none | open | - | placed kr1-1 none | active | -
  placed-away : accepted | requested | open | l1 placed-elsewhere none | placed kr2-1 none | active | -
  stopped : rejected | none | open | - | stopped - sender | active | -
  error : accepted | requested | open | l1 error stop | placed kr1-1 none | entered-in-error | vn cancel kr1-2
  elsewhere abroad : requested | none | open | l1 placed-elsewhere none | placed kr2-1 none | active | vn cancel kr1-1
  elsewhere at home : requested | none | open | l1 placed-elsewhere none | placed kr2-1 none | active | kr cancel kr1-1
  newer : requested | none | open | - | offered - none | active | -
  newer-later : accepted | none | open | - | placed kr1-1 none | active | -
  child-offered : accepted | none | open | - | placed kr1-1 none | active | -
  child-declined : accepted | none | open | - | placed kr1-1 none | active | -
  child-accepted abroad : accepted | none | open | - | placed kr1-1 none | active | vn close-parent kr1-1
  child-accepted at home : accepted | none | open | - | placed kr1-1 none | active | kr close-parent kr1-1
  parent-closed abroad : completed | none | open | - | placed vn2-1 none | active | -
  parent-closed at home : completed | none | open | - | placed kr3-1 none | active | -
  child-completed : completed | none | open | - | closed - none | active | -
  child-to-cancel abroad : accepted | requested | open | l1 withdrawn sender | placed kr1-1 none | active | vn close-parent kr1-1
  child-to-cancel at home : accepted | requested | open | l1 withdrawn sender | placed kr1-1 none | active | kr close-parent kr1-1
  parent-failed abroad : failed | none | open | - | closed - none | active | vn cancel vn2-1
  parent-failed at home : failed | none | open | - | closed - none | active | vn cancel kr3-1
  unconsented : requested | none | open | - | offered - none | active | -
  on-safety-hold : accepted | none | open | - | placed kr1-1 none | active | -
  lift-proposed : accepted | none | open | - | placed kr1-1 none | active | -
  lifted : accepted | none | open | - | placed kr1-1 none | active | -
  travel-planned : accepted | none | open | - | placed kr1-1 none | active | -
  arrived : accepted | none | open | - | placed kr1-1 none | active | -
  not-arrived : accepted | none | open | - | placed kr1-1 none | active | -
  receipt-due : accepted | requested | shut | l1 consent sender shut | placed kr1-1 none | active | -
  emergency : accepted | none | open | - | placed kr1-1 none | active | -
  cancelled abroad : cancelled | none | shut | - | stopped - stop | active | -
  cancelled at home : cancelled | none | open | - | stopped - stop | active | -
  asked : requested | none | shut | l1 withdrawn stop | offered - none | active | vn cancel kr1-1
  asked-later : received | none | shut | l1 withdrawn stop | offered - none | active | vn cancel kr1-1
  crossed : accepted | requested | shut | l1 withdrawn stop | placed kr1-1 none | active | -
  to-hand-over : accepted | none | open | - | placed kr1-1 none | active | -
  handed-over : accepted | none | open | - | placed kr1-1 none | active | -
  to-override : requested | none | open | - | offered - none | active | -
  overridden : requested | none | open | - | offered - none | active | -`;

const meaning = (facts: readonly Fact[]): string => {
  const state = fold(facts);
  const { referral } = state;
  if (!referral) return 'nothing';
  const offer = offerIn(referral, 'kr1-1' as OfferId);
  const line = 'l1' as LineId;
  if (!offer) return 'no offer';
  const lost = leavingOf(referral, offer);
  const due = (['kr', 'vn'] as const).flatMap((country) => {
    const next = dueNext(state, contextIn(country));
    if (!next) return [];
    const what = next.offer ?? Object.values(next.input).join(' ');
    return [`${country} ${next.do} ${what}`];
  });
  return [
    statusOf(offer),
    cancellationOf(referral, offer),
    isShut(referral, offer) ? 'shut' : 'open',
    lost ? `${lost.lines} ${lost.cause} ${lost.next}${lost.shut ? ' shut' : ''}` : '-',
    `${lineStatus(referral, line)} ${holderOf(referral, line)?.id ?? '-'} ${wayOf(referral, line)}`,
    referralStatus(referral),
    due.join() || '-',
  ].join(' | ');
};

const rows = new Map(
  table
    .trim()
    .split('\n')
    .map((row) => row.trim().split(' : ') as [string, string]),
);

const where: [string, Office, Country][] = [
  ['abroad', abroad, 'vn'],
  ['at home', home, 'kr'],
];

describe.each(where)('with an offer %s', (place, office, country) => {
  const all = Object.entries(situations(office, country));
  test.each(all)('what it means that it is %s', (name, facts) => {
    expect(meaning(facts)).toBe(rows.get(`${name} ${place}`) ?? rows.get(name));
  });
});
