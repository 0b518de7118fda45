import type { Office } from '../../events/envelope.ts';
import type { Step } from './facts.ts';
import { abroad, sender } from './people.ts';

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

/** What a later version of the other country may write. */
export const newer: Step = {
  type: 'offer.pondered.v1',
  actor: 'vn:system',
  data: { offices: [sender, abroad], offer: 'kr1-1' },
};
