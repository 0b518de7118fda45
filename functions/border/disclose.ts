import { Refused } from '../../shared/errors.ts';
import { log } from '../../shared/log.ts';
import { disclose } from '../../shared/vault/disclose.ts';
import { type GateAnswer, Question } from '../../shared/vault/gate-messages.ts';
import { mayContact } from '../../shared/vault/may-contact.ts';
import { gate } from '../../shared/world.ts';

/** The gate: the only way to what is sealed here, for the API of either country. It believes none of them. */
export const handler = async (event: unknown): Promise<GateAnswer> => {
  const question = Question.parse(event);
  const { ask, ref: subject, from } = question;
  try {
    const answer =
      question.ask === 'case-file'
        ? await disclose(gate(), question)
        : { allowed: await mayContact(gate(), question) };
    const allowed = 'allowed' in answer ? answer.allowed : undefined;
    log.info('the gate answered', { subject, from, ask, allowed });
    return answer;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    // Given, not thrown: the caller is another function.
    const { code, status, message, more } = error;
    log.warn('the gate refused', { subject, from, ask, code });
    return { refused: { code, status, message, more: { ...more } } };
  }
};
