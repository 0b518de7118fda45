import { log } from '../../shared/log.ts';
import { disclose } from '../../shared/vault/disclose.ts';
import { type GateAnswer, Question } from '../../shared/vault/gate-messages.ts';
import { gate } from '../../shared/world.ts';

/** The gate: the only way to what is sealed here, for the API of either country. It believes none of them. */
export const handler = async (event: unknown): Promise<GateAnswer> => {
  const question = Question.parse(event);
  const answer = await disclose(gate(), question);
  const { ref: subject, from } = question;
  if ('refused' in answer) log.warn('not disclosed', { subject, from, code: answer.refused.code });
  else log.info('disclosed', { subject, from });
  return answer;
};
