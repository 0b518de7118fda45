import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { factSources, webhookAllow } from '../countries.ts';
import { Consumer } from '../parts/consumer.ts';
import { NodeFunction } from '../parts/node-function.ts';
import type { Place } from '../parts/place.ts';
import { QueueWithDlq } from '../parts/queue-with-dlq.ts';
import { notReplayed } from '../parts/replayed.ts';

interface WebhooksProps {
  readonly place: Place;
  readonly bus: IEventBus;
  readonly ledger: ITable;
  readonly views: ITable;
  readonly deliveries: ITable;
  readonly key: IKey;
}

/** Bus -> one job an endpoint -> signed POST, in the order that each partner can take. */
export class Webhooks extends Construct {
  readonly queue: IQueue;

  constructor(scope: Construct, id: string, props: WebhooksProps) {
    super(scope, id);
    const deliver = this.deliver(props);
    this.queue = deliver;
    const { place, bus, ledger, deliveries } = props;
    const { country } = place;
    const { fn, rule } = new Consumer(this, 'FanOut', {
      place,
      bus,
      pattern: { source: [...factSources(country), `webhooks.${country.code}`] },
      entry: 'webhooks/fan-out.ts',
      impact: 'Partner systems are not told what happened',
      environment: {
        LEDGER: ledger.tableName,
        DELIVERIES: deliveries.tableName,
        DELIVER: deliver.queueUrl,
      },
      inputPath: '$.detail',
    });
    notReplayed(rule);
    ledger.grant(fn, 'dynamodb:Query'); // who is the sender by now
    deliveries.grant(fn, 'dynamodb:Query', 'dynamodb:PutItem');
    deliver.grantSendMessages(fn);
  }

  private deliver({ place, ledger, views, deliveries, key }: WebhooksProps) {
    const impact = 'Partner systems wait for their webhooks';
    const queue = new QueueWithDlq(this, 'Deliver', {
      place,
      impact: `${impact}: deliveries gave up`,
      visibility: Duration.seconds(60), // until there is a retry clock, a partner that fails is tried
      receives: 15, // for a quarter of an hour a fact: those behind it wait so long
      fifo: true,
    });
    const fn = new NodeFunction(this, 'DeliverFunction', {
      place,
      entry: 'webhooks/deliver.ts',
      impact,
      environment: {
        LEDGER: ledger.tableName,
        VIEWS: views.tableName,
        DELIVERIES: deliveries.tableName,
        WEBHOOK_KEY: key.keyArn,
        ...webhookAllow(place.country),
      },
      timeout: Duration.seconds(30),
    });
    ledger.grant(fn, 'dynamodb:Query');
    views.grant(fn, 'dynamodb:GetItem'); // a suspended office hears nothing more
    deliveries.grant(fn, 'dynamodb:GetItem', 'dynamodb:UpdateItem');
    key.grantDecrypt(fn);
    // One at a time: a batch may mix groups, and a partner that hangs would hold the others.
    const batch = { batchSize: 1, reportBatchItemFailures: true, maxConcurrency: 100 };
    fn.addEventSource(new SqsEventSource(queue, batch));
    return queue;
  }
}
