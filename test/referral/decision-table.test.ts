import { describe, expect, test } from 'vitest';
import type { Fact, Instant, Office } from '../../events/envelope.ts';
import { Refused } from '../../shared/errors.ts';
import type { Caller, Command } from '../../shared/referral/command.ts';
import { countryOf } from '../../shared/referral/order.ts';
import { rules } from '../../shared/referral/rules.ts';
import { sample } from '../support/commands.ts';
import { given } from '../support/given.ts';
import {
  abroad,
  helpline,
  home,
  later,
  sender,
  stranger,
  union,
  worker,
} from '../support/people.ts';
import { situations } from '../support/situations.ts';

// Y takes effect · = took effect before, nothing new · d already-done-differently · n not-allowed-now (409) · p not-yours-to-do (403)
// 0 not-found (404) · c no-consent · u newer-fact-here · i invalid-field · S as Y for a supervisor, as p for a worker · x/y: x for a worker, y for a supervisor
const letters: Record<string, string> = {
  'already-done-differently': 'd',
  'not-allowed-now': 'n',
  'not-yours-to-do': 'p',
  'not-found': '0',
  'no-consent': 'c',
  'newer-fact-here': 'u',
  'invalid-field': 'i',
};
const statuses: Record<string, number> = { p: 403, 0: 404, i: 422 };

