import type { Fact, Office } from '../../events/envelope.ts';
import { log, moreGrants, type Step, type Submission, submitted, takesOver } from './facts.ts';
import { abroad, helpline, home, sender, shelter, union } from './people.ts';
import {
  accepted,
  acknowledged,
  asked,
  askedToCancel,
  cancelled,
  completed,
  consentWithdrawn,
  declined,
  failed,
  handedOn,
  handOverProposed,
  held,
  liftProposed,
  made,
  placedLine,
  progressed,
  referred,
  safetyHeld,
  started,
  travelPlanned,
} from './steps.ts';

type From = (of: Submission, ...steps: readonly Step[]) => Fact[];

/** An office that serves her, and may refer her onward or has: in its country, across the border, and back. */
const families = (from: From): Record<string, Fact[]> => {
  const grants = moreGrants;
  const one = { lines: [[abroad, union, home]], grants };
  const near = { lines: [[home, abroad, union]], grants };
  const two = { lines: [[abroad], [abroad]], grants };
  const lines = ['l1', 'l2'];
  const toUnion = referred({ to: union, offer: 'vn2-1' });
  const toHome = referred({ to: home, offer: 'vn2-1' });
  const child = (office: Office) => ({ office, offer: 'vn2-1' });
  return {
    'accepted abroad, may refer onward': from(one, accepted()),
    'accepted at home, may refer onward': from(near, accepted({ office: home })),
    'referred onward abroad': from(one, accepted(), toUnion),
    'referred back from abroad': from(one, accepted(), toHome),
    'referred abroad from home': from(
      near,
      accepted({ office: home }),
      referred({ by: home, to: abroad, offer: 'kr3-1' }),
    ),
    'two lines referred back from abroad': from(
      two,
      accepted({}, { lines }),
      referred({ to: home, offer: 'vn2-1' }, { lines }),
    ),
    'taken over at home': from(one, accepted(), toHome, accepted(child(home)), handedOn()),
    'taken over abroad': from(one, accepted(), toUnion, accepted(child(union)), handedOn()),
    'referred onward twice': from(
      one,
      ...[accepted(), toUnion, accepted(child(union)), handedOn()],
      referred({ by: union, to: home, offer: 'vn5-1' }, { partOf: 'vn2-1' }),
    ),
    'asked to cancel what was taken over': from(
      one,
      ...[accepted(), toHome, accepted(child(home)), askedToCancel(), handedOn()],
    ),
    'taken over at home, where the first had given up': from(
      one,
      ...[accepted(), toHome, accepted(child(home))],
      failed({}, { lines: [{ line: 'l1', state: 'failed', next: 'none' }] }),
      completed(child(home)),
    ),
    'referred back, beside an open one': from(
      one,
      made({ office: union, offer: 'kr2-1', actor: sender }),
      accepted(),
      toHome,
    ),
  };
};

