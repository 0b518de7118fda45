import { expect, test } from 'vitest';
import type { Fact, Office } from '../../events/envelope.ts';
import type { Act, Command } from '../../shared/referral/command.ts';
import { log, onward, type Submission, submitted } from '../support/facts.ts';
import { command, given } from '../support/given.ts';
import {
  abroad,
  home,
  later,
  police,
  sender,
  shelter,
  third,
  union,
  worker,
} from '../support/people.ts';
import { bySupervisor, said } from '../support/permission.ts';
import {
  accepted,
  asked,
  askedToEnd,
  completed,
  consentLapsed,
  consentRecorded,
  consentWithdrawn,
  declined,
  disclosed,
  handOverProposed,
  held,
  made,
  overrideProposed,
  progressed,
  referred,
  resumed,
  safetyHeld,
  settled,
  started,
  told,
  travelPlanned,
} from '../support/steps.ts';

const begun = log(submitted({ lines: [[abroad, union], [abroad]] }));
const one = (of: Submission = {}) => log(submitted(of));
const two = { lines: ['l1', 'l2'] };
const serving = onward(begun, accepted({}, two), progressed(), started());
const alone = onward(one(), accepted(), progressed(), started());
const hers = (name: Act, input: object) => bySupervisor(sender, name, input);
const on = (name: Act, input: object = {}, office: Office = abroad) =>
  bySupervisor(office, name, input, 'kr1-1');
const byWorker = (name: Act, input: object) => command(name, worker(abroad), input, 'kr1-1');

const no = { reason: 'no-capacity' };
const left = (...rows: [string, string][]) => rows.map(([line, reason]) => ({ line, reason }));
const outcome = (...rows: [string, string][]) => ({
  outcomes: rows.map(([line, outcome]) => ({ line, outcome })),
});
const hold = { reason: 'awaiting-document', review: later(60 * 24) };
const chain = [union, third, home, union].reduce((facts, office, i) => {
  const replaces = i === 0 ? 'kr1-1' : `kr${i + 1}-1`;
  return onward(facts, made({ office, offer: `kr${i + 2}-1` }, { replaces }));
}, one());
const grant = { office: abroad, direction: 'kr-vn', stages: [1], expires: later(60 * 24) };
const record = (...grants: object[]) => ({ noticeVersion: 'test', noticeHash: 'test', grants });
const withdraws = { identification: 'passphrase' };
const everything = consentWithdrawn(sender, 'kr2-1', 'kr1-1', 'kr1-2', 'kr1-3', 'kr1-4', 'kr1-5');
const owing = onward(
  alone,
  disclosed(abroad),
  consentWithdrawn(abroad, 'vn4-1', 'kr1-1'),
  settled('confirmed', sender, 'vn4-1'),
);
const toShelter = onward(
  one(),
  consentRecorded(sender, 'kr2-1', 'kr', { office: shelter }),
  handOverProposed(shelter),
);
const summary = [
  { office: home, stages: [1] },
  { office: abroad, stages: [1] },
];
const overriding = onward(
  log(submitted({ lines: [[home], [abroad]], grants: summary })),
  overrideProposed(home, 'kr2-1'),
);

