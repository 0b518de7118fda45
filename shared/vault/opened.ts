import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { CaseFile, ConsentRecord, Scopes } from '../../events/case-file.ts';
import { commands } from '../../events/commands.ts';
import type { Country, Fact, Instant } from '../../events/envelope.ts';
import { Amendable } from '../../events/referral.ts';
import { Refused } from '../errors.ts';
import { amendedAs, type FilePart, fields, partsOf } from '../referral/case-file-parts.ts';
import type { Access } from '../referral/gate.ts';
import type { Note } from '../referral/notes.ts';
import { checkedUntil, presentContact, presentPart } from '../referral/present-contact.ts';
import type { Grant, Position, Referral } from '../referral/state.ts';
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
type Opening = Pick<Awaited<ReturnType<typeof vaultOf>>, 'sealed' | 'opened'>;

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
): Promise<object[]> => {
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

/** Where a record of consent stands: with the submission, or with a later record. */
const RECORDS: Readonly<Record<string, (content: unknown) => ConsentRecord>> = {
  consent: (content) => content as ConsentRecord,
  'record-consent': (content) => (content as { record: ConsentRecord }).record,
};

/**
 * What her records here allow by these grants: only what each of them allows. What another office than the sender recorded
 * narrows or renews, and adds nothing: it counts only as far as the sender's own record before it, for the same way.
 */
export const scopesOf = async (
  vault: Opening,
  { grants }: Pick<Access, 'grants'>,
  referral: Referral,
): Promise<Scopes | undefined> => {
  const all = referral.consent.grants;
  const found = await Promise.all(
    grants.map(async (id) => {
      const grant = all.find((one) => one.id === id);
      return grant && allowedBy(vault, grant, referral);
    }),
  );
  const [first, ...others] = found;
  return others.reduce(common, first);
};

/** The last record first, back to the sender's; one that was recorded abroad is not here, and counts by its fact. */
const allowedBy = async (
  { sealed, opened }: Opening,
  grant: Grant,
  { consent, senders }: Referral,
): Promise<Scopes | undefined> => {
  const same = consent.grants.filter((one) => isFor(one, grant));
  const until = same.slice(0, same.indexOf(grant) + 1).toReversed();
  let allowed: Scopes | undefined;
  for (const { recorded } of until) {
    const { country, seq } = recorded;
    const one = sealed.find((s) => s.slot === `${country}${seq}` && s.part in RECORDS);
    const record = one && RECORDS[one.part]?.(await opened(one));
    const scopes = record?.scopes.find((s) => isFor(s, grant));
    if (!scopes) continue;
    allowed = allowed ? common(allowed, scopes) : scopes;
    const later = consent.records.find(({ at }) => at.country === country && at.seq === seq);
    if (!later || senders.some(({ office }) => office === later.office)) return allowed;
  }
  return undefined;
};

type Way = Pick<Grant, 'office' | 'direction'>;
const isFor = (a: Way, b: Way) => a.office === b.office && a.direction === b.direction;

const common = (a: Scopes | undefined, b: Scopes | undefined): Scopes | undefined => {
  if (!a || !b) return undefined;
  const both = <T>(x: readonly T[] = [], y: readonly T[] = []) =>
    x.filter((one) => y.includes(one));
  return {
    ...a,
    scopes: both(a.scopes, b.scopes),
    children: both(a.children, b.children),
    documents: both(a.documents, b.documents),
  };
};
