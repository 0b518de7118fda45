import type { Instant, Office } from '../../events/envelope.ts';
import type { Command, Worker } from '../../shared/referral/command.ts';
import { countryOf, directionTo, peerOf } from '../../shared/referral/order.ts';
import { command } from '../support/given.ts';
import { abroad, helpline, home, sender, third, union } from '../support/people.ts';
import type { Chance } from './chance.ts';
import { DAY, MINUTE } from './config.ts';

const asked: readonly Office[] = [home, abroad, union, third, sender];

export const notice = {
  noticeVersion: 'test',
  noticeHash: 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg',
};

/** Any referral that this office may send: of either reach and any urgency, for one line or two. */
export const anySubmission = (caller: Worker, at: Instant, chance: Chance): Command => {
  const from = caller.office;
  const country = countryOf(from);
  const reach = chance.yes(0.8) ? 'both' : country;
  const may = asked.filter((o) => o !== from && (reach === 'both' || countryOf(o) === country));
  const far = may.filter((office) => countryOf(office) !== country);
  const lines = Array.from({ length: 1 + chance.below(2) }, (_, i) => {
    const offices = chance.shuffled(may).slice(0, 1 + chance.below(3));
    if (i > 0 || reach !== 'both') return { offices };
    const first = chance.pick(far);
    return { offices: [first, ...offices.filter((office) => office !== first)] };
  });
  const stages = [1, 2];
  const expires = new Date(
    Date.parse(at) + (chance.yes(0.2) ? chance.between(0.05, 2) : chance.between(20, 300)) * DAY,
  ).toISOString();
  const back = { office: from, direction: `${peerOf(country)}-${country}`, stages, expires };
  const urgency = chance.pick(['emergency', 'urgent', 'urgent', 'normal']);
  return command('submit', caller, {
    reach,
    urgency,
    lines,
    consent: {
      ...notice,
      feedback: chance.pick(['none', 'outcome', 'progress', 'progress']),
      contact: chance.pick(['office-contacts-person', 'person-contacts-office']),
      grants: [
        ...may.map((office) => ({
          office,
          direction: directionTo(country, office),
          stages,
          onward: may.filter((other) => other !== office),
          expires,
        })),
        // An office there may ask another there, or one here: nobody is named twice in one direction.
        ...(reach === 'both' ? may : []).map((office) => ({
          office,
          direction: directionTo(peerOf(country), office),
          stages,
          onward: may.filter((other) => other !== office),
          expires,
        })),
        ...(reach === 'both' ? [back] : []),
      ],
    },
    helplines: chance.yes(0.5) ? [helpline] : [],
    ...(urgency === 'emergency' && {
      handOver: { at: new Date(Date.parse(at) - MINUTE).toISOString(), result: 'answered' },
    }),
  });
};
