import type { Fact, Instant } from '../../events/envelope.ts';
import sample from '../../events/samples/office.registered.v1.json' with { type: 'json' };
import { foldOffice, type OfficeState } from '../../shared/office/fold.ts';
import { later, noon } from './people.ts';

export const office = 'vn-invented-desk';
const days = 24 * 60;

/** So many days after noon. */
export const inDays = (n: number): Instant => later(n * days);

const { offices: _, ...entry } = sample.data;
export const registeredEntry = entry;

type OfficeStep = {
  readonly type: string;
  readonly data?: object;
  readonly actor?: string;
  readonly at?: Instant;
  readonly country?: 'kr' | 'vn';
};

/** An office's log: its registration, then these. */
export const officeLog = (...steps: readonly OfficeStep[]): Fact[] =>
  [{ type: 'office.registered.v1', data: entry, actor: 'vn:operator' }, ...steps].map(
    ({ type, data = {}, actor = office, at = noon, country = 'vn' }: OfficeStep, i) => ({
      specversion: '1.0',
      id: `${office}/${country}/${i + 1}`,
      source: `urn:referrals:${country}`,
      type,
      subject: office,
      time: at,
      country,
      seq: i + 1,
      seen: 0,
      reach: 'both',
      actor: actor as Fact['actor'],
      data: { offices: [office], ...data } as unknown as Fact['data'],
    }),
  );

/** The entry that a log gives. */
export const entryAfter = (...steps: readonly OfficeStep[]): OfficeState => {
  const state = foldOffice(officeLog(...steps));
  if (!state) throw new Error('no entry');
  return state;
};

/** An entry of the directory with something changed. */
export const officeWith = (id: string, change: Partial<Record<keyof OfficeState, unknown>> = {}) =>
  ({ ...entryAfter(), office: id, ...change }) as OfficeState;
