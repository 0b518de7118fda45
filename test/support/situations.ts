import type { Country, Fact, Office } from '../../events/envelope.ts';
import { log, onward, type Step, submitted } from './facts.ts';
import { abroad, home, sender, third, union } from './people.ts';
import {
  accepted,
  acknowledged,
  askedToEnd,
  cancelled,
  completed,
  declined,
  failed,
  made,
  newer,
  progressed,
  started,
} from './steps.ts';

/** Every situation of offer kr1-1 (line l1, of `office`) that the decision table looks at; union has line l2 all the time. */
export const situations = (office: Office, country: Country): Record<string, Fact[]> => {
  const list = [office, ...[abroad, home].filter((o) => o !== office), third];
  const of = { office };
  const begun = log(submitted({ lines: [list, [union]] }));
  const so = (...steps: readonly Step[]) => onward(begun, ...steps);
  const system = { office, actor: `${country}:system` };
  const narrow = [{ office, stages: [1] }, { office: union }, { office: sender }];
  return {
    none: [],
    requested: begun,
    received: so(acknowledged(of)),
    accepted: so(accepted(of)),
    contacted: so(accepted(of), progressed(of)),
    'in-progress': so(accepted(of), progressed(of), started(of)),
    completed: so(accepted(of), progressed(of), started(of), completed(of)),
    failed: so(accepted(of), failed(of)),
    rejected: so(declined(of)),
    'for-a-human': so(declined(of, { reason: 'other', next: 'human' })),
    elsewhere: so(
      made({ office: third, offer: 'kr2-1' }),
      accepted({ office: third, offer: 'kr2-1' }),
    ),
    newer: so(newer),
    'newer-later': so(accepted(of), progressed(of), newer),
    unconsented: log(submitted({ lines: [list, [union]], grants: narrow })),
    ...(country === 'kr'
      ? { cancelled: so(cancelled({ office, actor: sender })) }
      : {
          cancelled: so(askedToEnd(of), cancelled(system)),
          asked: so(askedToEnd(of)),
          'asked-later': so(acknowledged(of), askedToEnd(of)),
          crossed: so(accepted(of), progressed(of), askedToEnd(of)),
        }),
  };
};
