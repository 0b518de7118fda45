import { AccountPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Alias, CfnResourcePolicy, type Function as Lambda } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { Country } from '../countries.ts';

type Home = Pick<Country, 'region' | 'account'>;

export const arnOf = ({ region, account }: Home, functionName: string) =>
  `arn:aws:lambda:${region}:${account}:function:${functionName}`;

/** The alias by which the other country comes in. */
const DOOR = 'peer';

/** Where a function of the other country is asked. */
export const doorOf = (home: Home, functionName: string) => `${arnOf(home, functionName)}:${DOOR}`;

/** Where a function asks the other country's ledger: what `PEER` holds. */
export const peersDoor = ({ peer }: Country) => doorOf(peer, peer.reconcileFunction);

/** The right to ask there; the peer must name the role too (`openDoor`). */
export const mayAsk = (sid: string, door: string) =>
  new PolicyStatement({ sid, actions: ['lambda:InvokeFunction'], resources: [door] });

export const mayAskPeer = (country: Country) => mayAsk('AskPeer', peersDoor(country));

/** Lets these roles of the other country in, by name. An alias, since the function itself may have another policy. */
export const openDoor = (scope: Construct, fn: Lambda, { peer }: Country, roles: string[]) => {
  const door = new Alias(scope, 'Door', { aliasName: DOOR, version: fn.latestVersion });
  new CfnResourcePolicy(scope, 'PeerMayAsk', {
    resourceArn: door.functionArn,
    policyDocument: new PolicyDocument({
      statements: [
        new PolicyStatement({
          effect: Effect.ALLOW,
          principals: [new AccountPrincipal(peer.account)],
          actions: ['lambda:InvokeFunction'],
          resources: [door.functionArn],
          conditions: {
            ArnEquals: {
              'aws:PrincipalArn': roles.map((name) => `arn:aws:iam::${peer.account}:role/${name}`),
            },
          },
        }),
      ],
    }),
  });
};
