import type { Node } from 'constructs';

/** The only place where the countries differ. There is no AWS region in Viet Nam. */
const atlas = {
  kr: { peer: 'vn', suffix: 'Kr', region: 'ap-northeast-2' },
  vn: { peer: 'kr', suffix: 'Vn', region: 'ap-southeast-1' },
} as const;

export type Code = keyof typeof atlas;
export const codes: readonly Code[] = ['kr', 'vn'];

interface Home {
  readonly code: Code;
  readonly account: string;
  readonly region: string;
  /** Physical names are fixed only where the other side, or an operator, must know them. */
  readonly borderBus: string;
  readonly borderRole: string;
  readonly officeFunction: string;
  readonly rebuildFunction: string;
  readonly nameFunction: string;
  readonly recoverFunction: string;
  readonly reconcileFunction: string;
  readonly reconcileRole: string;
  readonly gateFunction: string;
  readonly caseFileRole: string;
  readonly sealedCommandRole: string;
  readonly followUpRole: string;
  /** Only where the API has a domain of its own. */
  readonly apiUrl?: string;
  /** The table that was restored from a backup, where one stands in the first one's place. */
  readonly ledgerTable?: string;
  readonly keysTable?: string;
  readonly vaultTable?: string;
}

export interface Country extends Home {
  readonly peer: Home;
  readonly stage: string;
  /** A table was restored to an earlier time: it takes no command and gives nothing until what came later is back, or gone again. */
  readonly restoring: boolean;
}

const LOCAL = 'local';

/** Only on the local stage may a webhook go to this machine; elsewhere the variable does not exist. */
export const webhookAllow = ({ stage }: Country): Record<string, string> =>
  stage === LOCAL ? { WEBHOOK_ALLOW: '127.0.0.0/8' } : {};

/** Accounts, regions and stage come from the CDK's context: `cdk.json` or `-c accountKr=…`. */
export const country = (code: Code, node: Node): Country => {
  const stage: string = node.tryGetContext('stage') ?? 'prod';
  const home = (code: Code): Home => {
    const { suffix, region } = atlas[code];
    return {
      code,
      account: stage === LOCAL ? '000000000000' : node.getContext(`account${suffix}`),
      region: node.tryGetContext(`region${suffix}`) ?? region,
      borderBus: `referrals-border-${code}`,
      borderRole: `referrals-${code}-to-border`,
      officeFunction: `referrals-${code}-office`,
      rebuildFunction: `referrals-${code}-rebuild`,
      nameFunction: `referrals-${code}-name-office`,
      recoverFunction: `referrals-${code}-recover`,
      reconcileFunction: `referrals-${code}-reconcile`,
      reconcileRole: `referrals-${code}-reconcile`,
      gateFunction: `referrals-${code}-gate`,
      caseFileRole: `referrals-${code}-case-file`,
      sealedCommandRole: `referrals-${code}-sealed-command`,
      followUpRole: `referrals-${code}-follow-up`,
      apiUrl: node.tryGetContext(`apiUrl${suffix}`),
      ledgerTable: node.tryGetContext(`ledger${suffix}`),
      keysTable: node.tryGetContext(`keys${suffix}`),
      vaultTable: node.tryGetContext(`vault${suffix}`),
    };
  };
  const restoring = node.tryGetContext('restoring') === code;
  return { ...home(code), stage, restoring, peer: home(atlas[code].peer) };
};

/** EventBridge's `source` of every fact on a country's bus: born here, or come over the border. */
export const factSources = ({ code, peer }: Country) => [
  `referrals.${code}`,
  `referrals.${peer.code}`,
];
