import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { type IEventBus, Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { Construct } from 'constructs';
import { Call } from '../parts/call.ts';
import { Dlq } from '../parts/dlq.ts';
import { NodeFunction } from '../parts/node-function.ts';
import { ownMetric } from '../parts/own-metric.ts';
import { arnOf, mayAskPeer, openDoor, peersDoor } from '../parts/peers-door.ts';
import type { Place } from '../parts/place.ts';
import { PutBack } from './put-back.ts';

interface ReconcileProps {
  readonly place: Place;
  readonly bus: IEventBus;
  readonly ledger: ITable;
  readonly views: ITable;
}

/** Finds what was lost between ledger and bus or on the border, and has it published again. */
export class Reconcile extends Construct {
  constructor(scope: Construct, id: string, { place, bus, ledger, views }: ReconcileProps) {
    super(scope, id);
    const { country } = place;
    const fn = new NodeFunction(this, 'Function', {
      place,
      entry: 'border/reconcile.ts',
      functionName: country.reconcileFunction,
      roleName: country.reconcileRole,
      impact: 'What gets lost between the countries stays lost',
      environment: {
        BUS: bus.eventBusName,
        LEDGER: ledger.tableName,
        VIEWS: views.tableName,
        PEER: peersDoor(country),
      },
      timeout: Duration.minutes(15), // it stops by itself, two minutes before
    });
    bus.grantPutEventsTo(fn);
    ledger.grant(fn, 'dynamodb:Query', 'dynamodb:Scan');
    views.grant(fn, 'dynamodb:Query', 'dynamodb:GetItem');
    if (country.restoring) {
      ledger.grant(fn, 'dynamodb:PutItem'); // back into their slots
      views.grant(fn, 'dynamodb:Scan'); // what the bus once carried, and the ledger may lack
      new PutBack(this, 'PutBack', { place, bus, ledger });
    }
    const itself = {
      actions: ['lambda:InvokeFunction'],
      resources: [arnOf(country, country.reconcileFunction)],
    };
    fn.addToRolePolicy(new PolicyStatement({ sid: 'GoOn', ...itself }));
    fn.addToRolePolicy(mayAskPeer(country));
    fn.configureAsyncInvoke({
      retryAttempts: 2,
      maxEventAge: Duration.hours(1), // by then the next run begins
      onFailure: new SqsDestination(
        new Dlq(this, 'GaveUp', { place, impact: 'The countries were not compared to the end' }),
      ),
    });
    openDoor(this, fn, country, [country.peer.reconcileRole, country.peer.followUpRole]);
    this.schedule(place, fn);
    this.watch(place);
  }

  /** Each country does its own half; the other has the same schedules. */
  private schedule(place: Place, fn: NodeFunction) {
    const deadLetterQueue = new Dlq(this, 'NotRun', {
      place,
      impact: 'The comparison of the countries was not started',
    });
    const every = (id: string, schedule: Schedule, all: boolean) => {
      const event = RuleTargetInput.fromObject({ all, alone: true, goOn: true });
      const target = new LambdaFunction(fn, { event, deadLetterQueue, retryAttempts: 2 });
      new Rule(this, id, { schedule, targets: [target] });
    };
    every('Hourly', Schedule.rate(Duration.hours(1)), false);
    every('Nightly', Schedule.cron({ hour: '18', minute: '30' }), true); // 3:30 in Seoul, 1:30 in Hanoi
  }

  private watch(place: Place) {
    const repaired = (id: string, metric: string, impact: string) =>
      new Call(this, id, {
        place,
        impact,
        metric: ownMetric(place.country, metric, 'Sum'),
        above: 0,
      });
    repaired(
      'RepairedToPeer',
      'FactsRepairedToPeer',
      'Facts had been lost on the way to the other country',
    );
    repaired(
      'RepairedToBus',
      'FactsRepairedToBus',
      'Facts had been recorded and nobody here had heard of them',
    );
  }
}
