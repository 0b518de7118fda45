import { Heartbeat } from '../../events/border.ts';
import { eachMessage } from '../../shared/consume.ts';
import { isAhead } from '../../shared/heartbeat.ts';
import { log } from '../../shared/log.ts';
import { metric } from '../../shared/metric.ts';
import { received } from '../../shared/received.ts';
import { peerOf } from '../../shared/referral/order.ts';
import { beats, country, ledger, now, queue } from '../../shared/world.ts';

/** The peer's facts into their slots of our ledger, and its heartbeats into theirs. */
export const handler = eachMessage(async (message) => {
  const { source, detail } = message as { source?: string; detail?: unknown };
  const peer = peerOf(country());
  const beat = source === `border.${peer}` ? Heartbeat.safeParse(detail).data : undefined;
  if (beat?.source === `urn:referrals:${peer}` && !isAhead(beat.time, now()))
    return beats().hear({ sentAt: beat.time, receivedAt: now(), api: beat.api });
  const ours = { ledger: ledger(), peer, now };
  const outcome = source === `referrals.${peer}` ? await received(ours, detail) : 'refused';
  const { id, seq } = detail as { id?: string; seq?: number };
  log.info('received', { outcome, id, seq });
  if (outcome === 'waiting') metric(country(), 'FactsWaiting', 1);
  if (outcome === 'refused') {
    await queue('REFUSED').send(message as object);
    metric(country(), 'FactsRefused', 1);
  }
  return outcome === 'waiting' ? 'again' : undefined;
});
