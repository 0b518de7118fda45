import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Api } from './capabilities/api.ts';
import { Border } from './capabilities/border.ts';
import { FollowUp } from './capabilities/follow-up.ts';
import { Gate } from './capabilities/gate.ts';
import { Operations } from './capabilities/operations.ts';
import { Publisher } from './capabilities/publisher.ts';
import { Reconcile } from './capabilities/reconcile.ts';
import { Vault } from './capabilities/vault.ts';
import { Views } from './capabilities/views.ts';
import { Webhooks } from './capabilities/webhooks.ts';
import type { Country } from './countries.ts';
import type { DataStack } from './data-stack.ts';
import { AlarmTopic } from './parts/alarm-topic.ts';

interface NetworkStackProps extends StackProps {
  readonly country: Country;
  readonly data: DataStack;
}

/** What works on the data. It holds nothing, and may be deleted and made anew any day. */
export class NetworkStack extends Stack {
  constructor(scope: Construct, id: string, { country, data, ...props }: NetworkStackProps) {
    super(scope, id, props);
    const { ledger, views, deliveries, webhookKey, bus, vault } = data;
    const alarms = new AlarmTopic(this, 'Alarms');
    const place = { country, alarms };
    const { queue: erase } = new Vault(this, 'Vault', { place, bus, ledger, store: vault });
    const apiProps = { place, ledger, views, deliveries, webhookKey, vault, erase };
    const api = new Api(this, 'Api', apiProps);
    const gateProps = { place, ledger, views, store: vault, apiUrl: api.url };
    const { arrival } = new Gate(this, 'Gate', gateProps);
    const borderBus = data.borderBus.bus;
    new Border(this, 'Border', { place, bus, borderBus, ledger, apiUrl: api.url });
    new Reconcile(this, 'Reconcile', { place, bus, ledger, views });
    const webhooks = new Webhooks(this, 'Webhooks', {
      place,
      bus,
      ledger,
      views,
      deliveries,
      key: webhookKey,
    });
    const due = { place, bus, ledger, views, erase, arrival };
    const followUp = new FollowUp(this, 'FollowUp', due);
    new Views(this, 'Views', { place, bus, ledger, views });
    const queues = { followUp: followUp.queue, deliver: webhooks.queue, erase };
    new Operations(this, 'Operations', { place, bus, ledger, views, deliveries, queues });
    const publisher = new Publisher(this, 'Publisher', { place, ledger, bus });
    // A bus without rules swallows events, and a rule without its permissions sends them to nobody.
    const others = this.node.children.filter((part) => part !== publisher);
    publisher.mapping.node.addDependency(...others);
    new CfnOutput(this, 'ApiUrl', { value: api.url });
    new CfnOutput(this, 'AlarmTopic', { value: alarms.topicArn });
  }
}
