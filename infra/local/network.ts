import { join } from 'node:path';
import { codes } from '../countries.ts';
import { startLocalAws } from './aws.ts';
import { type Carrier, startCarrier } from './carrier.ts';
import { countryOf, type LocalCountry, settings } from './country.ts';
import { deploy } from './deploy.ts';

export interface Network {
  readonly endpoint: string;
  readonly countries: { readonly kr: LocalCountry; readonly vn: LocalCountry };
  readonly carrier: Carrier;
  /** What the emulator and the functions said; absent for somebody else's endpoint. */
  readonly log?: string;
  stop(): Promise<void>;
}

const root = join(import.meta.dirname, '..', '..');

/** A whole network of its own on the local AWS: both countries deployed, and the border between them open. */
export const startNetwork = async (): Promise<Network> => {
  const aws = await startLocalAws(root);
  const { endpoint, log } = aws;
  try {
    const environments = codes.map(settings).map((c) => `aws://${c.account}/${c.region}`);
    const outputs = await deploy({ root, endpoint, environments });
    const countries = {
      kr: countryOf('kr', outputs, endpoint),
      vn: countryOf('vn', outputs, endpoint),
    };
    const carrier = startCarrier(countries);
    const stop = async () => {
      await carrier.stop();
      await aws.stop();
    };
    return { endpoint, countries, carrier, log, stop };
  } catch (error) {
    await aws.stop();
    throw error;
  }
};
