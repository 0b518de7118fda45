import { afterAll, describe, expect, test } from 'vitest';
import type { Scopes } from '../../events/case-file.ts';
import type { Fact, Office } from '../../events/envelope.ts';
import { Refused } from '../../shared/errors.ts';
import { partsOf } from '../../shared/referral/case-file-parts.ts';
import { type CutFile, cutFile } from '../../shared/referral/cut-file.ts';
import { fold } from '../../shared/referral/fold.ts';
import { type Access, accessOf } from '../../shared/referral/gate.ts';
import type { Referral } from '../../shared/referral/state.ts';
import { filePartsOf } from '../../shared/vault/opened.ts';
import { caseFile } from '../support/case-file.ts';
import { log, onward, submitted } from '../support/facts.ts';
import { tables } from '../support/gate-tables.ts';
import {
  abroad,
  border,
  contextIn,
  home,
  later,
  police,
  sender,
  shelter,
  stranger,
  third,
  union,
  worker,
} from '../support/people.ts';
import { situations } from '../support/situations.ts';
import { amended } from '../support/steps.ts';

// Whatever a reader may see, of each part it is the version that counts, in every situation of the gate's table.

const amendable = ['identity', 'safe-contact', 'reason'] as const;
type Amendment = { readonly by: 'sender' | 'home'; readonly parts: (typeof amendable)[number][] };
const bySender = (...parts: Amendment['parts']): Amendment => ({ by: 'sender', parts });
const bySharing = (...parts: Amendment['parts']): Amendment => ({ by: 'home', parts });
const histories: readonly Amendment[][] = [
  [],
  ...amendable.map((part) => [bySender(part)]),
  [bySender(...amendable)],
  [bySharing('safe-contact')],
  [bySender('safe-contact'), bySharing('safe-contact')],
  [bySharing('safe-contact'), bySender('safe-contact')],
  [bySender('identity', 'reason'), bySender('identity')],
  [bySender(...amendable), bySharing('safe-contact'), bySender('reason')],
  // No command lets another office amend these; a fact that says so is no version.
  [bySender('identity'), bySharing('identity', 'reason')],
];

const shown: Readonly<Record<(typeof amendable)[number], keyof CutFile>> = {
  identity: 'identity',
  'safe-contact': 'contact',
  reason: 'reason',
};

/** By the words of `lifecycle.md` 26: the last contact of whoever may write one, and else the sender's last; from then on. */
const versionOf = (part: (typeof amendable)[number], all: readonly Amendment[], serves: boolean) =>
  all.findLastIndex(
    ({ by, parts }) =>
      parts.includes(part) && (by === 'sender' || (serves && part === 'safe-contact')),
  );

const first = partsOf(caseFile({ children: [], documents: [] }));
const slotOf = ({ country, seq }: Fact) => `${country}${seq}`;
const scopes = [
  ...['share-coded-summary', 'share-identity', 'share-contact', 'share-reason'],
  ...['share-sensitive-gbv', 'share-sensitive-health'],
];

/** What stands in the vault: each content says in which slot. */
const vaultOf = (later: readonly Fact[]) => ({
  sealed: [
    ...first.map(({ part }) => ({ slot: 'kr1', part, bytes: new Uint8Array() })),
    ...later.map((fact) => ({ slot: slotOf(fact), part: 'amend', bytes: new Uint8Array() })),
  ],
  opened: async ({ slot, part }: { slot: string; part: string }) => {
    if (part === 'identity') return { name: slot };
    if (part === 'summary') return first.find((one) => one.part === part)?.content;
    if (part !== 'amend') return slot;
    return { identity: { name: slot }, safeContact: slot, reason: slot };
  },
});

const met = { readings: 0, newer: 0 };
afterAll(() => {
  expect(met.readings).toBeGreaterThan(4_000);
  expect(met.newer).toBeGreaterThan(4_000);
});

const added = (base: readonly Fact[], all: readonly Amendment[], referral: Referral) =>
  onward(
    base,
    ...all.map(({ by, parts }) => amended(by === 'home' ? home : referral.sender, { parts })),
  );

/** Which version of each part this office reads, for each that it reads. */
const read = async (
  facts: readonly Fact[],
  referral: Referral,
  reader: ReturnType<typeof worker>,
) => {
  const at = later(120);
  const access = accessOf(fold(facts), reader, contextIn('kr', at));
  if (access instanceof Refused) return access.code;
  const brought = facts.filter(({ type, seq }) => type === 'referral.amended.v1' && seq > 1);
  const parts = await filePartsOf(vaultOf(brought), referral, access, at);
  const way = { office: reader.office, direction: 'kr-vn', scopes, identity: ['name'] } as Scopes;
  return { access, cut: cutFile(parts, access, way) };
};

describe.each([
  ['an office abroad', abroad, 'vn', tables.abroad],
  ['an office of the sender’s country', home, 'kr', tables.home],
] as const)('when %s was asked', (_, asked, country, rows) => {
  const all = situations(asked, country);
  const offices: readonly Office[] = [asked, sender, union, third, shelter, stranger];

  test.each(rows.map(([name = '']) => name).filter((name) => name !== 'none'))(
    '%s: of each part what counts',
    async (name) => {
      const base = all[name] ?? [];
      const before = fold(base).referral as Referral;
      for (const amendments of histories) {
        const facts = added(base, amendments, before);
        const referral = fold(facts).referral as Referral;
        const news = facts.slice(base.length);
        const mayWrite = before.offers.some(({ office }) => office === home);
        for (const office of offices)
          for (const role of ['worker', 'supervisor'] as const) {
            const reader = worker(office, role);
            const was = await read(base, before, reader);
            const now = await read(facts, referral, reader);
            // What is amended changes nothing of who reads what.
            if (typeof was === 'string' || typeof now === 'string') {
              expect(now).toBe(was);
              continue;
            }
            expect(now.access).toEqual(was.access);
            expect(Object.keys(now.cut)).toEqual(Object.keys(was.cut));
            for (const part of amendable) {
              const version = versionOf(part, amendments, mayWrite);
              const slot = version < 0 ? 'kr1' : slotOf(news[version] as Fact);
              if (!(shown[part] in now.cut)) continue;
              const its = part === 'identity' ? { name: slot } : slot;
              expect(now.cut[shown[part]], `${part} for ${office}`).toEqual(its);
              met.readings += 1;
              met.newer += Number(slot !== 'kr1');
            }
          }
      }
    },
  );
});

test.each([
  [police, 'kr-vn', { authority: true }],
  [border, 'kr', { authority: true }],
  [abroad, 'kr-vn', {}],
])('%s is cut as an authority only if it is one', (office, direction, expected) => {
  const facts = log(submitted({ lines: [[office]], grants: [{ office, direction }] }));
  const { authority } = accessOf(fold(facts), worker(office), contextIn('kr')) as Access;
  expect({ ...(authority && { authority }) }).toEqual(expected);
});