// Columns: acknowledge accept decline withdraw offer parallel request-information provide-information
// withdraw-acceptance request-cancellation confirm-cancellation refuse-cancellation record-consent withdraw-consent
// confirm-withdrawal refute-withdrawal lapse-consent stop-line place-line hold resume reopen mark-error start-service
// report-progress close close-failed cancel expire remind miss-deadline raise-safety-hold propose-lift approve-lift
// plan-travel record-arrival record-no-arrival confirm-erasure give-report amend refer-onward close-parent
// propose-hand-over take-over propose-override approve-override end-override submit
const receiver = `
  none             0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 Y
  requested        Y Y Y p p p Y p p/n p n p/n Y Y p p p p p n n p/n p n n n n p p p p Y n n Y n p n p n n p p p n p p d
  received         = Y Y p p p Y p p/n p n p/n Y Y p p p p p n n p/n p n n n n p p p p Y n n Y n p n p n n p p p n p p d
  accepted         n = n p p p n p S p n p/n Y Y p p p p p Y n p/n p n Y n Y p p p p Y n n Y n p n p Y Y p p p n p p d
  contacted        n = n p p p n p S p n p/n Y Y p p p p p Y n p/n p Y Y n Y p p p p Y n n Y n p n p Y Y p p p n p p d
  in-progress      n = n p p p n p p/n p n p/n Y Y p p p p p Y n p/n p = Y Y Y p p p p Y n n Y n p n p Y Y p p p n p p d
  completed        n = n p p p n p p/n p n p/n Y Y p p p p p n n S p = n d d p p p p Y n n n n p n p n n p p p n p p d
  failed           n = n p p p n p p/n p n p/n Y Y p p p p p n n S p n n d d p p p p Y n n n n p n p n n p p p n p p d
  rejected         n n d p p p n p p/n p n p/n Y Y p p p p p n n p/n p n n n n p p p p Y n n n n p n p n n p p p n p p d
  for-a-human      n n d p p p n p p/n p n p/n Y Y p p p p p n n p/n p n n n n p p p p Y n n n n p n p n n p p p n p p d
  asked-back       = Y Y p p p n p p/n p n p/n Y Y p p p p p n n p/n p n n n n p p p p Y n n Y n p n p n n p p p n p p d
  answered         = Y Y p p p Y p p/n p n p/n Y Y p p p p p n n p/n p n n n n p p p p Y n n Y n p n p n n p p p n p p d
  taken-back       n = n p p p n p p/d p n p/n Y Y p p p p p n n p/n p n n n n p p p p Y n n n n p n p n n p p p n p p d
  on-hold          n = n p p p n p p/n p n p/n Y Y p p p p p n Y p/n p = Y n Y p p p p Y n n Y n p n p Y n p p p n p p d
  to-cancel        n = n p p p n p p/n p Y p/n Y Y p p p p p Y n p/n p = Y Y Y p p p p Y n n Y n p n p Y n p p p n p p d
  withdrawn        n n Y p p p n p p/n p n p/n n Y p p p p p n n p/n p n n n n p p p p Y n n n n p n p n n p p p n p p d
  withdrawn-late   n = n p p p n p S p Y p/n n Y p p p p p Y n p/n p n Y n Y p p p p Y n n n n p n p n n p p p n p p d
  withdrawn-by-sender n n Y p p p n p p/n p n p/n n Y p p p p p n n p/n p n n n n p p p p Y n n n n p n p n n p p p n p p d
  refuted          Y Y Y p p p Y p p/n p n p/n Y Y p p p p p n n p/n p n n n n p p p p Y n n Y n p n p n n p p p n p p d
  confirmed        n n Y p p p n p p/n p n p/n Y Y p p p p p n n p/n p n n n n p p p p Y n n n n p n p n n p p p n p p d
  lapsed           n n Y p p p n p p/n p n p/n Y Y p p p p p n n p/n p n n n n p p p p Y n n n n p n p n n p p p Y p p d
  consents-anew    n = n p p p n p p/n p Y S Y Y p p p p p Y n p/n p = Y Y Y p p p p Y n n Y n p n p Y n p p p n p p d
  went-on          n = n p p p n p p/n p n p/d Y Y p p p p p Y n p/n p = Y Y Y p p p p Y n n Y n p n p Y c p p p n p p d
  cancelled-late   n = n p p p n p p/n p = p/n Y Y p p p p p n n p/n p = n n n p p p p Y n n n n p n p n n p p p n p p d
  reopened         n = n p p p n p p/n p n p/n Y Y p p p p p Y n p/n p = Y Y Y p p p p Y n n Y n p n p Y Y p p p n p p d
  contested        n = n p p p n p S p n p/n Y Y p p p p p Y n p/n p n Y n Y p p p p Y n n Y n p n p Y n p p p n p p d
  contested-begun  n = n p p p n p p/n p n p/n Y Y p p p p p Y n p/n p = Y Y Y p p p p Y n n Y n p n p Y n p p p n p p d
  placed           n = n p p p n p S p n p/n Y Y p p p p p Y n p/n p n Y n Y p p p p Y n n Y n p n p Y Y p p p n p p d
  placed-away      n = n p p p n p S p Y p/n Y Y p p p p p Y n p/n p n Y n Y p p p p Y n n Y n p n p Y n p p p n p p d
  stopped          n n d p p p n p p/n p n p/n Y Y p p p p p n n p/n p n n n n p p p p Y n n n n p n p n n p p p n p p d
  error            n = n p p p n p S p Y p/n n Y p p p p p Y n p/n p n Y n Y p p p p n n n n n p n p n n p p p n p p d
  elsewhere        n n Y p p p n p p/n p n p/n Y Y p p p p p n n p/n p n n n n p p p p Y n n Y n p n p n n p p p n p p d
  newer            Y u Y p p p Y p p/n p n p/n Y Y p p p p p n n p/n p n n n n p p p p Y n n Y n p n p n n p p p n p p d
  newer-later      n = n p p p n p S p n p/n Y Y p p p p p Y n p/n p u Y n Y p p p p Y n n Y n p n p Y u p p p n p p d
  child-offered    n = n p p p n p S p n p/n Y Y p p p p p Y n p/n p n Y n Y p p p p Y n n Y n p n p Y n p p p n p p d
  child-declined   n = n p p p n p S p n p/n Y Y p p p p p Y n p/n p n Y n Y p p p p Y n n Y n p n p Y Y p p p n p p d
  child-accepted   n = n p p p n p S p n p/n Y Y p p p p p Y n p/n p n Y n Y p p p p Y n n Y n p n p Y n p p p n p p d
  parent-closed    n = n p p p n p p/n p n p/n Y Y p p p p p n n p/n p n n d d p p p p Y n n n n p n p n n p p p n p p d
  child-completed  n = n p p p n p p/n p n p/n Y Y p p p p p n n p/n p n n d d p p p p Y n n n n p n p n n p p p n p p d
  child-to-cancel  n = n p p p n p S p Y p/n Y Y p p p p p Y n p/n p n Y n Y p p p p Y n n Y n p n p Y n p p p n p p d
  parent-failed    n = n p p p n p p/n p n p/n Y Y p p p p p n n S p n n d d p p p p Y n n n n p n p n n p p p n p p d
  unconsented      Y c Y p p p Y p p/n p n p/n i Y p p p p p n n p/n p n n n n p p p p Y n n Y n p n p n n p p p Y p p d
  on-safety-hold   n = n p p p n p S p n p/n Y Y p p p p p Y n p/n p Y Y n Y p p p p Y Y n Y n p n p Y Y p p p n p p d
  lift-proposed    n = n p p p n p S p n p/n Y Y p p p p p Y n p/n p n Y n Y p p p p Y Y Y Y n p n p Y Y p p p n p p d
  lifted           n = n p p p n p S p n p/n Y Y p p p p p Y n p/n p n Y n Y p p p p Y n n Y n p n p Y Y p p p n p p d
  travel-planned   n = n p p p n p S p n p/n Y Y p p p p p Y n p/n p n Y n Y p p p p Y n n Y Y p n p Y Y p p p n p p d
  arrived          n = n p p p n p S p n p/n Y Y p p p p p Y n p/n p n Y n Y p p p p Y n n Y n p n p Y Y p p p n p p d
  not-arrived      n = n p p p n p S p n p/n Y Y p p p p p Y n p/n p n Y n Y p p p p Y n n Y Y p n p Y Y p p p n p p d
  receipt-due      n = n p p p n p S p Y p/n Y Y p p p p p Y n p/n p n Y n Y p p p p Y n n n n p Y p n n p p p n p p d
  emergency        n = n p p p n p S p n p/n Y Y p p p p p n n p/n p n Y n Y p p p p Y n n Y n p n p i Y p p p n p p d
  to-hand-over     n = n p p p n p S p n p/n Y Y p p p p p Y n p/n p n Y n Y p p p p Y n n Y n p n p Y Y p p p n p p d
  handed-over      n = n p p p n p S p n p/n Y Y p p p p p Y n p/n p n Y n Y p p p p Y n n Y n p n p Y Y p p p n p p d
  cancelled        n n n p p p n p p/n p n p/n Y Y p p p p p n n p/n p n n n n p p p p Y n n n n p n p n n p p p n p p d
  asked            n n Y p p p n p p/n p n p/n Y Y p p p p p n n p/n p n n n n p p p p Y n n n n p n p n n p p p n p p d
  asked-later      = n Y p p p n p p/n p n p/n Y Y p p p p p n n p/n p n n n n p p p p Y n n n n p n p n n p p p n p p d
  crossed          n = n p p p n p S p Y p/n Y Y p p p p p Y n p/n p Y Y n Y p p p p Y n n n n p n p n n p p p n p p d
  to-override      Y c Y p p p Y p p/n p n p/n i Y p p p p p n n p/n p n n n n p p p p Y n n Y n p n p n n p p p Y p p d
  overridden       Y Y Y p p p Y p p/n p n p/n i Y p p p p p n n p/n p n n n n p p p p Y n n Y n p n p n n p p p n p p d`;
