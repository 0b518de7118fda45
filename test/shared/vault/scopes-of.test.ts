import { describe, expect, test } from 'vitest';
import type { Fact, Office } from '../../../events/envelope.ts';
import type { GrantId } from '../../../events/referral.ts';
import type { FilePart } from '../../../shared/referral/case-file-parts.ts';
import { partsOf } from '../../../shared/referral/case-file-parts.ts';
import { fold } from '../../../shared/referral/fold.ts';
import { scopesOf } from '../../../shared/vault/scopes-of.ts';
import { caseFile, record } from '../../support/case-file.ts';
import { log, onward, type Step, submitted, takesOver } from '../../support/facts.ts';
import { abroad, home, sender, shelter } from '../../support/people.ts';
import {
  consentRecorded,
  consentRecordedFor,
  handOverProposed,
  made,
  takenOver,
} from '../../support/steps.ts';

const SUMMARY = ['share-coded-summary'];
const SOME = [...SUMMARY, 'share-identity', 'share-contact'];
const ALL = [...SOME, 'share-reason', 'share-sensitive-gbv', 'share-sensitive-health'];

type Given = { readonly scopes: readonly string[]; readonly more?: object };
/** What stands in the vault of Korea: the file with the first record, and the later ones by their slot. */
const vault = (
  way: { office: Office; direction: string },
  first: Given,
  later: Readonly<Record<string, Given>> = {},
  file: object = {},
) => {
  const of = ({ scopes, more }: Given) => record([], { scopes: [{ ...way, scopes }], ...more });
  const parts: FilePart[] = partsOf(caseFile({ ...file, consent: of(first) }));
  const bytes = new Uint8Array();
  return {
    sealed: [
      ...parts.map(({ part }) => ({ slot: 'kr1', part: part as string, bytes })),
      ...Object.keys(later).map((slot) => ({ slot, part: 'record-consent', bytes })),
    ],
    opened: async ({ slot, part }: { slot: string; part: string }) =>
      slot === 'kr1'
        ? parts.find((one) => one.part === part)?.content
        : { record: of(later[slot] as Given) },
  };
};
const allowed = async (
  facts: readonly Fact[],
  held: ReturnType<typeof vault>,
  ...ids: string[]
) => {
  const { referral, setAside } = fold(facts);
  expect(setAside).toEqual([]);
  if (!referral) throw new Error('no referral');
  return (await scopesOf(held, { grants: ids as GrantId[] }, referral))?.scopes;
};

describe('an office that was the sender', () => {
  const begun = log(
    submitted({
      lines: [[abroad]],
      grants: [...[abroad, home, sender].map((office) => ({ office })), ...takesOver(shelter)],
    }),
  );
  const way = { office: sender, direction: 'kr' };
  const handedOver = onward(begun, handOverProposed(shelter), takenOver(shelter));
  const grants = consentRecordedFor(sender, 'kr4', ['kr']);
  const granted: Step = { ...grants, actor: shelter };
  const asked = onward(
    handedOver,
    granted,
    made({ office: sender, offer: 'kr5-1', actor: shelter }),
  );
  const again = onward(asked, consentRecorded(sender, 'kr6-1', 'kr'));

  test('adds nothing for itself, once another is the sender', async () => {
    const held = vault(way, { scopes: ALL }, { kr4: { scopes: SUMMARY }, kr6: { scopes: ALL } });
    expect(await allowed(again, held, 'kr4-1')).toEqual(SUMMARY);
    expect(await allowed(again, held, 'kr6-1')).toEqual(SUMMARY);
  });

  test('may narrow what the present one recorded', async () => {
    const held = vault(way, { scopes: ALL }, { kr4: { scopes: ALL }, kr6: { scopes: SOME } });
    expect(await allowed(again, held, 'kr6-1')).toEqual(SOME);
  });

  test('added what it recorded while it was the sender', async () => {
    const before = onward(begun, { ...consentRecordedFor(home, 'kr2', ['kr']), actor: sender });
    const after = onward(before, handOverProposed(shelter), takenOver(shelter));
    const held = vault(
      { office: home, direction: 'kr' },
      { scopes: SUMMARY },
      { kr2: { scopes: ALL } },
    );
    expect(await allowed(after, held, 'kr2-1')).toEqual(ALL);
  });
});
