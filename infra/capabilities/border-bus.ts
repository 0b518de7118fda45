import { RemovalPolicy } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { AccountPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Country } from '../countries.ts';

interface BorderBusProps {
  readonly country: Country;
}

/** Where the peer hands its facts over. Only the role of the peer's border rules may put. */
export class BorderBus extends Construct {
  readonly bus: EventBus;

  constructor(scope: Construct, id: string, { country }: BorderBusProps) {
    super(scope, id);
    const { peer, borderBus } = country;
    this.bus = new EventBus(this, 'Bus', { eventBusName: borderBus });
    this.bus.applyRemovalPolicy(RemovalPolicy.RETAIN);
    // By name, not as principal: that would become a role's id, which dies with a role made anew.
    const role = `arn:aws:iam::${peer.account}:role/${peer.borderRole}`;
    this.bus.addToResourcePolicy(
      new PolicyStatement({
        sid: 'PeerMayPut',
        effect: Effect.ALLOW,
        principals: [new AccountPrincipal(peer.account)],
        actions: ['events:PutEvents'],
        resources: [this.bus.eventBusArn],
        conditions: { ArnEquals: { 'aws:PrincipalArn': role } },
      }),
    );
  }
}
