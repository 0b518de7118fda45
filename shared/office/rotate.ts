import { isDeepStrictEqual } from 'node:util';
import { Instant } from '../../events/envelope.ts';
import type { OwnInput } from '../../events/office-commands.ts';
import { MOST_KEYS } from '../../events/office-entry.ts';
import { invalid, Refused } from '../errors.ts';
import type { OfficeKey, OfficeState } from './fold.ts';
import { counts } from './key.ts';

const ONE_DAY = 24 * 3600_000;

/** Which keys come, after a day in which the office may object, and which go at once; nothing when all that was done. */
export const rotated = (state: OfficeState, input: OwnInput<'rotate-keys'>, at: Instant) => {
  const { add = [], remove = [] } = input;
  if (add.length + remove.length === 0) throw invalid('/add', 'Name a key to add or to remove');
  for (const [i, { key }] of add.entries()) {
    checkNew(state, key, `/add/${i}/key/kid`);
    if (key.use === 'enc' && key.kty !== 'EC')
      throw invalid(`/add/${i}/key/kty`, 'A key to encrypt for must be EC, P-256');
  }
  if (new Set(add.map(({ key }) => key.kid)).size !== add.length)
    throw invalid('/add', 'Name each key once');
  for (const [i, kid] of remove.entries())
    if (!state.retired.includes(kid) && !state.keys.some((key) => key.kid === kid))
      throw invalid(`/remove/${i}`, 'Must be the kid of a key that this office has');
  const added = add.map(({ key }) => key).filter(({ kid }) => !find(state, kid));
  const removed = [...new Set(remove)].filter((kid) => !state.retired.includes(kid));
  if (added.length + removed.length === 0) return undefined;
  const left = state.keys.filter(({ kid }) => !removed.includes(kid));
  if (!left.some((key) => key.use === 'sig' && counts(key, at)))
    throw new Refused(
      'last-key',
      409,
      'Leave a signing key that counts now; if it was stolen, have the operators suspend the office',
    );
  if (left.length + added.length > MOST_KEYS)
    throw new Refused('limit-reached', 409, `An office has at most ${MOST_KEYS} keys`);
  return { added, removed, from: Instant.parse(new Date(Date.parse(at) + ONE_DAY).toISOString()) };
};

const find = ({ keys }: OfficeState, kid: string) => keys.find((key) => key.kid === kid);

/** The same key again is a retry; a name is never used for another key. */
const checkNew = (state: OfficeState, key: OfficeKey, field: string) => {
  const { from: _, ...present } = find(state, key.kid) ?? {};
  const taken = 'kid' in present && !isDeepStrictEqual(present, key);
  if (taken || state.retired.includes(key.kid))
    throw invalid(field, 'This kid stands for another key: take a new one');
};
