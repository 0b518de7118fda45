import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { CaseFile } from '../../events/case-file.ts';
import { commands } from '../../events/commands.ts';
import type { Country, Fact, Instant } from '../../events/envelope.ts';
import { Amendable } from '../../events/referral.ts';
import { Refused } from '../errors.ts';
import { amendedAs, type FilePart, fields, partsOf } from '../referral/case-file-parts.ts';
import type { Access } from '../referral/gate.ts';
import type { Note } from '../referral/notes.ts';
import { checkedUntil, presentContact, presentPart } from '../referral/present-contact.ts';
import type { Position, Referral } from '../referral/state.ts';
import { currentPlan } from '../referral/travel.ts';
import type { KeyOpener } from './keys.ts';
import { open } from './seal.ts';
import { DUPLICATE_REASON, type Sealed, sealedIn, type Tables, wrappedIn } from './vault.ts';

export type Vault = {
  readonly country: Country;
  readonly client: DynamoDBClient;
  readonly tables: Pick<Tables, 'vault' | 'keys'>;
  readonly unwrap: KeyOpener;
};

/** What is sealed of a referral here, opened part by part. `close` forgets the keys, which are asked for once a fact. */
export const vaultOf = async ({ country, client, tables, unwrap }: Vault, referral: string) => {
  const wrapped = await wrappedIn(client, tables, referral);
  if (wrapped === 'erased') throw erased();
  const sealed = await sealedIn(client, tables, referral);
  const keys = new Map<string, Promise<Uint8Array>>();
  const keyOf = (slot: string) => {
    const under = wrapped.get(slot);
    if (!under) throw erased(); // the tombstone stands by now
    const key = keys.get(slot) ?? unwrap({ country, referral }, under);
    keys.set(slot, key);
    return key;
  };
  return {
    sealed,
    opened: async ({ slot, part, bytes }: Sealed): Promise<unknown> =>
      open(await keyOf(slot), { country, referral, slot, part }, bytes),
    close: async () => {
      for (const key of await Promise.allSettled(keys.values()))
        if (key.status === 'fulfilled') key.value.fill(0);
    },
  };
};
export type Opening = Pick<Awaited<ReturnType<typeof vaultOf>>, 'sealed' | 'opened'>;

const erased = () => new Refused('access-closed', 403, 'What was known is destroyed');

/** The parts of the case file that this access may show any of: of each the version that counts. */
export const filePartsOf = async (
  { sealed, opened }: Opening,
  referral: Referral,
  access: Pick<Access, 'as' | 'stage'>,
  at: Instant,
): Promise<FilePart[]> => {
  const first = `${referral.origin}1`;
  const until = access.as === 'checker' ? checkedUntil(referral, at) : undefined;
  const counts = (part: Amendable) =>
    part === 'safe-contact' ? presentContact(referral, until) : presentPart(referral, part);
  const plan = currentPlan(referral);
  const isFirst = ({ slot, part }: Sealed) => {
    const name = amendedAs(part);
    // A date that was planned anew is nobody's to wait on.
    if (part === 'travel' && plan) return false;
    return slot === first && part !== DUPLICATE_REASON && (!name || counts(name) === first);
  };
  const file = sealed
    .filter((one) => isFirst(one) && mayShow(access, one.part))
    .map(async (one) => [{ part: one.part, content: await opened(one) } as FilePart]);
  const later = sealed.map(async (one): Promise<FilePart[]> => {
    if (one.part === 'plan-travel' && plan && slotOf(plan.at) === one.slot)
      return mayShow(access, 'travel') ? partsOf({ travelDate: dateIn(await opened(one)) }) : [];
    const here = Amendable.options.filter(
      (part) => one.slot !== first && counts(part) === one.slot,
    );
    const shown = here.filter((part) =>
      mayShow(access, part === 'safe-contact' ? 'contact' : part),
    );
    if (one.part !== 'amend' || shown.length === 0) return [];
    const brought = (await opened(one)) as Partial<CaseFile>;
    const fresh = shown.map((part) => [fields[part], brought[fields[part]]]);
    return partsOf(Object.fromEntries(fresh));
  });
  return (await Promise.all([...file, ...later])).flat();
};

const slotOf = ({ country, seq }: Position) => `${country}${seq}`;
const dateIn = (content: unknown) => (content as { date: string }).date;

const mayShow = ({ as, stage }: Pick<Access, 'as' | 'stage'>, part: string): boolean => {
  if (as === 'checker') return part === 'contact';
  return stage === 2 || part === 'summary';
};

/** What came with later facts, and this office may read, in the order of its slots. */
export const notesOf = async (
  { sealed, opened }: Opening,
  facts: readonly Fact[],
  may: (note: Note) => boolean,
): Promise<{ fact: Fact['id']; command: string; content: unknown }[]> => {
  const found = sealed.flatMap((one) => {
    const fact = facts.find((f) => `${f.country}${f.seq}` === one.slot);
    return fact && one.part in commands && may({ part: one.part, fact }) ? [{ one, fact }] : [];
  });
  return Promise.all(
    found.map(async ({ one, fact }) => ({
      fact: fact.id,
      command: one.part,
      content: await opened(one),
    })),
  );
};
