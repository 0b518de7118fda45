import * as z from 'zod';
import { fact } from './envelope.ts';
import { HoldId, ProposalId } from './referral.ts';

const holds = z.array(HoldId).min(1);

/** It is not safe to reach her: contact fields are masked, and nobody messages her. */
export const SafetyHoldRaised = fact('safety-hold.raised.v1', { hold: HoldId });
/** One person says that it is safe again; which holds that one had seen. */
export const LiftProposed = fact('safety-hold.lift-proposed.v1', { proposal: ProposalId, holds });
/** A second person, of another office where there are two, says so too. */
export const SafetyHoldLifted = fact('safety-hold.lifted.v1', { proposal: ProposalId, holds });
