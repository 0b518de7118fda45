import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { Ref } from '../../events/envelope.ts';
import type { PlanId } from '../../events/referral.ts';
import { ArrivalAnswer, type ArrivalQuestion } from './gate-messages.ts';

/** Whether the date of a plan that is sealed in this country is over. Throws when the gate does not answer. */
export type AsksArrival = (ref: Ref, plan: PlanId) => Promise<boolean>;

const WITHIN = 5_000;

export const arrivalAt =
  (client: LambdaClient, name: string): AsksArrival =>
  async (ref, plan) => {
    const question: ArrivalQuestion = { ask: 'arrival-overdue', ref, plan };
    const { Payload, FunctionError } = await client.send(
      new InvokeCommand({ FunctionName: name, Payload: JSON.stringify(question) }),
      { abortSignal: AbortSignal.timeout(WITHIN) },
    );
    if (FunctionError) throw new Error('The gate could not answer');
    return ArrivalAnswer.parse(JSON.parse(Buffer.from(Payload ?? []).toString())).overdue;
  };
