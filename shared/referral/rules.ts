import type { Act } from './command.ts';
import type { OfferStatus } from './derive.ts';
import { consented, contacted, hasEnded, type Need, owned, standing } from './needs.ts';
import type { Offer } from './state.ts';

export type Party = 'sender' | 'receiver' | 'system';

export type Rule = {
  readonly who: readonly Party[];
  /** What it changes: a new referral, the referral, or one offer that is in one of the states `when`. */
  readonly on: 'nothing' | 'referral' | 'offer';
  readonly when?: readonly OfferStatus[];
  /** Whether it already took effect; without it, only its Idempotency-Key can tell. */
  readonly done?: (offer: Offer) => boolean;
  readonly needs?: readonly Need[];
  /** Waits while a fact of a newer type is here. */
  readonly risky?: true;
};

const open: readonly OfferStatus[] = ['requested', 'received'];
const serving: readonly OfferStatus[] = ['accepted', 'in-progress'];

/** One line a command, read by `decide`, `allowedCommands` and the decision-table test; paths are in `events/commands.ts`. */
export const rules: Readonly<Record<Act, Rule>> = {
  submit: { who: ['sender'], on: 'nothing' },
  acknowledge: {
    who: ['receiver'],
    on: 'offer',
    when: ['requested'],
    done: (o) => o.acknowledged,
    needs: [standing],
  },
  accept: {
    who: ['receiver'],
    on: 'offer',
    when: open,
    done: (o) => o.accepted !== undefined,
    needs: [standing, consented],
    risky: true,
  },
  decline: { who: ['receiver'], on: 'offer', when: open, done: (o) => o.declined !== undefined },
  withdraw: {
    who: ['sender'],
    on: 'offer',
    when: open,
    done: (o) => o.requests.length > 0 || o.cancelled === 'withdrawn',
  },
  offer: { who: ['sender', 'system'], on: 'referral', risky: true },
  'start-service': {
    who: ['receiver'],
    on: 'offer',
    when: ['accepted'],
    done: (o) => o.started,
    needs: [contacted],
    risky: true,
  },
  'report-progress': { who: ['receiver'], on: 'offer', when: serving },
  close: { who: ['receiver'], on: 'offer', when: serving, done: (o) => o.closed !== undefined },
  cancel: {
    who: ['system'],
    on: 'offer',
    when: open,
    done: (o) => o.cancelled !== undefined,
    needs: [owned, hasEnded],
  },
};
