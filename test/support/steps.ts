import type { Office } from '../../events/envelope.ts';
import { countryOf } from '../../shared/referral/order.ts';
import type { Step } from './facts.ts';
import { abroad, later, nextYear, sender } from './people.ts';

type Of = { readonly office?: Office; readonly offer?: string; readonly actor?: string };

/** A step of the office that was asked. */
const answer =
  (type: string, fixed: Record<string, unknown> = {}) =>
  (of: Of = {}, data: Record<string, unknown> = {}): Step => {
    const { office = abroad, offer = 'kr1-1', actor = office } = of;
    return { type, actor, data: { offices: [sender, office], offer, ...fixed, ...data } };
  };

export const acknowledged = answer('offer.acknowledged.v1');
export const accepted = answer('offer.accepted.v1', { lines: ['l1'] });
export const declined = answer('offer.declined.v1', { reason: 'no-capacity', next: 'next-office' });
export const started = answer('service.started.v1');
export const progressed = answer('service.progressed.v1', { kind: 'contact-made' });
export const completed = answer('service.closed.v1', {
  lines: [{ line: 'l1', state: 'completed', next: 'none' }],
});
export const failed = answer('service.closed.v1', {
  lines: [{ line: 'l1', state: 'failed', next: 'none' }],
});

export const asked = answer('offer.information-requested.v1', { round: 1 });
export const tookBack = answer('offer.acceptance-withdrawn.v1', {
  reason: 'no-capacity',
  next: 'next-office',
});
export const held = answer('service.held.v1', {
  review: later(60 * 24),
  awaitsArrival: false,
  pausesContact: false,
});
export const resumed = answer('service.resumed.v1');
export const reopened = answer('service.reopened.v1');

/** A step of the system of the office's country. */
const clockwork =
  (type: string, fixed: Record<string, unknown> = {}) =>
  (of: Of = {}, data: Record<string, unknown> = {}): Step =>
    answer(type, fixed)({ actor: `${countryOf(of.office ?? abroad)}:system`, ...of }, data);

export const expired = clockwork('offer.expired.v1');
const acknowledging = { clock: 'acknowledge', round: 1, due: later(60) };
export const reminded = clockwork('deadline.reminded.v1', acknowledging);
export const missed = clockwork('deadline.missed.v1', acknowledging);

/** A step of the sender on an offer. */
const wish =
  (type: string, fixed: Record<string, unknown> = {}) =>
  (of: Of = {}, data: Record<string, unknown> = {}): Step =>
    answer(type, fixed)({ actor: sender, ...of }, data);

export const told = wish('offer.information-provided.v1', { round: 1 });
export const askedToCancel = wish('offer.cancellation-requested.v1', {
  lines: ['l1'],
  next: 'sender',
  shut: false,
});

/** A step of the origin on the referral. */
const onReferral = (type: string, data: Record<string, unknown>, actor: string = sender): Step => ({
  type,
  actor,
  data: { offices: [sender], ...data },
});
export const stoppedLine = (line = 'l1') => onReferral('line.stopped.v1', { line });
export const inError = onReferral('referral.entered-in-error.v1', {});
export const placedLine = (offer: string, line = 'l1', actor = 'kr:system') =>
  onReferral('line.placed.v1', { line, offer }, actor);

/** The sender asks the other country to end an offer. */
export const askedToEnd = (of: Of = {}, data: Record<string, unknown> = {}): Step => ({
  ...answer('offer.withdrawal-requested.v1', { lines: ['l1'], next: 'stop', shut: false })(
    { actor: sender, ...of },
    data,
  ),
});

/** Ended by the system of the office's country, or by a sender of the same country. */
export const cancelled = (of: Of = {}, data: Record<string, unknown> = {}): Step => ({
  ...answer('offer.cancelled.v1', {
    lines: ['l1'],
    next: 'stop',
    cause: 'withdrawn',
    shut: false,
  })({ actor: 'vn:system', ...of }, data),
});

export const made = (of: Of & { office: Office; offer: string }, data = {}): Step => ({
  type: 'offer.made.v1',
  actor: of.actor ?? 'kr:system',
  data: {
    offices: [sender, of.office],
    offer: of.offer,
    office: of.office,
    lines: ['l1'],
    ...data,
  },
});

/** Referred onward by an office that serves her. */
export const referred = (of: { by?: Office; to: Office; offer: string }, data = {}): Step => {
  const { by = abroad, to, offer } = of;
  return {
    type: 'offer.made.v1',
    actor: by,
    data: {
      ...{ offices: [sender, by, to], offer, office: to },
      ...{ lines: ['l1'], partOf: 'kr1-1', ...data },
    },
  };
};

/** What a later version of the other country may write. */
export const newer: Step = {
  type: 'offer.pondered.v1',
  actor: 'vn:system',
  data: { offices: [sender, abroad], offer: 'kr1-1' },
};