const named = onward(
  log(
    submitted({
      lines: [[abroad], [abroad]],
      grants: [
        { office: abroad, onward: [third] },
        { office: third, direction: 'vn' },
      ],
    }),
  ),
  accepted({}, two),
);
// biome-ignore format: a table
const rows: [string, readonly Fact[], Command, string][] = [
  ['lines that are left without a word', begun, on('accept', { lines: [] }), '422 invalid-field: Say why these lines are left: l1, l2 (/left)'],
  ['a line that is left for what describes her', begun, on('accept', { lines: ['l1'], left: left(['l2', 'person-declined']) }), '422 invalid-field: Give a reason that describes the office, or "other" (/left/0/reason)'],
  ['a line that is left twice', begun, on('accept', { lines: ['l1'], left: left(['l2', 'no-capacity'], ['l2', 'other']) }), '422 invalid-field: Name each line once (/lines)'],
  ['a reason of no list', begun, on('decline', { reason: 'whim' }), '422 invalid-field: Must be one of: no-capacity, not-eligible, service-not-provided, outside-service-area, prerequisites-missing, insufficient-information, already-served, language-not-available, safety-or-conflict-of-interest, waiting-time-too-long, duplicate, person-declined, other (/reason)'],
  ['a reason of another command', serving.slice(0, 2), on('withdraw-acceptance', { reason: 'insufficient-information' }), '422 invalid-field: Must be one of: no-capacity, not-eligible, service-not-provided, outside-service-area, prerequisites-missing, already-served, language-not-available, safety-or-conflict-of-interest, waiting-time-too-long, duplicate, person-declined, other (/reason)'],
  ['a request about a line that it does not serve', alone, on('request-cancellation', { reason: 'safety', lines: ['l2'] }, sender), '422 invalid-field: Must be among: l1 (/lines)'],
  ['a reason that the system alone gives', alone, on('request-cancellation', { reason: 'consent-withdrawn' }, sender), '422 invalid-field: Must be one of: raised-in-error, no-longer-required, person-request, placed-elsewhere, moved-or-not-returning, safety, deceased, other (/reason)'],
  ['an end without an outcome for each line', serving, on('close', outcome(['l1', 'no-show'])), '422 invalid-field: Give one outcome for each of: l1, l2 (/outcomes)'],
  ['an outcome of no list', alone, on('close', outcome(['l1', 'fine'])), '422 invalid-field: Must be one of: service-completed, service-partly-provided, enrolled-ongoing, information-given, referred-onward, person-declined-service, not-reached, no-show, did-not-come-forward, did-not-return, ineligible-after-assessment, service-unavailable, deceased, other (/outcomes/0/outcome)'],
  ['an end that the system alone writes', serving, on('close', outcome(['l1', 'no-show'], ['l2', 'referred-onward'])), '422 invalid-field: The system closes with it once an office that you referred to accepts (/outcomes/1/outcome)'],
  ['attempts that nobody made', alone, on('close', outcome(['l1', 'not-reached'])), '422 invalid-field: Report at least 3 contact attempts on 2 days first (/outcomes/0/outcome)'],
  ['calls that she forbade', onward(one({ contact: 'no-contact' }), accepted()), on('close', outcome(['l1', 'not-reached'])), '422 invalid-field: She asked not to be contacted: use did-not-come-forward (/outcomes/0/outcome)'],
  ['a question in an emergency', one({ urgency: 'emergency' }), on('request-information'), '409 not-allowed-now: An emergency is answered without questions: ring'],
  ['a third round of questions', onward(one(), asked(), told(), asked({}, { round: 2 }), told({}, { round: 2 })), on('request-information'), '409 not-allowed-now: Two rounds of questions are over'],
  ['a third hold by a worker', onward(alone, held(), resumed(), held(), resumed()), byWorker('hold', hold), '403 not-yours-to-do: A third hold is a supervisor’s decision'],
  ['a hold for a reason of no list', alone, on('hold', { ...hold, reason: 'lunch' }), '422 invalid-field: Must be one of: awaiting-arrival, awaiting-document, waiting-list, person-unavailable, safety, other (/reason)'],
  ['a hold until she arrives, and until a day', onward(alone, travelPlanned(sender, 'kr2-1')), on('hold', { ...hold, reason: 'awaiting-arrival' }), '422 invalid-field: Leave it out: the hold ends when she arrives (/review)'],
  ['a hold until she arrives whom nobody awaits', alone, on('hold', { reason: 'awaiting-arrival' }), '422 invalid-field: Nobody waits for her arrival: plan her travel first (plan-travel) (/reason)'],
  ['a reopening for a reason of no list', onward(alone, completed()), on('reopen', { reason: 'whim' }), '422 invalid-field: Must be one of: person-came-back, closed-by-mistake, need-not-met (/reason)'],
  ['a reopening behind a shut gate', onward(alone, askedToEnd({}, { shut: true }), completed()), on('reopen', { reason: 'need-not-met' }), '409 not-allowed-now: The access of this office is closed'],
  ['an attempt to reach her while it is not safe', onward(alone, safetyHeld(sender, 'kr2-1')), on('report-progress', { kind: 'contact-attempted' }), '409 not-allowed-now: A safety hold is in force: do not try to reach her until it is lifted'],
  ['an error for a reason of no list', begun, hers('mark-error', { reason: 'whim' }), '422 invalid-field: Must be one of: wrong-person, test-entry, duplicate-entry, wrong-office (/reason)'],
  ['a sixth offer of a chain', chain, hers('offer', { office: abroad, lines: ['l1'], sameOfficeAgain: 'capacity-now', parallel: true }), '409 limit-reached: Five offers follow each other: ring the network desk'],
  ['an office that was asked before', onward(one(), declined({}, no)), hers('offer', { office: abroad, lines: ['l1'] }), '422 invalid-field: This office was asked before: say why it is asked again (/sameOfficeAgain)'],
  ['an office that was asked before, for a reason of no list', onward(one(), declined({}, no)), hers('offer', { office: abroad, lines: ['l1'], sameOfficeAgain: 'whim' }), '422 invalid-field: Must be one of: capacity-now, documents-now-complete, decline-was-mistake (/sameOfficeAgain)'],
  ['an offer of a line that is not there', begun, hers('offer', { office: union, lines: ['l9'] }), '422 invalid-field: Must be among: l1, l2 (/lines)'],
  ['an offer to the police', onward(one(), declined({}, no)), hers('offer', { office: police, lines: ['l1'] }), '409 no-consent: No valid grant lets this office see the summary (/office)'],
  ['a stop of a line that is not there', begun, hers('stop-line', { line: 'l9', reason: 'safety' }), '422 invalid-field: Must be a line of this referral (/line)'],
  ['a choice of a line that is not there', begun, hers('place-line', { line: 'l9', offer: 'kr1-1' }), '422 invalid-field: Must be a line of this referral (/line)'],
  ['a grant that is over', begun, hers('record-consent', record({ ...grant, expires: later(0) })), '422 invalid-field: Must be in the future (/grants/0/expires)'],
  ['an office that is named twice in one direction', begun, hers('record-consent', record(grant, grant)), '422 invalid-field: Name each office and direction once (/grants)'],
  ['a consent of a referral that is over', onward(alone, completed()), hers('record-consent', record(grant)), '409 not-allowed-now: The referral is over'],
  ['a withdrawal of a grant that is not there', begun, hers('withdraw-consent', { ...withdraws, grants: ['kr1-9', 'kr1-1'] }), '422 invalid-field: Must be among: kr1-1, kr1-2, kr1-3, kr1-4, kr1-5 (/grants)'],
  ['a withdrawal by who was not identified', begun, hers('withdraw-consent', { identification: 'whim' }), '422 invalid-field: Must be one of: in-person-document, in-person-known, call-back-safe-number, passphrase, legal-representative (/identification)'],
  ['a withdrawal when nothing is left', onward(begun, everything), hers('withdraw-consent', withdraws), '409 not-allowed-now: No consent is left to withdraw'],
  ['a copy that is kept under no law', owing, on('confirm-erasure', { destroyed: false }), '422 invalid-field: Say which law forces your office to keep what is not destroyed (/kept)'],
  ['a copy that is kept under a law of no list', owing, on('confirm-erasure', { destroyed: false, kept: 'whim' }), '422 invalid-field: Must be one of: court-evidence, criminal-investigation, child-protection-record, accounting-record, other-law (/kept)'],
  ['an arrival that is hearsay', onward(alone, travelPlanned(sender, 'kr2-1')), on('record-arrival', { how: 'hearsay' }), '422 invalid-field: Must be one of: seen, spoke-safe-channel (/how)'],
  ['her report to who knows a passphrase', begun, hers('give-report', withdraws), '422 invalid-field: Must be one of: in-person-document, in-person-known, call-back-safe-number (/identification)'],
  ['a line that another office was asked for below', onward(named, referred({ to: third, offer: 'vn2-1' })), on('refer-onward', { office: third, ...two }), '409 not-allowed-now: Another office was asked for it, or serves it, or it was stopped (/lines)'],
  ['an office that her consent does not name', named, on('refer-onward', { office: union, lines: ['l1'] }), '409 no-consent: Her consent must name this office as one you may refer to, and let it see the summary (/office)'],
  ['its own office', named, on('refer-onward', { office: abroad, lines: ['l1'] }), '422 office-unavailable: Name another office than your own (/office)'],
  ['a hand-over to the police', begun, hers('propose-hand-over', { office: police }), '422 office-unavailable: Name an active office of your own country, no immigration or police office (/office)'],
  ['a hand-over to itself', begun, hers('propose-hand-over', { office: sender }), '422 invalid-field: Name another office than your own (/office)'],
  ['a hand-over to who must answer', log(submitted({ lines: [[home]] })), hers('propose-hand-over', { office: home }), '409 not-allowed-now: This office has an offer of this referral to answer or to serve'],
  ['a hand-over to who must answer by now', onward(toShelter, made({ office: shelter, offer: 'kr4-1' })), bySupervisor(shelter, 'take-over'), '409 not-allowed-now: End your own offer of this referral first'],
  ['a hand-over without her consent', onward(toShelter, consentLapsed('kr2-1')), bySupervisor(shelter, 'take-over'), '409 no-consent: No valid grant names your office: record consent first'],
  ['an override on no basis', begun, hers('propose-override', { basis: 'whim' }), '422 invalid-field: Must be one of: danger-to-life, child-best-interest, duty-to-report, court-order (/basis)'],
  ['a yes to an override that nobody proposed', overriding, hers('approve-override', { basis: 'danger-to-life', proposal: 'kr9-1' }), '422 invalid-field: Must be one of: kr2-1 (/proposal)'],
];

test.each(rows)('%s is refused with what would be right', (_, facts, does, expected) => {
  expect(said(() => given(facts, later(30)).when(does))).toBe(expected);
});

test('an office that decides in the other country is told so', () => {
  const there = () => given(begun).when(on('acknowledge'), 'kr');
  expect(said(there)).toBe('403 not-yours-to-do: An office decides in its own country alone');
});

test('a system that ends an offer of the other country is told so', () => {
  const there = () => given(begun).when(command('expire', { system: 'kr' }, {}, 'kr1-1'));
  expect(said(there)).toBe('403 not-yours-to-do: The country of the office asked ends its offers');
});