const referrer = `
  none             0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 Y
  requested        p p p Y n S p n p n p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  received         p p p Y n S p n p n p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  accepted         p p p n n p/n p n p Y p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  contacted        p p p n n p/n p n p Y p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  in-progress      p p p n n p/n p n p Y p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  completed        p p p n n p/n p n p n p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  failed           p p p n n p/n p n p n p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  rejected         p p p n Y S p n p n p p Y Y p/n p/n p Y p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  for-a-human      p p p n S S p n p n p p Y Y p/n p/n p Y p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  asked-back       p p p Y n S p Y p n p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  answered         p p p Y n S p n p n p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  taken-back       p p p n Y S p n p n p p Y Y p/n p/n p Y p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  on-hold          p p p n n p/n p n p Y p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  to-cancel        p p p n n S p n p Y p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  withdrawn        p p p Y n S p n p n p p Y Y S S p n p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  withdrawn-late   p p p n n p/n p n p Y p p Y Y S S p n p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  withdrawn-by-sender p p p Y n S p n p n p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  refuted          p p p Y n S p n p n p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  confirmed        p p p Y n S p n p n p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  lapsed           p p p Y n S p n p n p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  consents-anew    p p p n n S p n p Y p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  went-on          p p p n n p/n p n p Y p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  cancelled-late   p p p n Y S p n p n p p Y Y p/n p/n p Y p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  reopened         p p p n n p/n p n p Y p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  contested        p p p n n p/n p n p Y p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  contested-begun  p p p n n p/n p n p Y p p Y Y p/n p/n p n S p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  placed           p p p n n p/n p n p Y p p Y Y p/n p/n p n p/= p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  placed-away      p p p n n p/n p n p Y p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  stopped          p p p n n p/n p n p n p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  error            p p p n n p/n p n p Y p p n Y p/n p/n p n p/n p p p p/n p p p p p p p p n n n n n p n S n p p p/n p/n n p/n p d
  elsewhere        p p p Y n p/n p n p n p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  newer            p p p Y u u p n p n p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  newer-later      p p p n u u p n p Y p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  child-offered    p p p n n p/n p n p Y p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  child-declined   p p p n n p/n p n p Y p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  child-accepted   p p p n n p/n p n p Y p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  parent-closed    p p p n n p/n p n p n p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  child-completed  p p p n n p/n p n p n p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  child-to-cancel  p p p n n S p n p Y p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  parent-failed    p p p n n p/n p n p n p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  unconsented      p p p Y n p/c p n p n p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  on-safety-hold   p p p n n p/n p n p Y p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y Y n Y n p n p/n Y p p S p/n n p/n p d
  lift-proposed    p p p n n p/n p n p Y p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y Y Y Y n p n p/n Y p p S p/n n p/n p d
  lifted           p p p n n p/n p n p Y p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  travel-planned   p p p n n p/n p n p Y p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y n n Y Y p n S Y p p S p/n Y p/n p d
  arrived          p p p n n p/n p n p Y p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  not-arrived      p p p n n p/n p n p Y p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y n n Y Y p n S Y p p S p/n Y p/n p d
  receipt-due      p p p n n p/n p n p Y p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  emergency        p p p n n p/n p n p Y p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y n n Y n p n S i p p S p/n Y p/n p d
  to-hand-over     p p p n n p/n p n p Y p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  handed-over      0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 d
  cancelled        p p p d n p/n p n p n p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  asked            p p p d n S p n p n p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  asked-later      p p p d n S p n p n p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  crossed          p p p d n S p n p Y p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  to-override      p p p Y n p/c p n p n p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d
  overridden       p p p Y n p/c p n p n p p Y Y p/n p/n p n p/n p p p S p p p p p p p p Y n n Y n p n S Y p p S p/n Y p/n p d`;
