import { describe, expect, test, vi } from 'vitest';
import type { Fact, Office } from '../../../events/envelope.ts';
import type { GrantId } from '../../../events/referral.ts';
import { log as log_ } from '../../../shared/log.ts';
import type { FilePart } from '../../../shared/referral/case-file-parts.ts';
import { partsOf } from '../../../shared/referral/case-file-parts.ts';
import { fold } from '../../../shared/referral/fold.ts';
import { scopesOf } from '../../../shared/vault/scopes-of.ts';
import { caseFile, record } from '../../support/case-file.ts';
import { log, onward, placed, type Step, submitted, takesOver } from '../../support/facts.ts';
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

  test('ticks no field of her identity that the present one did not', async () => {
    const ticked = (...identity: string[]) => ({
      scopes: SOME,
      more: { scopes: [{ ...way, scopes: SOME, identity }] },
    });
    const held = vault(
      way,
      { scopes: ALL },
      { kr4: ticked('name'), kr6: ticked('name', 'document') },
    );
    const { referral } = fold(again);
    if (!referral) throw new Error('no referral');
    const found = await scopesOf(held, { grants: ['kr6-1' as GrantId] }, referral);
    expect(found?.identity).toEqual(['name']);
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

describe('a record that an office abroad made', () => {
  const way = { office: abroad, direction: 'kr-vn' };
  const begun = log(submitted({ lines: [[abroad]] }));
  const all = vault(way, { scopes: ALL });
  const keeping = (step: Step): Step => ({ ...step, data: { ...step.data, keepsScopes: true } });
  const records = (slot: string) => consentRecorded(abroad, `${slot}-1`, 'kr-vn');
  const sendersAgain = { ...consentRecordedFor(abroad, 'kr2', ['kr-vn']), actor: sender };

  test('leaves the summary alone, since what she closed there is not known here', async () => {
    const facts = onward(begun, records('vn1'));
    expect(await allowed(facts, all, 'vn1-1')).toEqual(SUMMARY);
    const only = onward(begun, consentRecorded(abroad, 'vn1-1', 'kr-vn', { stages: [2] }));
    expect(await allowed(only, all, 'vn1-1')).toEqual([]);
  });

  test('gives what the sender recorded, where it says that no scope changed, and no more', async () => {
    const facts = onward(begun, keeping(records('vn1')));
    expect(await allowed(facts, all, 'vn1-1')).toEqual(ALL);
    expect(await allowed(facts, vault(way, { scopes: SOME }), 'vn1-1')).toEqual(SOME);
  });

  test('keeps nothing of what an earlier one may have closed', async () => {
    const facts = onward(begun, records('vn1'), keeping(records('vn2')));
    expect(await allowed(facts, all, 'vn2-1')).toEqual(SUMMARY);
  });

  test('counts until the sender has recorded what she allows now', async () => {
    const facts = onward(begun, records('vn1'), sendersAgain);
    const held = vault(way, { scopes: ALL }, { kr2: { scopes: SOME } });
    expect(await allowed(facts, held, 'kr2-1')).toEqual(SOME);
  });

  test('and one of the sender that crossed it must both allow', async () => {
    const facts = [
      ...begun,
      ...[placed(records('vn1'), 'vn', 1, 1), placed(sendersAgain, 'kr', 2, 0)],
    ];
    const held = vault(way, { scopes: ALL }, { kr2: { scopes: SOME } });
    expect(await allowed(facts, held, 'vn1-1', 'kr2-1')).toEqual(SUMMARY);
  });
});

test('nothing is allowed where the sender’s record is not held, as in the other country', async () => {
  const facts = onward(log(submitted()), consentRecorded(abroad, 'vn1-1', 'vn'));
  const there = vault(
    { office: abroad, direction: 'vn' },
    { scopes: ALL },
    { vn1: { scopes: ALL } },
  );
  const held = { ...there, sealed: there.sealed.filter(({ slot }) => slot === 'vn1') };
  expect(await allowed(facts, held, 'vn1-1')).toBeUndefined();
});

describe('a later record, whose givers nobody could check when it was sealed', () => {
  const way = { office: home, direction: 'kr' };
  const begun = log(submitted({ lines: [[home]] }));
  const facts = onward(begun, { ...consentRecordedFor(home, 'kr2', ['kr']), actor: sender });
  const child = { name: 'INVENTED CHILD', birthDate: '2022-06-01', lines: ['l1'] };
  const reads = async (more: object, file: object = {}) => {
    const scopes = [...SOME, 'share-child-data'];
    const entry = { ...way, scopes, children: [1, 2] };
    const later = { scopes, more: { scopes: [entry], ...more } };
    const held = vault(way, { scopes: ALL }, { kr2: later }, { children: [child, child], ...file });
    const { referral } = fold(facts);
    if (!referral) throw new Error('no referral');
    return scopesOf(held, { grants: ['kr2-1' as GrantId] }, referral);
  };
  const by = (...givers: readonly string[]) => ({
    children: givers.map((givenBy, i) => ({ child: i + 1, givenBy })),
  });

  test('opens no child whose own giver is wrong, or not said', async () => {
    expect((await reads(by('guardian', 'guardian')))?.children).toEqual([1, 2]);
    expect((await reads(by('self', 'guardian')))?.children).toEqual([2]);
    expect((await reads(by('guardian')))?.children).toEqual([1]);
    const seven = { children: [child, { ...child, birthDate: '2019-11-01' }] };
    expect((await reads(by('guardian', 'guardian'), seven))?.children).toEqual([1]);
    expect((await reads(by('guardian', 'both'), seven))?.children).toEqual([1, 2]);
    expect((await reads(by('guardian', 'guardian'), { children: [child] }))?.children).toEqual([1]);
  });

  test('opens nothing where she could not consent so herself', async () => {
    const born = (birthDate: string) => ({ identity: { name: 'INVENTED', birthDate } });
    const warned = vi.spyOn(log_, 'warn').mockReturnValue();
    expect(await reads(by('guardian', 'guardian'), born('2011-01-01'))).toBeUndefined();
    expect(warned.mock.lastCall?.[1]).toEqual({ subject: facts[0]?.subject, grant: 'kr2-1' });
    warned.mockRestore();
    const both = await reads(
      { ...by('guardian', 'guardian'), givenBy: 'both' },
      born('2011-01-01'),
    );
    expect(both?.scopes).toContain('share-identity');
    const summary = { ...caseFile().summary, ageBand: 'under-14' };
    expect(await reads(by('guardian'), { identity: undefined, summary })).toBeUndefined();
  });
});
