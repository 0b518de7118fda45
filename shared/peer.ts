import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import {
  CopiesAnswer,
  CountsAnswer,
  HeadsAnswer,
  PageAnswer,
  type Question,
  type Scope,
} from './reconcile-messages.ts';
import type { Counts } from './referral/order.ts';
import type { Page } from './slots.ts';

/** What was published again: facts that the peer lacks, facts that our own bus never carried; whether nobody answered. */
export type Repaired = {
  readonly toPeer: number;
  readonly toBus: number;
  readonly silent: boolean;
};
export type Part = { readonly segment: number; readonly at?: string | undefined };

/** The other country's `reconcile`. Throws when it does not answer. */
export type Peer = {
  /** How many facts it holds of each subject; of what has not reach `both`, or it does not know, nothing. `within`: milliseconds. */
  counts(subjects: readonly string[], within?: number): Promise<Readonly<Record<string, Counts>>>;
  /** Has it do one page of its half. */
  page(scope: Scope, part: Part): Promise<Repaired & { readonly next?: string | undefined }>;
  /** One page of all that it knows with reach `both`. */
  heads(part: Part): Promise<Page>;
  /** Its copies of a subject's facts beyond these, causes first; none when there are no more. */
  copies(subject: string, after: Counts): Promise<string[]>;
};

/** What it says is parsed: the peer is input like any other. */
export const peerAt = (client: LambdaClient, arn: string): Peer => {
  const ask = async <S extends z.ZodType>(
    question: Question,
    answer: S,
    within?: number,
  ): Promise<z.infer<S>> => {
    const { Payload, FunctionError } = await client.send(
      new InvokeCommand({ FunctionName: arn, Payload: JSON.stringify(question) }),
      within === undefined ? {} : { abortSignal: AbortSignal.timeout(within) },
    );
    if (FunctionError) throw new Error('The other country could not answer');
    return z.parse(answer, JSON.parse(Buffer.from(Payload ?? []).toString()));
  };
  return {
    counts: (subjects, within) =>
      ask({ ask: 'counts', subjects: [...subjects] }, CountsAnswer, within),
    page: ({ all, subject, minAgeSeconds }, { segment, at }) =>
      ask({ ask: 'page', all, subject, minAgeSeconds, segment, at }, PageAnswer),
    heads: ({ segment, at }) => ask({ ask: 'heads', segment, at }, HeadsAnswer) as Promise<Page>,
    copies: (subject, after) => ask({ ask: 'copies', subject, after }, CopiesAnswer),
  };
};

/** Starts a function with this and does not wait for it. */
export const starter =
  (client: LambdaClient, name: string) =>
  async (message: object): Promise<void> => {
    const Payload = JSON.stringify(message);
    await client.send(new InvokeCommand({ FunctionName: name, InvocationType: 'Event', Payload }));
  };
