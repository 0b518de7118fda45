import type { Country, Fact, Office } from '../../events/envelope.ts';
import { log, onward, onwardGrants, type Step, submitted } from './facts.ts';
import { abroad, home, sender, shelter, third, union } from './people.ts';
import {
  accepted,
  acknowledged,
  amended,
  arrived,
  asked,
  askedToCancel,
  askedToEnd,
  cancelled,
  completed,
  consentLapsed,
  consentRecorded,
  consentRecordedFor,
  consentWithdrawn,
  declined,
  disclosed,
  failed,
  handedOn,
  handOverProposed,
  held,
  inError,
  lifted,
  liftProposed,
  made,
  namedFor,
  newer,
  notArrived,
  overridden,
  overrideProposed,
  placedLine,
  progressed,
  referred,
  refusedToCancel,
  reopened,
  safetyHeld,
  settled,
  started,
  stoppedLine,
  takenOver,
  told,
  tookBack,
  travelPlanned,
} from './steps.ts';

/** Every situation of offer kr1-1 (line l1, of `office`) that the decision table looks at; union has line l2 all the time. */
export const situations = (office: Office, country: Country): Record<string, Fact[]> => {
  const list = [office, ...[abroad, home].filter((o) => o !== office), third];
  const of = { office };
  const first = log(submitted({ lines: [list, [union]], grants: onwardGrants }));
  const so = (...steps: readonly Step[]) => onward(first, ...steps);
  const system = { office, actor: `${country}:system` };
  const other = { office: third, offer: 'kr2-1' };
  const rival = [made(other), accepted(other)];
  const abroadIs = country === 'vn';
  const child = { office: third, offer: abroadIs ? 'vn2-1' : 'kr3-1' };
  const offered = [accepted(of), referred({ by: office, to: third, offer: child.offer })];
  const begun = (o: { office: Office; offer?: string }) => [progressed(o), started(o)];
  const grant = abroadIs ? 'kr1-1' : 'kr1-4';
  const anew = so(
    ...[accepted(of), progressed(of), started(of), askedToCancel(of)],
    consentRecorded(office, abroadIs ? 'vn4-1' : 'kr6-1', abroadIs ? 'kr-vn' : 'kr'),
  );
  const narrow = [{ office, stages: [1] }, { office: union }, { office: sender }];
  const bare = log(submitted({ lines: [list, [union]], grants: narrow }));
  const lifting = [safetyHeld(union, 'vn1-1'), liftProposed(union, 'vn2-1', 'vn1-1')];
  const planned = travelPlanned(sender, 'kr2-1');
  return {
    none: [],
    requested: first,
    received: so(acknowledged(of)),
    accepted: so(accepted(of)),
    contacted: so(accepted(of), progressed(of)),
    'in-progress': so(accepted(of), progressed(of), started(of)),
    completed: so(accepted(of), progressed(of), started(of), completed(of)),
    failed: so(accepted(of), failed(of)),
    rejected: so(declined(of)),
    'for-a-human': so(declined(of, { reason: 'other', next: 'human' })),
    'asked-back': so(asked(of)),
    answered: so(asked(of), told(of)),
    'taken-back': so(accepted(of), tookBack(of)),
    'on-hold': so(accepted(of), progressed(of), started(of), held(of)),
    'to-cancel': so(accepted(of), progressed(of), started(of), askedToCancel(of)),
    withdrawn: so(consentWithdrawn(union, 'vn1-1', grant)),
    'withdrawn-late': so(
      accepted(of),
      consentWithdrawn(union, abroadIs ? 'vn2-1' : 'vn1-1', grant),
    ),
    'withdrawn-by-sender': so(consentWithdrawn(sender, 'kr2-1', grant)),
    refuted: so(consentWithdrawn(union, 'vn1-1', grant), settled('refuted', sender, 'vn1-1')),
    confirmed: so(consentWithdrawn(union, 'vn1-1', grant), settled('confirmed', sender, 'vn1-1')),
    lapsed: so(consentLapsed(grant)),
    'consents-anew': anew,
    'went-on': onward(anew, refusedToCancel(of)),
    'cancelled-late': so(
      accepted(of),
      progressed(of),
      started(of),
      askedToCancel(of),
      cancelled({ office, actor: office }, { cause: 'receiver', next: 'sender' }),
    ),
    reopened: so(accepted(of), progressed(of), started(of), completed(of), reopened(of)),
    contested: so(...rival, accepted(of)),
    'contested-begun': so(...rival, ...begun(other), accepted(of), ...begun(of)),
    placed: so(...rival, accepted(of), placedLine('kr1-1')),
    'placed-away': so(...rival, accepted(of), placedLine('kr2-1')),
    stopped: so(declined(of, { next: 'sender' }), stoppedLine()),
    error: so(accepted(of), inError),
    elsewhere: so(
      made({ office: third, offer: 'kr2-1' }),
      accepted({ office: third, offer: 'kr2-1' }),
    ),
    newer: so(newer),
    'newer-later': so(accepted(of), progressed(of), newer),
    'child-offered': so(...offered),
    'child-declined': so(...offered, declined(child)),
    'child-accepted': so(...offered, accepted(child)),
    'parent-closed': so(...offered, accepted(child), handedOn(of)),
    'child-completed': so(...offered, accepted(child), handedOn(of), completed(child)),
    'child-to-cancel': so(...offered, accepted(child), askedToCancel(of)),
    'parent-failed': so(...offered, failed(of)),
    unconsented: bare,
    'on-safety-hold': so(safetyHeld(sender, 'kr2-1'), accepted(of), progressed(of)),
    'lift-proposed': so(...lifting, accepted(of)),
    lifted: so(...lifting, lifted(sender, 'vn2-1', 'vn1-1'), accepted(of)),
    'travel-planned': so(planned, accepted(of)),
    arrived: so(planned, arrived(sender, 'kr2-1'), accepted(of)),
    'not-arrived': so(planned, notArrived('kr:system', 'kr2-1'), accepted(of)),
    'receipt-due': so(
      ...[
        accepted(of),
        disclosed(office),
        consentWithdrawn(union, abroadIs ? 'vn2-1' : 'vn1-1', grant),
      ],
      settled('confirmed', sender, abroadIs ? 'vn2-1' : 'vn1-1'),
    ),
    emergency: so(accepted(of), amended(sender, { urgency: 'emergency' })),
    'to-hand-over': so(
      consentRecordedFor(shelter, 'kr2', ['kr', 'vn-kr']),
      handOverProposed(shelter),
      accepted(of),
    ),
    'handed-over': so(
      consentRecordedFor(shelter, 'kr2', ['kr', 'vn-kr']),
      handOverProposed(shelter),
      accepted(of),
      takenOver(shelter),
    ),
    ...(country === 'kr'
      ? { cancelled: so(cancelled({ office, actor: sender })) }
      : {
          cancelled: so(askedToEnd(of), cancelled(system)),
          asked: so(askedToEnd(of)),
          'asked-later': so(acknowledged(of), askedToEnd(of)),
          crossed: so(accepted(of), progressed(of), askedToEnd(of)),
          'to-override': onward(bare, overrideProposed(office, 'vn1-1')),
          overridden: onward(
            bare,
            overrideProposed(office, 'vn1-1'),
            namedFor('28', third),
            overridden(third, 'vn1-1', 'vn3-1'),
          ),
        }),
  };
};
