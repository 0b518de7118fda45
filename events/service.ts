import * as z from 'zod';
import { Counter, fact, Instant } from './envelope.ts';
import { LineId, Next, OfferId, ProgressKind } from './referral.ts';

const offer = OfferId;

export const ServiceStarted = fact('service.started.v1', { offer });
/** `visit`: the n-th. */
export const ServiceProgressed = fact('service.progressed.v1', {
  offer,
  kind: ProgressKind,
  visit: Counter.min(1).optional(),
});
/** `review`: when somebody looks again; none while it waits for her arrival. */
export const ServiceHeld = fact('service.held.v1', {
  offer,
  review: Instant.optional(),
  awaitsArrival: z.boolean(),
  pausesContact: z.boolean(),
});
export const ServiceResumed = fact('service.resumed.v1', { offer });
/** `onward`: these lines go on with an office that this one referred to; its system closes them. */
export const ServiceClosed = fact('service.closed.v1', {
  offer,
  lines: z
    .array(z.looseObject({ line: LineId, state: z.enum(['completed', 'failed']), next: Next }))
    .min(1),
  onward: z.boolean().optional(),
});
export const ServiceReopened = fact('service.reopened.v1', { offer });
