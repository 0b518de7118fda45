import { Duration } from 'aws-cdk-lib';
import type { IHttpRouteAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import {
  HttpLambdaAuthorizer,
  HttpLambdaResponseType,
} from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { NodeFunction } from '../parts/node-function.ts';
import type { Place } from '../parts/place.ts';

interface AuthorizerProps {
  readonly place: Place;
  readonly views: ITable;
}

/** Says of every call who makes it, or why its token is refused. */
export class Authorizer extends Construct {
  readonly ofEachCall: IHttpRouteAuthorizer;
  readonly #fn: NodeFunction;

  constructor(scope: Construct, id: string, { place, views }: AuthorizerProps) {
    super(scope, id);
    this.#fn = new NodeFunction(this, 'Function', {
      place,
      entry: 'api/authorize.ts',
      impact: 'No office can call the API',
      environment: { VIEWS: views.tableName },
      timeout: Duration.seconds(5), // the gateway waits ten
      keepLogs: RetentionDays.TWO_YEARS, // audit lines
    });
    views.grant(this.#fn, 'dynamodb:GetItem');
    // Nothing is cached, since a token names one call. No identity source, or a call without a token
    // would get the gateway's 401 instead of our problem+json.
    this.ofEachCall = new HttpLambdaAuthorizer('Authorizer', this.#fn, {
      responseTypes: [HttpLambdaResponseType.SIMPLE],
      identitySource: [],
      resultsCacheTtl: Duration.seconds(0),
    });
  }

  /** A token is for one API: its address is the audience, and the beginning of `htu`. */
  guards(url: string) {
    this.#fn.addEnvironment('API_URL', url);
  }
}