// The system of the country that owns the thing: of the office asked for what ends or watches an offer, of the origin for all else.
const owner = `
  none             0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 p
  requested        p p p p n p p p p p n p p p n p n p n p p p p p p p p n n n n p p p p p n p p p p n p p p p n p
  received         p p p p n p p p p p n p p p n p n p n p p p p p p p p n n n n p p p p p n p p p p n p p p p n p
  accepted         p p p p n p p p p p n p p p n p n p n p p p p p p p p n n n n p p p p p n p p p p n p p p p n p
  contacted        p p p p n p p p p p n p p p n p n p n p p p p p p p p n n n n p p p p p n p p p p n p p p p n p
  in-progress      p p p p n p p p p p n p p p n p n p n p p p p p p p p n n n n p p p p p n p p p p n p p p p n p
  completed        p p p p n p p p p p n p p p n p n p n p p p p p p p p n n n n p p p p p n p p p p n p p p p n p
  failed           p p p p n p p p p p n p p p n p n p n p p p p p p p p n n n n p p p p p n p p p p n p p p p n p
  rejected         p p p p Y p p p p p n p p p n p n p n p p p p p p p p n n n n p p p p p n p p p p n p p p p n p
  for-a-human      p p p p n p p p p p n p p p n p n p n p p p p p p p p n n n n p p p p p n p p p p n p p p p n p
  asked-back       p p p p n p p p p p n p p p n p n p n p p p p p p p p n n n n p p p p p n p p p p n p p p p n p
  answered         p p p p n p p p p p n p p p n p n p n p p p p p p p p n n n n p p p p p n p p p p n p p p p n p
  taken-back       p p p p Y p p p p p n p p p n p n p n p p p p p p p p n n n n p p p p p n p p p p n p p p p n p
  on-hold          p p p p n p p p p p n p p p n p n p n p p p p p p p p n n n n p p p p p n p p p p n p p p p n p
  to-cancel        p p p p n p p p p p n p p p n p n p n p p p p p p p p n n n n p p p p p n p p p p n p p p p n p
  withdrawn        p p p p n p p p p p n p p p n p n p n p p p p p p p p Y n n n p p p p p n p p p p n p p p p n p
  withdrawn-late   p p p p n p p p p p n p p p n p n p n p p p p p p p p n n n n p p p p p n p p p p n p p p p n p
  withdrawn-by-sender p p p p n p p p p p n p p p n p n p n p p p p p p p p Y n n n p p p p p n p p p p n p p p p n p
  refuted          p p p p n p p p p p n p p p n p n p n p p p p p p p p n n n n p p p p p n p p p p n p p p p n p
  confirmed        p p p p n p p p p p n p p p n p n p n p p p p p p p p Y n n n p p p p p n p p p p n p p p p n p
  lapsed           p p p p n p p p p p n p p p n p n p n p p p p p p p p Y n n n p p p p p n p p p p n p p p p n p
  consents-anew    p p p p n p p p p p n p p p n p n p n p p p p p p p p n n n n p p p p p n p p p p n p p p p n p
  went-on          p p p p n p p p p p n p p p n p n p n p p p p p p p p n n n n p p p p p n p p p p n p p p p n p
  cancelled-late   p p p p n p p p p p = p p p n p n p n p p p p p p p p = n n n p p p p p n p p p p n p p p p n p
  reopened         p p p p n p p p p p n p p p n p n p n p p p p p p p p n n n n p p p p p n p p p p n p p p p n p
  contested        p p p p n p p p p p n p p p n p n p i p p p p p p p p n n n n p p p p p n p p p p n p p p p n p
  contested-begun  p p p p n p p p p p n p p p n p n p n p p p p p p p p n n n n p p p p p n p p p p n p p p p n p
  placed           p p p p n p p p p p n p p p n p n p = p p p p p p p p n n n n p p p p p n p p p p n p p p p n p
  placed-away      p p p p n p p p p p n p p p n p n p n p p p p p p p p n n n n p p p p p n p p p p n p p p p n p
  stopped          p p p p n p p p p p n p p p n p n p n p p p p p p p p n n n n p p p p p n p p p p n p p p p n p
  error            p p p p n p p p p p n p p p n p n p n p p p p p p p p n n n n p p p p p n p p p p n p p p p n p
  elsewhere        p p p p n p p p p p n p p p n p n p n p p p p p p p p Y n n n p p p p p n p p p p n p p p p n p
  newer            p p p p u u p p p p n p p p n p n p n p p p p p p p p n n n n p p p p p n p p p p n p p p p n p
  newer-later      p p p p u u p p p p n p p p n p n p n p p p p p p p p n n n n p p p p p n p p p p n p p p p n p
  child-offered    p p p p n p p p p p n p p p n p n p n p p p p p p p p n n n n p p p p p n p p p p n p p p p n p
  child-declined   p p p p n p p p p p n p p p n p n p n p p p p p p p p n n n n p p p p p n p p p p n p p p p n p
  child-accepted   p p p p n p p p p p n p p p n p n p n p p p p p p p p n n n n p p p p p n p p p p Y p p p p n p
  parent-closed    p p p p n p p p p p n p p p n p n p n p p p p p p p p n n n n p p p p p n p p p p = p p p p n p
  child-completed  p p p p n p p p p p n p p p n p n p n p p p p p p p p n n n n p p p p p n p p p p = p p p p n p
  child-to-cancel  p p p p n p p p p p n p p p n p n p n p p p p p p p p n n n n p p p p p n p p p p Y p p p p n p
  parent-failed    p p p p n p p p p p n p p p n p n p n p p p p p p p p n n n n p p p p p n p p p p n p p p p n p
  unconsented      p p p p n p p p p p n p p p n p n p n p p p p p p p p n n n n p p p p p n p p p p n p p p p n p
  on-safety-hold   p p p p n p p p p p n p p p n p n p n p p p p p p p p n n n n p p p p p n p p p p n p p p p n p
  lift-proposed    p p p p n p p p p p n p p p n p n p n p p p p p p p p n n n n p p p p p n p p p p n p p p p n p
  lifted           p p p p n p p p p p n p p p n p n p n p p p p p p p p n n n n p p p p p n p p p p n p p p p n p
  travel-planned   p p p p n p p p p p n p p p n p n p n p p p p p p p p n n n n p p p p p Y p p p p n p p p p n p
  arrived          p p p p n p p p p p n p p p n p n p n p p p p p p p p n n n n p p p p p n p p p p n p p p p n p
  not-arrived      p p p p n p p p p p n p p p n p n p n p p p p p p p p n n n n p p p p p n p p p p n p p p p n p
  receipt-due      p p p p n p p p p p n p p p n p n p n p p p p p p p p n n n n p p p p p n p p p p n p p p p n p
  emergency        p p p p n p p p p p n p p p n p n p n p p p p p p p p n n n n p p p p p n p p p p n p p p p n p
  to-hand-over     p p p p n p p p p p n p p p n p n p n p p p p p p p p n n n n p p p p p n p p p p n p p p p n p
  handed-over      p p p p n p p p p p n p p p n p n p n p p p p p p p p n n n n p p p p p n p p p p n p p p p n p
  cancelled        p p p p n p p p p p n p p p n p n p n p p p p p p p p = n n n p p p p p n p p p p n p p p p n p
  asked            p p p p n p p p p p n p p p n p n p n p p p p p p p p Y n n n p p p p p n p p p p n p p p p n p
  asked-later      p p p p n p p p p p n p p p n p n p n p p p p p p p p Y n n n p p p p p n p p p p n p p p p n p
  crossed          p p p p n p p p p p n p p p n p n p n p p p p p p p p n n n n p p p p p n p p p p n p p p p n p
  to-override      p p p p n p p p p p n p p p n p n p n p p p p p p p p n n n n p p p p p n p p p p n p p p p n p
  overridden       p p p p n p p p p p n p p p n p n p n p p p p p p p p n n n n p p p p p n p p p p n p p p p n p`;

