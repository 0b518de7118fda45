import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Country } from '../countries.ts';
import { perFiveMinutes } from './call.ts';

/** A number that our functions write (`shared/metric.ts`). */
export const ownMetric = ({ code }: Country, metricName: string, statistic: 'Sum' | 'Maximum') =>
  new Metric({
    namespace: 'Referrals',
    metricName,
    dimensionsMap: { country: code },
    period: perFiveMinutes,
    statistic,
  });
