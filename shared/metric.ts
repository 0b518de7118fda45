import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

/** Writes one number to CloudWatch (embedded metric format), namespace `Referrals`, by country and, where given, by area. */
export const metric = (
  country: string,
  name: string,
  value: number,
  unit: 'Count' | 'Seconds' = 'Count',
  area?: string,
) => {
  const metrics = new Metrics({ namespace: 'Referrals' });
  // Else it adds `service`, and no alarm would see the number.
  metrics.clearDefaultDimensions();
  metrics.addDimension('country', country);
  if (area !== undefined) metrics.addDimension('area', area);
  metrics.addMetric(name, MetricUnit[unit], value);
  metrics.publishStoredMetrics();
};
