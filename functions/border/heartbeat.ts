import type { Heartbeat } from '../../events/border.ts';
import { lagOf } from '../../shared/heartbeat.ts';
import { metric } from '../../shared/metric.ts';
import { beats, bus, country, env, now } from '../../shared/world.ts';

/** Every five minutes: a sign of life to the peer with the address of our API, and how long ago the peer's own was sent. */
export const handler = async (): Promise<void> => {
  const from = country();
  const time = now();
  const beat: Heartbeat = {
    specversion: '1.0',
    id: `heartbeat/${from}/${Date.parse(time)}`,
    source: `urn:referrals:${from}`,
    type: 'border.heartbeat.v1',
    time,
    api: env('API_URL'),
  };
  await bus().publish([
    { source: `border.${from}`, type: beat.type, detail: JSON.stringify(beat) },
  ]);
  const heard = await beats().heard();
  if (heard) metric(from, 'BorderLagSeconds', lagOf(heard.sentAt, time), 'Seconds');
};
