import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ConsentRecord, Scopes } from '../../events/case-file.ts';
import { commands } from '../../events/commands.ts';
import type { Country, Fact } from '../../events/envelope.ts';
import { Refused } from '../errors.ts';
import type { FilePart } from '../referral/case-file-parts.ts';
import type { Access } from '../referral/gate.ts';
import type { Note } from '../referral/notes.ts';
import type { Grant, Referral } from '../referral/state.ts';
import type { KeyOpener } from './keys.ts';
import { open } from './seal.ts';
import { type Sealed, sealedIn, type Tables, wrappedIn } from './vault.ts';

export type Vault = {
  readonly country: Country;
  readonly client: DynamoDBClient;
  readonly tables: Pick<Tables, 'vault' | 'keys'>;
  readonly unwrap: KeyOpener;
};

/** What is sealed of a referral here; opened part by part, a key for each fact, none kept. */
export const vaultOf = async ({ country, client, tables, unwrap }: Vault, referral: string) => {
  const wrapped = await wrappedIn(client, tables, referral);
  if (wrapped === 'erased') throw erased();
  const sealed = await sealedIn(client, tables, referral);
  const opened = async ({ slot, part, bytes }: Sealed): Promise<unknown> => {
    const under = wrapped.get(slot);
    if (!under) throw erased(); // the tombstone stands by now
    const key = await unwrap({ country, referral }, under);
    const content = await open(key, { country, referral, slot, part }, bytes);
    key.fill(0);
    return content;
  };
  return { sealed, opened };
};
type Opening = Awaited<ReturnType<typeof vaultOf>>;

const erased = () => new Refused('access-closed', 403, 'What was known is destroyed');

/** The case file as it was brought; `only` the parts of these names. */
export const filePartsOf = async (
  { sealed, opened }: Opening,
  { origin }: Pick<Referral, 'origin'>,
): Promise<FilePart[]> => {
  const parts = sealed.filter(({ slot }) => slot === `${origin}1`);
  return Promise.all(
    parts.map(async (one) => ({ part: one.part, content: await opened(one) }) as FilePart),
  );
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
 * What her records here allow by these grants: only what each of them allows. A grant that was recorded abroad narrows or renews,
 * and adds nothing: what it may open stands in the last record here for the same way.
 */
export const scopesOf = async (
  { sealed, opened }: Opening,
  { grants }: Pick<Access, 'grants'>,
  referral: Referral,
): Promise<Scopes | undefined> => {
  const all = referral.consent.grants;
  const found = await Promise.all(
    grants.map(async (id): Promise<Scopes | undefined> => {
      const grant = all.find((one) => one.id === id);
      if (!grant) return undefined;
      for (const slot of slotsFor(grant, all)) {
        const one = sealed.find((s) => s.slot === slot && s.part in RECORDS);
        const record = one && RECORDS[one.part]?.(await opened(one));
        const scopes = record?.scopes.find((s) => isFor(s, grant));
        if (scopes) return scopes;
      }
      return undefined;
    }),
  );
  const [first, ...others] = found;
  return first && others.reduce<Scopes | undefined>(common, first);
};

type Way = Pick<Grant, 'office' | 'direction'>;
const isFor = (a: Way, b: Way) => a.office === b.office && a.direction === b.direction;

/** The record of the grant itself, then those before it for the same way, the last first. */
const slotsFor = (grant: Grant, all: readonly Grant[]): string[] => {
  const before = all.slice(0, all.indexOf(grant) + 1).filter((one) => isFor(one, grant));
  return before.toReversed().map(({ recorded: { country, seq } }) => `${country}${seq}`);
};

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
