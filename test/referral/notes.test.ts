import { describe, expect, test } from 'vitest';
import { commands } from '../../events/commands.ts';
import type { Office } from '../../events/envelope.ts';
import { fold } from '../../shared/referral/fold.ts';
import type { Access } from '../../shared/referral/gate.ts';
import { mayRead, noted } from '../../shared/referral/notes.ts';
import type { Referral } from '../../shared/referral/state.ts';
import { sample } from '../support/commands.ts';
import { log, submitted } from '../support/facts.ts';
import { given } from '../support/given.ts';
import { abroad, home, sender, union, worker } from '../support/people.ts';
import { situations } from '../support/situations.ts';
import { made } from '../support/steps.ts';

const sealed = Object.entries(commands)
  .filter(([name, { sealed }]) => sealed && name !== 'submit')
  .map(([name]) => name);

const stateWith = (feedback: string) => {
  const everyone = [abroad, union, home, sender].map((office) => ({ office }));
  const facts = log(
    submitted({ lines: [[abroad], [home]], grants: everyone, feedback }),
    made({ office: union, offer: 'kr2-1', actor: sender }),
  );
  const { referral } = fold(facts);
  if (!referral) throw new Error('no referral');
  return referral;
};
const accessAs = (as: Access['as'], masked = false): Access =>
  ({
    ...{ as, by: 'consent', stage: 2, grants: [], lines: ['l1'], served: ['l1'], masked },
  }) as unknown as Access;
const noteBy = (actor: Office, part: string, offer = 'kr1-1') => ({
  part,
  fact: { actor, country: actor.slice(0, 2), data: { offices: [], offer } } as never,
});

/** What an office abroad wrote about its own offer, and which of it the sender reads by her feedback. */
const fromReceiver: Record<string, readonly string[]> = {
  'request-information': ['none', 'outcome', 'progress'],
  decline: ['none', 'outcome', 'progress'],
  'withdraw-acceptance': ['none', 'outcome', 'progress'],
  'plan-travel': ['outcome', 'progress'],
  close: ['outcome', 'progress'],
  reopen: ['outcome', 'progress'],
  'report-progress': ['progress'],
  hold: ['progress'],
};

describe.each(['none', 'outcome', 'progress'])('with feedback %s', (feedback) => {
  test.each(sealed)('%s is read by the sender as the table says', (part) => {
    const may = mayRead(stateWith(feedback), sender, accessAs('sender'), noteBy(abroad, part));
    expect(may).toBe((fromReceiver[part] ?? []).includes(feedback));
  });
});

test('an amendment is no note: what it brought is read as the case file', () => {
  const note = noteBy(sender, 'amend');
  expect(mayRead(stateWith('progress'), sender, accessAs('sender'), note)).toBe(false);
});

test.each(sealed.filter((part) => part !== 'amend'))(
  '%s is read by whoever wrote it, and by no third office',
  (part) => {
    const referral = stateWith('progress');
    for (const [as, office] of [
      ['sender', sender],
      ['receiver', abroad],
    ] as const)
      expect(mayRead(referral, office, accessAs(as), noteBy(office, part))).toBe(true);
    expect(mayRead(referral, union, accessAs('receiver'), noteBy(abroad, part))).toBe(false);
    expect(mayRead(referral, union, accessAs('receiver'), noteBy(sender, part))).toBe(false);
    expect(mayRead(referral, sender, accessAs('checker'), noteBy(sender, part))).toBe(false);
  },
);

test.each(sealed)(
  '%s of the sender is read by the office of the offer only if it is an answer',
  (part) => {
    const may = mayRead(stateWith('progress'), abroad, accessAs('receiver'), noteBy(sender, part));
    expect(may).toBe(part === 'provide-information');
  },
);

test.each(['propose-override', 'approve-override'])(
  '%s: its basis is read in that country by the sender, and by whoever is named to approve',
  (part) => {
    const may = (referral: Referral, reader: Office, as: Access['as'], author: Office) =>
      mayRead(referral, reader, accessAs(as), noteBy(author, part));
    const referral = stateWith('none');
    expect(may(referral, sender, 'sender', home)).toBe(true);
    expect(may(referral, sender, 'sender', abroad)).toBe(false);
    expect(may(referral, union, 'receiver', abroad)).toBe(false);
    const named = { ...referral, named: [{ row: '28' as const, office: union }] } as Referral;
    expect(may(named, union, 'receiver', abroad)).toBe(true);
    expect(may(named, union, 'receiver', home)).toBe(false);
  },
);

test('where she will be is read by nobody under a safety hold, not even by who wrote it', () => {
  const masked = accessAs('sender', true);
  const note = noteBy(sender, 'plan-travel');
  expect(mayRead(stateWith('progress'), sender, masked, note)).toBe(false);
});

test('the gate of the other country is worth asking once an office there has sealed anything that lasts', () => {
  const types = new Set<string>();
  for (const facts of Object.values(situations(abroad, 'vn')))
    for (const office of [abroad, union])
      for (const one of Object.values(sample(worker(office, 'supervisor'), union)))
        try {
          if (!sealed.includes(one.do)) continue;
          types.add(given(facts).when(one)?.type ?? '');
        } catch {
          // not allowed then
        }
  // A receipt comes when nothing else is left to read.
  // An amendment is read as the case file, where that is.
  for (const none of ['', 'erasure.confirmed.v1', 'referral.amended.v1']) types.delete(none);
  // Of an office that was named for it, or that referred her onward: in no situation of the table.
  for (const rare of ['consent.overridden.v1', 'offer.cancellation-requested.v1']) types.add(rare);
  expect([...types].toSorted()).toEqual(noted.toSorted());
});