/** Where both countries stand when the line is cut: offer kr1-1 abroad or at home, alone or beside another. */
export const bases = (): Record<string, Fact[]> => {
  const from = (of: Submission, ...steps: readonly Step[]) => log(submitted(of), ...steps);
  const one = { lines: [[abroad, union, home]] };
  const near = { lines: [[home, abroad, union]] };
  const family = {
    lines: [
      [abroad, union],
      [home, abroad],
    ],
  };
  const together = {
    lines: [
      [abroad, union],
      [abroad, home],
    ],
  };
  const beside = (office: Office) => made({ office, offer: 'kr2-1', actor: sender });
  const second = (office: Office) => ({ office, offer: 'kr2-1' });
  const begun = (of: { office?: Office; offer?: string } = {}) => [
    accepted(of),
    progressed(of),
    started(of),
  ];
  return {
    'requested abroad': from(one),
    'received abroad': from(one, acknowledged()),
    'asked back from abroad': from(one, asked()),
    'accepted abroad': from(one, accepted()),
    'contacted abroad': from(one, accepted(), progressed()),
    'in progress abroad': from(one, ...begun()),
    'on hold abroad': from(one, ...begun(), held()),
    'asked to cancel abroad': from(one, ...begun(), askedToCancel()),
    'completed abroad': from(one, ...begun(), completed()),
    'failed abroad, open again': from(
      one,
      accepted(),
      failed({}, { lines: [{ line: 'l1', state: 'failed', next: 'sender' }] }),
    ),
    'declined abroad': from(one, declined({}, { next: 'sender' })),
    'requested at home': from(near),
    'received at home': from(near, acknowledged({ office: home })),
    'accepted at home': from(near, accepted({ office: home })),
    'in progress at home': from(near, ...begun({ office: home })),
    'on hold at home': from(near, ...begun({ office: home }), held({ office: home })),
    'requested in both countries for two lines': from(family),
    'accepted abroad, requested at home, for two lines': from(family, accepted()),
    'two lines requested abroad': from(together),
    'two lines accepted abroad': from(together, accepted({}, { lines: ['l1', 'l2'] })),
    'requested abroad, beside another there': from(one, beside(union)),
    'requested abroad, beside one at home': from(one, beside(home)),
    'accepted abroad, beside an open one at home': from(one, beside(home), accepted()),
    'accepted at home, beside an open one abroad': from(
      one,
      beside(home),
      accepted({ office: home, offer: 'kr2-1' }),
    ),
    'asked to cancel abroad, beside one at home': from(
      one,
      beside(home),
      ...begun(),
      askedToCancel(),
    ),
    'contested by both countries': from(one, beside(home), accepted(), accepted(second(home))),
    'contested, begun in both countries': from(
      one,
      beside(home),
      ...begun(),
      ...begun(second(home)),
    ),
    'placed at home, accepted abroad too': from(
      one,
      beside(home),
      accepted(),
      accepted(second(home)),
      placedLine('kr2-1'),
    ),
    'contested, reached by both': from(
      one,
      beside(home),
      accepted(),
      accepted(second(home)),
      progressed(),
      progressed(second(home)),
    ),
    'chosen once, failed, open again': from(
      one,
      beside(home),
      accepted(),
      accepted(second(home)),
      placedLine('kr1-1'),
      cancelled({ office: home, actor: home, offer: 'kr2-1' }, { cause: 'receiver', next: 'none' }),
      failed({}, { lines: [{ line: 'l1', state: 'failed', next: 'sender' }] }),
    ),
    'consent withdrawn at home, accepted abroad': from(
      { ...one, helplines: [helpline] },
      accepted(),
      consentWithdrawn(sender, 'kr2-1', 'kr1-1'),
    ),
    'consent withdrawn abroad, in progress there': from(
      { ...one, helplines: [helpline] },
      ...begun(),
      consentWithdrawn(abroad, 'vn4-1', 'kr1-1', 'kr1-2', 'kr1-3', 'kr1-4', 'kr1-5'),
    ),
    'failed abroad, asked at home': from(
      one,
      accepted(),
      failed({}, { lines: [{ line: 'l1', state: 'failed', next: 'sender' }] }),
      beside(home),
    ),
    'on a safety hold, a lift proposed abroad': from(
      one,
      ...[accepted(), safetyHeld(sender, 'kr2-1')],
      liftProposed(abroad, 'vn2-1', 'kr2-1'),
    ),
    'on hold abroad until she arrives': from(
      one,
      ...[travelPlanned(sender, 'kr2-1'), accepted()],
      held({}, { awaitsArrival: true, pausesContact: true, review: undefined }),
    ),
    'one line’s second office, the other’s first': from(
      family,
      declined(),
      made({ office: union, offer: 'kr2-1' }),
    ),
    ...families(from),
    'to be handed over, asked abroad': from(
      { ...one, grants: [...moreGrants, ...takesOver(shelter)] },
      ...[handOverProposed(shelter), acknowledged()],
    ),
    'to be handed over, served abroad': from(
      { ...one, grants: [...moreGrants, ...takesOver(shelter)] },
      ...[accepted(), handOverProposed(shelter)],
    ),
  };
};