// The same after a month: confirm-cancellation expire remind miss-deadline (of the clock to decide) confirm-withdrawal.
const afterMonth = `
  none             0 0 0 0 0
  requested        n Y n Y n
  received         n Y n Y n
  accepted         n n n n n
  contacted        n n n n n
  in-progress      n n n n n
  completed        n n n n n
  failed           n n n n n
  rejected         n n n n n
  for-a-human      n n n n n
  asked-back       n Y n Y n
  answered         n Y n Y n
  taken-back       n n n n n
  on-hold          n n n n n
  to-cancel        Y n n n n
  withdrawn        n n n n Y
  withdrawn-late   n n n n Y
  withdrawn-by-sender n n n n Y
  refuted          n Y n Y n
  confirmed        n n n n n
  lapsed           n n n n n
  consents-anew    Y n n n n
  went-on          n n n n n
  cancelled-late   = n n n n
  reopened         n n n n n
  contested        n n n n n
  contested-begun  n n n n n
  placed           n n n n n
  placed-away      Y n n n n
  stopped          n n n n n
  error            Y n n n n
  elsewhere        n n n n n
  newer            n Y n Y n
  newer-later      n n n n n
  child-offered    n n n n n
  child-declined   n n n n n
  child-accepted   n n n n n
  parent-closed    n n n n n
  child-completed  n n n n n
  child-to-cancel  Y n n n n
  parent-failed    n n n n n
  unconsented      n Y n Y n
  on-safety-hold   n n n n n
  lift-proposed    n n n n n
  lifted           n n n n n
  travel-planned   n n n n n
  arrived          n n n n n
  not-arrived      n n n n n
  receipt-due      Y n n n n
  emergency        n n n n n
  to-hand-over     n n n n n
  handed-over      n n n n n
  cancelled        n n n n n
  asked            n n n n n
  asked-later      n n n n n
  crossed          Y n n n n
  to-override      n Y n Y n
  overridden       n Y n Y n`;

