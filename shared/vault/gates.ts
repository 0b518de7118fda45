import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { Refused } from '../errors.ts';
import { log } from '../log.ts';
import { GateAnswer, type Question } from './gate-messages.ts';

/** A country's gate as another function asks it; refuses 503 `gate-unreachable` when it does not answer. */
export const gateAt =
  (client: LambdaClient, arn: string) =>
  async (question: Question): Promise<GateAnswer> => {
    try {
      const { Payload, FunctionError } = await client.send(
        new InvokeCommand({ FunctionName: arn, Payload: JSON.stringify(question) }),
      );
      if (FunctionError) throw new Error('The gate failed');
      return GateAnswer.parse(JSON.parse(Buffer.from(Payload ?? []).toString()));
    } catch (error) {
      log.error('no answer from the gate', error as Error, { subject: question.ref });
      throw new Refused(
        'gate-unreachable',
        503,
        'The country that holds the case file does not answer: try again later',
      );
    }
  };
