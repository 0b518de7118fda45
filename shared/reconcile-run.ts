import type { Repaired } from './peer.ts';
import type { Place, Run } from './reconcile-messages.ts';
import { SEGMENTS } from './slots.ts';

type Done = Partial<Repaired> & {
  readonly putBack?: number;
  readonly missing?: number;
  readonly next?: string | undefined;
};
type Step = (place: Place) => Promise<Done>;
/** One page of each side: what the peer keeps for us, our half, the peer's half, what we still lack. */
export type Steps = Readonly<Record<Place['side'], Step>>;

type Tally = { toPeer: number; toBus: number; putBack: number };
export type Ran = {
  readonly ours: Tally;
  readonly theirs: Tally;
  /** Nobody answered at the peer's: what crosses the border is as it was. */
  readonly silent: boolean;
  /** Facts that a restored ledger still lacks, of those that are known to have been. */
  readonly missing?: number;
  readonly next?: Place[];
};

/** Goes through both ledgers page by page, the parts of a scan side by side, for as long as there is time. */
export const reconcileAll = async (
  steps: Steps,
  run: Run,
  { restoring, enough }: { restoring: boolean; enough: () => boolean },
): Promise<Ran> => {
  const ours = { toPeer: 0, toBus: 0, putBack: 0 };
  const theirs = { toPeer: 0, toBus: 0, putBack: 0 };
  let { silent } = run;
  let missing = 0;
  const whole = restoring && run.all;
  const sides: readonly Place['side'][] = whole ? restored : usual;
  const after = (place: Place): Place | undefined => {
    const side = sides[sides.indexOf(place.side) + 1];
    return side && { side, segment: place.segment };
  };
  const step = async (place: Place): Promise<Place | undefined> => {
    if (place.side === 'theirs' && (run.alone || silent)) return after(place);
    const done = await steps[place.side](place).catch((error: unknown): Done => {
      if (place.side !== 'theirs') throw error;
      return { silent: true };
    });
    const tally = place.side === 'theirs' ? theirs : ours;
    for (const key of ['toPeer', 'toBus', 'putBack'] as const) tally[key] += done[key] ?? 0;
    missing += done.missing ?? 0;
    silent ||= done.silent ?? false;
    return done.next === undefined ? after(place) : { ...place, at: done.next };
  };
  const walk = async (place: Place) => {
    let here: Place | undefined = place;
    do here = await step(here);
    while (here && enough());
    return here ?? [];
  };
  const [first] = sides;
  const parts = run.all && !run.subject ? SEGMENTS : 1;
  const from =
    run.from ?? Array.from({ length: parts }, (_, segment) => ({ side: first, segment }));
  const next = (await Promise.all(from.map((place) => walk(place as Place)))).flat();
  return { ours, theirs, silent, ...(whole && { missing }), ...(next.length > 0 && { next }) };
};

const usual = ['ours', 'theirs'] as const;
const restored = ['copies', ...usual, 'missing'] as const;
