import type { Country, Instant } from '../events/envelope.ts';
import { Office } from '../events/envelope.ts';
import type { Directory } from './directory.ts';
import type { Ledger } from './ledger.ts';
import { foldOffice } from './office/fold.ts';
import type { Queue } from './queue.ts';
import { countryOf } from './referral/order.ts';
import type { Matches, Views } from './views.ts';
import type { Wake } from './wake.ts';

type Stores = {
  readonly country: Country;
  readonly ledger: Pick<Ledger, 'load'>;
  readonly directory: Pick<Directory, 'offices'>;
  readonly views: Pick<Views, 'page'>;
  readonly wake: Wake;
  /** The queue of follow-up itself. */
  readonly queue: Queue;
  readonly now: () => Instant;
};

const MINUTE = 60_000;
/** The directory is read at most a minute old, and a list may be behind it. */
const LOOKS = [2 * MINUTE, 30 * MINUTE];
const REFERRALS_A_MESSAGE = 25;

/** Looks at what the office has open, soon and once more: not at once, since the directory must know of it first. */
export const officeSuspended = async ({ country, wake, now }: Stores, office: string) => {
  if (countryOf(office) !== country) return;
  for (const look of LOOKS) await wake(office, inTime(now, look));
};

/** Sends each referral that a suspended office of this country has open to follow-up, some a message. */
export const followOffice = async (w: Stores, subject: string, cursor?: string) => {
  const office = Office.safeParse(subject).data;
  if (!office || countryOf(office) !== w.country || !(await isSuspended(w, office))) return;
  if ((await w.directory.offices())[office]?.active !== false)
    return w.wake(office, inTime(w.now, 2 * MINUTE));
  const page = { limit: REFERRALS_A_MESSAGE, ...(cursor !== undefined && { cursor }) };
  const { items, next } = await w.views.page('inbox', office, page, hasOpen);
  for (const { ref } of items) await w.queue.send({ subject: ref });
  if (next) await w.queue.send({ subject: office, cursor: next });
};

const isSuspended = async ({ ledger }: Stores, office: Office): Promise<boolean> =>
  foldOffice((await ledger.load(office)).map(({ fact }) => fact))?.active === false;

const over = ['completed', 'failed', 'rejected', 'cancelled', 'expired'];
const hasOpen: Matches = (view) =>
  'offers' in view && view.offers.some(({ status }) => !over.includes(status));

const inTime = (now: () => Instant, ms: number): Instant =>
  new Date(Date.parse(now()) + ms).toISOString() as Instant;
