import { log } from '../../shared/log.ts';
import { isArrivalOverdue } from '../../shared/vault/arrival-overdue.ts';
import { type ArrivalAnswer, ArrivalQuestion } from '../../shared/vault/gate-messages.ts';
import { arrivalGate } from '../../shared/world.ts';

/** The gate's other door: one question of our own follow-up, yes or no. No more leaves it; the log does not hold the answer. */
export const handler = async (event: unknown): Promise<ArrivalAnswer> => {
  const question = ArrivalQuestion.parse(event);
  const overdue = await isArrivalOverdue(arrivalGate(), question);
  log.info('the gate answered', { subject: question.ref, ask: question.ask });
  return { overdue };
};