const rows = (grid: string) =>
  new Map(
    grid
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .map(([situation = '', ...cells]) => [situation, cells.join(' ')]),
  );

const cell = (facts: readonly Fact[], command: Command, at?: Instant): string => {
  try {
    return given(facts, at).when(command) ? 'Y' : '=';
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const letter = letters[error.code] ?? error.code;
    return (statuses[letter] ?? 409) === error.status ? letter : `${letter}${error.status}`;
  }
};

const row = (facts: readonly Fact[], callerOf: (name: string) => Caller, next: Office) => {
  const names = Object.keys(sample({ system: 'kr' }, next));
  return names.map((name) => cell(facts, sample(callerOf(name), next)[name] as Command)).join(' ');
};

const filled = (cells: string, role: 'worker' | 'supervisor') =>
  cells
    .replaceAll('S', 'p/Y')
    .split(' ')
    .map((letters) => letters.split('/').at(role === 'worker' ? 0 : -1))
    .join(' ');

/** All but `submit`, which stands last. */
const columns = Object.keys(sample({ system: 'kr' }, abroad)).slice(0, -1);
const onReferral = [
  'record-consent',
  'withdraw-consent',
  'confirm-withdrawal',
  'refute-withdrawal',
  'lapse-consent',
  'offer',
  'parallel',
  'stop-line',
  'place-line',
  'mark-error',
  'remind',
  'miss-deadline',
  'raise-safety-hold',
  'propose-lift',
  'approve-lift',
  'plan-travel',
  'record-arrival',
  'record-no-arrival',
  'amend',
  'give-report',
  'confirm-erasure',
  'propose-hand-over',
  'take-over',
  'propose-override',
  'approve-override',
  'end-override',
];
const byClock = ['confirm-cancellation', 'expire', 'remind', 'miss-deadline', 'confirm-withdrawal'];
const ofOrigin = [
  'offer',
  'parallel',
  'place-line',
  'lapse-consent',
  'record-no-arrival',
  'confirm-withdrawal',
];

