import middy from '@middy/core';
import type {
  APIGatewayProxyEventV2WithLambdaAuthorizer,
  APIGatewayProxyStructuredResultV2,
} from 'aws-lambda';
import { Office } from '../events/envelope.ts';
import { Refused } from './errors.ts';
import { byOf, digest } from './ids.ts';
import { log } from './log.ts';
import { type Answer, answered, problem, unauthorized } from './problem.ts';
import type { Worker } from './referral/command.ts';
import type { Identity, Refusal } from './tokens.ts';

type Event = APIGatewayProxyEventV2WithLambdaAuthorizer<Identity | Refusal>;

/** One authenticated call. `body`: the text as sent, `''` where there is none. */
export type Call = {
  readonly caller: Worker;
  readonly route: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
};

const MOST_BYTES = 262_144;

/** A handler of the API: refused tokens and wrong bodies never reach it, what it refuses becomes problem+json. */
export const api = (answer: (call: Call) => Promise<Answer>) =>
  middy<Event, APIGatewayProxyStructuredResultV2>()
    .onError((request) => {
      const { error, event } = request;
      const { routeKey: route, requestContext } = event;
      const office = officeIn(requestContext.authorizer?.lambda);
      const subject = event.pathParameters?.ref;
      if (error instanceof Refused)
        log.warn('refused', { route, office, subject, code: error.code, status: error.status });
      else log.error('call failed', error, { route, office });
      request.response = problem(error);
    })
    .handler(async (event) => {
      const call = callOf(event);
      const done = await answer(call);
      const { caller, route, params } = call;
      log.info('call', { route, office: caller.office, subject: params.ref, status: done.status });
      return answered(done);
    });

/** For the audit: who was refused, where a token was believed. */
const officeIn = (identity: Identity | Refusal | undefined): string | undefined =>
  identity && 'office' in identity ? identity.office : undefined;

const callOf = (event: Event): Call => {
  const { authorizer, http } = event.requestContext;
  const identity = authorizer?.lambda;
  if (!identity || 'refused' in identity) throw unauthorized(identity?.refused ?? 'token-missing');
  const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  if (body.byteLength > MOST_BYTES) throw new Refused('too-large', 413, 'Send at most 256 KB');
  if (digest(body) !== identity.sha256) throw unauthorized('token-wrong-body');
  const office = Office.parse(identity.office);
  return {
    caller: { office, role: identity.role, by: byOf(office, identity.sub) },
    route: event.routeKey,
    path: http.path,
    params: event.pathParameters ?? {},
    query: event.queryStringParameters ?? {},
    headers: event.headers,
    body: body.toString(),
  };
};
