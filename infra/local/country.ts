import { RootConstruct } from 'constructs';
import { type Code, country } from '../countries.ts';
import type { Outputs } from './deploy.ts';

/** Where things of one country are on the local AWS. Plain JSON, so it can go to other processes. */
export interface LocalCountry {
  readonly code: Code;
  /** Base of every call of the API: put `/v1/…` behind it. */
  readonly apiUrl: string;
  readonly bus: string;
  readonly borderBus: string;
  readonly tables: { readonly ledger: string; readonly views: string; readonly deliveries: string };
  /** Where files of documents lie. */
  readonly bucket: string;
  /** Physical names by the path of the construct, such as `PublisherFunction`. */
  readonly functions: Readonly<Record<string, string>>;
  /** URLs by the path of the construct, such as `BorderThereQueue`. */
  readonly queues: Readonly<Record<string, string>>;
  /** Settings for any client of the SDK. */
  readonly client: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
}

/** The country as the local stage has it. */
export const settings = (code: Code) => {
  const { node } = new RootConstruct();
  node.setContext('stage', 'local');
  return country(code, node);
};

/** What the stacks of a country say of themselves. */
export const countryOf = (code: Code, outputs: Outputs, endpoint: string): LocalCountry => {
  const data = outputs[`referrals-${code}-data`] ?? {};
  const network = outputs[`referrals-${code}-network`] ?? {};
  const of = (name: string) => data[name] ?? missing(code, name);
  const [, api] = /\/\/([^.]+)\./.exec(network.ApiUrl ?? '') ?? missing(code, 'ApiUrl');
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  return {
    code,
    apiUrl: `${endpoint}/_aws/execute-api/${api}/$default`,
    bus: of('BusName'),
    borderBus: of('BorderBusName'),
    tables: {
      ledger: of('LedgerTable'),
      views: of('ViewsTable'),
      deliveries: of('DeliveriesTable'),
    },
    bucket: of('DocumentsBucket'),
    functions: named(network, 'Function'),
    queues: named(network, 'Queue'),
    client: { endpoint, region: settings(code).region, credentials },
  };
};

const named = (outputs: Record<string, string>, kind: string) =>
  Object.fromEntries(
    Object.entries(outputs)
      .filter(([name]) => name.startsWith(kind))
      .map(([name, value]) => [name.slice(kind.length), value]),
  );

const missing = (code: Code, name: string): never => {
  throw new Error(`The stacks of ${code} give no output ${name}`);
};