describe.each([abroad, home])('with an offer to %s', (office) => {
  const country = countryOf(office);
  const facts = situations(office, country);
  const next = office === abroad ? home : abroad;
  const names = Object.keys(facts);
  const none = (situation: string) => (situation === 'none' ? 'Y' : 'd');

  describe.each(['worker', 'supervisor'] as const)('a %s', (role) => {
    const as = (who: Office) => () => worker(who, role);

    test.each(names)('of the office asked does what the table says when it is %s', (name) => {
      const expected = filled(rows(receiver).get(name) ?? '', role);
      expect(row(facts[name] as Fact[], as(office), next)).toBe(expected);
    });

    test.each(names)('of the sender does what the table says when it is %s', (name) => {
      const expected = filled(rows(referrer).get(name) ?? '', role);
      expect(row(facts[name] as Fact[], as(sender), next)).toBe(expected);
    });

    test.each(names)('of another office asked knows no such offer when it is %s', (name) => {
      const known = name === 'none' ? '0' : 'p';
      const over = name === 'error' ? 'n' : 'Y';
      const held = name === 'on-safety-hold' || name === 'lift-proposed' ? 'Y' : 'n';
      const own: Record<string, string> = {
        'propose-override': 'n',
        ...{ 'record-consent': over, 'withdraw-consent': 'Y' },
        ...{ 'raise-safety-hold': over, 'propose-lift': held, 'approve-lift': 'n' },
        ...{ 'plan-travel': over, 'record-arrival': 'n', amend: 'n', 'confirm-erasure': 'n' },
      };
      const expected = columns.map((column) =>
        name !== 'none' && column in own ? own[column] : onReferral.includes(column) ? known : '0',
      );
      expect(row(facts[name] as Fact[], as(union), next)).toBe([...expected, none(name)].join(' '));
    });

    test.each(names)('of an office that is no party finds nothing when it is %s', (name) => {
      for (const who of [stranger, helpline])
        expect(row(facts[name] as Fact[], as(who), next)).toBe(
          [...columns.map(() => '0'), none(name)].join(' '),
        );
    });
  });

  test.each(names)('the owner’s system does what the table says when it is %s', (name) => {
    const system = (command: string) =>
      ({ system: ofOrigin.includes(command) ? 'kr' : country }) as const;
    expect(row(facts[name] as Fact[], system, next)).toBe(rows(owner).get(name));
  });

  test.each(names)(
    'the owner’s system does by the clock what the table says when it is %s',
    (name) => {
      const cells = byClock.map((command) => {
        const system = ofOrigin.includes(command) ? 'kr' : country;
        const commands = sample({ system }, next);
        return cell(facts[name] as Fact[], commands[command] as Command, later(31 * 24 * 60));
      });
      expect(cells.join(' ')).toBe(rows(afterMonth).get(name));
    },
  );
});

test('every command of the rules has its column', () => {
  const columns = Object.values(sample({ system: 'kr' }, abroad)).map((c) => c.do);
  expect(new Set(columns)).toEqual(new Set(Object.keys(rules)));
});

test('every situation has its row in every grid, and every row is used', () => {
  const names = Object.keys(situations(abroad, 'vn')).toSorted();
  for (const grid of [receiver, referrer, owner, afterMonth])
    expect([...rows(grid).keys()].toSorted()).toEqual(names);
});
