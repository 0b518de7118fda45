import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Country } from '../countries.ts';

type Home = Pick<Country, 'region' | 'account' | 'reconcileFunction'>;

export const arnOf = ({ region, account, reconcileFunction }: Home) =>
  `arn:aws:lambda:${region}:${account}:function:${reconcileFunction}`;

/** The alias by which the other country comes in. */
export const DOOR = 'peer';

/** Where a function asks the other country's ledger: what `PEER` holds. */
export const peersDoor = ({ peer }: Country) => `${arnOf(peer)}:${DOOR}`;

/** The right to ask there; the peer must name the role too (`Reconcile.openDoor`). */
export const mayAskPeer = (country: Country) =>
  new PolicyStatement({
    sid: 'AskPeer',
    actions: ['lambda:InvokeFunction'],
    resources: [peersDoor(country)],
  });
