import type {
  APIGatewayProxyEventV2WithLambdaAuthorizer,
  APIGatewayProxyStructuredResultV2,
  APIGatewayRequestAuthorizerEventV2,
  Context,
  DynamoDBStreamEvent,
  SQSEvent,
} from 'aws-lambda';
import type { Fact } from '../../events/envelope.ts';
import { digest } from '../../shared/ids.ts';
import type { Worker } from '../../shared/referral/command.ts';
import type { Identity, Refusal } from '../../shared/tokens.ts';
import authorizer from './events/authorizer.json' with { type: 'json' };
import httpApi from './events/http-api.json' with { type: 'json' };
import sqs from './events/sqs.json' with { type: 'json' };
import stream from './events/stream.json' with { type: 'json' };

// Recorded AWS events, with what a test puts in their place.

export type ApiEvent = APIGatewayProxyEventV2WithLambdaAuthorizer<Identity | Refusal>;
type Request = {
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly who: Pick<Worker, 'office' | 'role'> | Refusal;
};

export const sub = 'somebody-invented-0001';

/** A call as API Gateway hands it to a function, after the authorizer let it through. */
export const callOf = (route: string, { params = {}, who, ...of }: Request): ApiEvent => {
  const [method = '', pattern = '/v1/nowhere'] = route.split(' ');
  const path = pattern.replaceAll(/\{(\w+)\}/g, (_, name) => params[name] ?? '');
  const body = of.body ?? '';
  const identity = 'refused' in who ? who : { ...who, sub, sha256: digest(body) };
  const http = { ...httpApi.requestContext.http, method, path };
  return {
    ...httpApi,
    routeKey: route,
    rawPath: path,
    headers: { ...httpApi.headers, ...of.headers },
    ...(of.query && { queryStringParameters: of.query }),
    pathParameters: params,
    requestContext: {
      ...httpApi.requestContext,
      routeKey: route,
      http,
      authorizer: { lambda: identity },
    },
    ...(body !== '' && { body }),
  };
};

type Handler = (event: ApiEvent, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

/** What a function answers to a call, its body parsed. */
export const answerOf = async (handler: unknown, event: ApiEvent) => {
  const { statusCode, headers, body } = await (handler as Handler)(event, {} as Context);
  return {
    status: statusCode,
    headers: headers ?? {},
    body: JSON.parse(body ?? 'null'),
    text: body ?? '',
  };
};

/** What the authorizer gets for a call with this token. */
export const authorizerCall = (token?: string, method = 'POST', path = '/v1/referrals') => {
  const http = { ...authorizer.requestContext.http, method, path };
  return {
    ...authorizer,
    headers: { ...authorizer.headers, ...(token && { authorization: `Bearer ${token}` }) },
    requestContext: { ...authorizer.requestContext, http },
  } as unknown as APIGatewayRequestAuthorizerEventV2;
};

const [record] = stream.Records;
export const streamOf = (...texts: readonly string[]): DynamoDBStreamEvent =>
  ({
    Records: texts.map((text) => ({
      ...record,
      dynamodb: {
        ...record?.dynamodb,
        NewImage: { ...record?.dynamodb.NewImage, fact: { S: text } },
      },
    })),
  }) as DynamoDBStreamEvent;

const [message] = sqs.Records;
/** Messages `m1`, `m2` … of a queue. */
export const queueOf = (...bodies: readonly unknown[]): SQSEvent =>
  ({
    Records: bodies.map((body, i) => ({
      ...message,
      messageId: `m${i + 1}`,
      body: JSON.stringify(body),
    })),
  }) as SQSEvent;

/** A fact as EventBridge carries it over the border. */
export const crossing = (fact: Fact, source = `referrals.${fact.country}`) => ({
  version: '0',
  id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
  'detail-type': fact.type,
  source,
  account: '123456789012',
  time: '2026-11-23T03:00:00Z',
  region: 'ap-northeast-2',
  resources: [],
  detail: fact,
});
