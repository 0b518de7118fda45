import type { Fact } from '../../events/envelope.ts';
import { log, onward, submitted } from './facts.ts';
import { abroad, helpline, home, sender, third, union } from './people.ts';
import {
  accepted,
  asked,
  askedToCancel,
  consentWithdrawn,
  declined,
  made,
  safetyHeld,
} from './steps.ts';

const away = { reason: 'other', next: 'human' };
const other = { office: home, offer: 'kr1-4' };

/** Two clocks of each kind run: offers asked, services asked to end, open lines, safety holds, withdrawals. */
export const busy: readonly Fact[] = onward(
  log(
    submitted({
      lines: [[abroad], [union], [third], [home], [abroad], [abroad], [abroad]],
      helplines: [helpline],
    }),
  ),
  accepted({}, { lines: ['l1', 'l5'], left: ['l6', 'l7'].map((line) => ({ line, ...away })) }),
  declined({ office: third, offer: 'kr1-3' }, away),
  accepted(other, { lines: ['l4'] }),
  askedToCancel({}, { lines: ['l1'] }),
  askedToCancel(other, { lines: ['l4'] }),
  made({ office: third, offer: 'kr5-1', actor: sender }, { lines: ['l3'] }),
  asked({ office: union, offer: 'kr1-2' }),
  safetyHeld(sender, 'kr6-1'),
  safetyHeld(sender, 'kr7-1'),
  safetyHeld(abroad, 'vn4-1'),
  consentWithdrawn(union, 'vn5-1', 'kr1-5'),
  consentWithdrawn(sender, 'kr8-1', 'kr1-5'),
);
