import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Country } from '../countries.ts';

/** Where a part stands: its country, and who is called when it fails. */
export interface Place {
  readonly country: Country;
  readonly alarms: ITopic;
}