/** What she said of her consent, as an office wrote it down. */
export const consentRecorded = (office: Office, grant: string, way: string, data = {}): Step => ({
  type: 'consent.recorded.v1',
  actor: office,
  data: {
    offices: [sender, office],
    noticeVersion: 'test',
    noticeHash: 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg',
    grants: [
      { grant, office, direction: way, stages: [1, 2], onward: [], expires: nextYear, ...data },
    ],
  },
});
/** Of two ways at once. */
export const consentRecordedFor = (office: Office, slot: string, ways: readonly string[]): Step => {
  const one = consentRecorded(sender, slot, 'kr', { office });
  const [grant] = one.data.grants as object[];
  const grants = ways.map((direction, i) => ({ ...grant, grant: `${slot}-${i + 1}`, direction }));
  return { ...one, data: { ...one.data, grants } };
};
export const consentWithdrawn = (actor: string, withdrawal: string, ...grants: string[]): Step => ({
  type: 'consent.withdrawn.v1',
  actor,
  data: { offices: [sender], withdrawal, grants },
});
export const settled = (how: 'confirmed' | 'refuted', actor: string, ...named: string[]): Step => ({
  type: `consent.withdrawal-${how}.v1`,
  actor,
  data: {
    offices: [sender],
    withdrawals: named,
    ...(how === 'confirmed' && { destroyed: false }),
  },
});
export const consentLapsed = (...grants: string[]): Step => ({
  type: 'consent.lapsed.v1',
  actor: 'kr:system',
  data: { offices: [sender], grants },
});
export const refusedToCancel = answer('offer.cancellation-refused.v1');

/** A safety hold of an office. */
export const safetyHeld = (actor: string, hold: string): Step => ({
  type: 'safety-hold.raised.v1',
  actor,
  data: { offices: [sender], hold },
});
/** `by` is the first or the second person of that office. */
export const liftProposed = (actor: string, proposal: string, ...holds: string[]): Step => ({
  type: 'safety-hold.lift-proposed.v1',
  actor,
  data: { offices: [sender], by: 'thefirstperson00', proposal, holds },
});
export const lifted = (actor: string, proposal: string, ...holds: string[]): Step => ({
  type: 'safety-hold.lifted.v1',
  actor,
  data: { offices: [sender], by: 'thesecondperson0', proposal, holds },
});
export const travelPlanned = (actor: string, plan: string): Step => ({
  type: 'travel.planned.v1',
  actor,
  data: { offices: [sender], plan },
});
export const arrived = (actor: string, plan: string): Step => ({
  type: 'person.arrived.v1',
  actor,
  data: { offices: [sender], plan },
});
export const notArrived = (actor: string, plan: string): Step => ({
  type: 'person.not-arrived.v1',
  actor,
  data: { offices: [sender], plan },
});
export const amended = (actor: string, data: Record<string, unknown>): Step => ({
  type: 'referral.amended.v1',
  actor,
  data: { offices: [sender], parts: [], ...data },
});

/** The sender asks another office of its country to take over; that office does. */
export const handOverProposed = (office: Office, actor: string = sender): Step => ({
  type: 'responsibility.proposed.v1',
  actor,
  data: { offices: [sender, office], office },
});
export const takenOver = (actor: Office): Step => ({
  type: 'responsibility.moved.v1',
  actor,
  data: { offices: [actor, sender, abroad] },
});

/** Her consent overridden in one country: asked, approved, over. */
export const overrideProposed = (actor: string, proposal: string): Step => ({
  type: 'consent.override-proposed.v1',
  actor,
  data: { offices: [sender], proposal },
});
export const overridden = (actor: string, proposal: string, override: string): Step => ({
  type: 'consent.overridden.v1',
  actor,
  data: { offices: [sender], proposal, override },
});
export const overrideEnded = (actor: string, override: string): Step => ({
  type: 'consent.override-ended.v1',
  actor,
  data: { offices: [sender], override },
});
/** The network desk names an office. */
export const namedFor = (row: '23' | '28' | 'sender', office: Office): Step => ({
  type: 'office.named.v1',
  actor: `${countryOf(office)}:operator`,
  data: { offices: [sender, office], row, office },
});

/** The system of the office's country hands lines on to an office below. */
export const handedOn = clockwork('service.closed.v1', {
  lines: [{ line: 'l1', state: 'completed', next: 'none' }],
  onward: true,
});

/** The origin's gate gave an office the case file. */
export const disclosed = (office: Office): Step => ({
  type: 'case-file.disclosed.v1',
  actor: 'kr:gate',
  data: { offices: [sender, office], office, stage: 2, grants: [] },
});
/** Under which laws offices keep copies. */
export const receiptsRead = (office: Office): Step => {
  const step = disclosed(office);
  return { ...step, data: { ...step.data, what: 'receipts', stage: 1 } };
};
/** An office gave her her own report. */
export const reportGiven = (actor: Office): Step => ({
  type: 'report.given.v1',
  actor,
  data: { offices: [sender] },
});
export const contentErased = (country: string): Step => ({
  type: 'content.erased.v1',
  actor: `${country}:vault`,
  data: { offices: [sender] },
});
export const erasureConfirmed = (actor: string): Step => ({
  type: 'erasure.confirmed.v1',
  actor,
  data: { offices: [sender], destroyed: true, kept: false },
});
