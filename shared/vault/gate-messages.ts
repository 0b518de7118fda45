import * as z from 'zod';
import { Country, Ref } from '../../events/envelope.ts';
import { OfferId, PlanId } from '../../events/referral.ts';

const Count = z.int().min(0);

/** What each question brings. Nothing of it is believed but the worker's own token, which names the very call that asks. */
const asked = {
  /** The country whose API was called. */
  from: Country,
  ref: Ref,
  token: z.string().max(8_192),
  /** The exact bytes of the call. */
  body: z.string().max(262_144),
  /** How many facts of each country the caller knows. */
  known: z.strictObject({ kr: Count, vn: Count }),
};

/** `case-file`: what may this office read, as `Disclosure` asks; `channel`: may it contact her now by the channel that the call names. */
export const Question = z.discriminatedUnion('ask', [
  z.strictObject({ ask: z.literal('case-file'), ...asked, key: z.string().max(128) }),
  z.strictObject({ ask: z.literal('channel'), ...asked, offer: OfferId }),
]);
export type Question = z.infer<typeof Question>;
export type AskFor<A extends Question['ask']> = Extract<Question, { ask: A }>;

/** `content` inside the country; `jwe` (compact) across the border; `allowed`, or why not. */
export const GateAnswer = z.union([
  z.strictObject({ content: z.record(z.string(), z.unknown()) }),
  z.strictObject({ jwe: z.string() }),
  z.strictObject({ allowed: z.boolean() }),
  z.strictObject({
    refused: z.strictObject({
      code: z.string(),
      status: z.int(),
      message: z.string(),
      more: z.record(z.string(), z.unknown()),
    }),
  }),
]);
export type GateAnswer = z.infer<typeof GateAnswer>;

/** What follow-up asks, at a door of its own: is the planned date of this plan over by three days? */
export const ArrivalQuestion = z.strictObject({
  ask: z.literal('arrival-overdue'),
  ref: Ref,
  plan: PlanId,
});
export type ArrivalQuestion = z.infer<typeof ArrivalQuestion>;
export const ArrivalAnswer = z.strictObject({ overdue: z.boolean() });
export type ArrivalAnswer = z.infer<typeof ArrivalAnswer>;

/** The one call that a question may come from: else a token for another would open the gate. */
export const pathOf = (question: Question): string =>
  question.ask === 'case-file'
    ? `/v1/referrals/${question.ref}/case-file/disclosures`
    : `/v1/referrals/${question.ref}/offers/${question.offer}/report-progress`;

/**
 * The body of the call. `check`: the safe contact as it was, for whoever settles a withdrawal; `receipts`: under which laws offices
 * keep copies, for whoever gives her her report.
 */
export const Disclosure = z
  .strictObject({ check: z.boolean().optional(), receipts: z.boolean().optional() })
  .refine(({ check, receipts }) => !(check && receipts), {
    path: ['receipts'],
    message: 'Ask for the one or the other',
  });
export type Disclosure = z.infer<typeof Disclosure>;
