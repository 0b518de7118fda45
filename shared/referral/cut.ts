import type { Office } from '../../events/envelope.ts';
import { isAtWork } from './at-work.ts';
import { checkedBy } from './checking.ts';
import { hasRead } from './receipts.ts';
import type { Referral } from './state.ts';

type Data = Record<string, unknown>;

/** By allow-list: own offers, own lines, own grant. No list for re-offers, no helpline, no reason behind a request. */
export const cutFor = (
  office: Office,
  referral: Referral,
  fact: { type: string; data: Data },
): Data => {
  const { data, type } = fact;
  const pick = (...names: string[]) =>
    Object.fromEntries(names.filter((n) => n in data).map((n) => [n, data[n]]));
  const isOwn = ({ id }: { id: string }) => id === data.offer;
  const own = referral.consent.grants.filter((grant) => grant.office === office);
  const checks = checkedBy(referral, office, [`${data.withdrawal}`]).length > 0;
  switch (type) {
    case 'referral.submitted.v1':
      return submittedFor(office, data);
    case 'line.placed.v1':
      return pick('line', ...(offersOf(referral, office).some(isOwn) ? ['offer'] : []));
    case 'consent.recorded.v1':
      return { ...pick('noticeVersion', 'noticeHash'), grants: ofOffice(data.grants, office) };
    case 'consent.withdrawn.v1':
    case 'consent.lapsed.v1': {
      const named = data.grants as string[];
      const its = named.filter((id) => own.some((g) => g.id === id));
      // Who must only ask her reads ids without an office: the contract wants one.
      return { ...pick('withdrawal'), grants: its.length > 0 ? its : checks ? named : [] };
    }
    case 'consent.withdrawal-confirmed.v1':
    case 'consent.withdrawal-refuted.v1': {
      const its = checkedBy(referral, office, data.withdrawals as string[]);
      const only = its.length > 0 && own.length === 0 && !hasRead(referral, office);
      return { ...pick(...(receiverSees[type] ?? [])), ...(only && { withdrawals: its }) };
    }
    case 'referral.amended.v1':
      // Who is done with her hears that her contact is new, and nothing else.
      return isAtWork(referral, office)
        ? pick('parts', 'urgency')
        : { parts: ((data.parts ?? []) as string[]).filter((part) => part === 'safe-contact') };
    default:
      return pick(...(receiverSees[type] ?? []));
  }
};

const offersOf = ({ offers }: Referral, office: Office) =>
  offers.filter((o) => o.office === office);
const ofOffice = <T extends { office: Office }>(all: unknown, office: Office): T[] =>
  (all as T[]).filter((one) => one.office === office);

const submittedFor = (office: Office, data: Data): Data => {
  const offers = ofOffice<{ office: Office; lines: string[] }>(data.offers, office);
  const consent = data.consent as Data;
  return {
    urgency: data.urgency,
    ...(data.handOver !== undefined && { handOver: data.handOver }),
    lines: offers.flatMap(({ lines }) => lines.map((line) => ({ line, offices: [office] }))),
    offers,
    consent: {
      noticeVersion: consent.noticeVersion,
      noticeHash: consent.noticeHash,
      feedback: consent.feedback,
      contact: consent.contact,
      grants: ofOffice(consent.grants, office),
    },
    helplines: [],
  };
};

const receiverSees: Readonly<Record<string, readonly string[]>> = {
  'referral.entered-in-error.v1': [],
  'line.stopped.v1': ['line'],
  'offer.acknowledged.v1': ['offer'],
  'offer.information-requested.v1': ['offer', 'round'],
  'offer.information-provided.v1': ['offer', 'round'],
  'offer.acceptance-withdrawn.v1': ['offer', 'reason', 'next'],
  'offer.cancellation-requested.v1': ['offer', 'lines'],
  'offer.cancellation-refused.v1': ['offer'],
  'consent.withdrawal-confirmed.v1': ['withdrawals', 'destroyed'],
  'consent.withdrawal-refuted.v1': ['withdrawals'],
  'offer.accepted.v1': ['offer', 'lines', 'left'],
  'offer.declined.v1': ['offer', 'reason', 'next'],
  'offer.made.v1': ['offer', 'office', 'lines', 'partOf'],
  'offer.withdrawal-requested.v1': ['offer', 'lines'],
  'offer.cancelled.v1': ['offer', 'lines', 'cause'],
  'offer.expired.v1': ['offer'],
  'deadline.reminded.v1': ['clock', 'offer', 'hold', 'office', 'round', 'due'],
  'deadline.missed.v1': ['clock', 'offer', 'hold', 'office', 'round', 'due'],
  'service.started.v1': ['offer'],
  'service.progressed.v1': ['offer', 'kind', 'visit'],
  'service.held.v1': ['offer', 'review', 'awaitsArrival', 'pausesContact'],
  'service.resumed.v1': ['offer'],
  'service.closed.v1': ['offer', 'lines', 'onward'],
  'service.reopened.v1': ['offer'],
  'safety-hold.raised.v1': ['hold'],
  'safety-hold.lift-proposed.v1': ['proposal', 'holds'],
  'safety-hold.lifted.v1': ['proposal', 'holds'],
  'travel.planned.v1': ['plan'],
  'person.arrived.v1': ['plan'],
  'person.not-arrived.v1': ['plan'],
  'case-file.disclosed.v1': ['office', 'stage'],
  'content.erased.v1': [],
  'erasure.confirmed.v1': ['destroyed', 'kept'],
  'responsibility.proposed.v1': ['office'],
  'responsibility.moved.v1': [],
  'consent.override-proposed.v1': ['proposal'],
  'consent.overridden.v1': ['proposal', 'override'],
  'consent.override-ended.v1': ['override'],
  'office.named.v1': ['row', 'office'],
};
