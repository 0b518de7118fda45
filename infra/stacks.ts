import type { App } from 'aws-cdk-lib';
import { codes, country } from './countries.ts';
import { DataStack } from './data-stack.ts';
import { NetworkStack } from './network-stack.ts';

/** Two stacks a country: what must be kept, and what may be made anew any day. */
export const build = (app: App) => {
  for (const code of codes) {
    const here = country(code, app.node);
    const env = { account: here.account, region: here.region };
    const name = `referrals-${code}`;
    const data = new DataStack(app, `${name}-data`, { env, country: here });
    new NetworkStack(app, `${name}-network`, { env, country: here, data });
  }
};
