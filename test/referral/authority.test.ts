import { describe, expect, test } from 'vitest';
import type { Scopes } from '../../events/case-file.ts';
import type { Fact, Office } from '../../events/envelope.ts';
import { Refused } from '../../shared/errors.ts';
import { partsOf } from '../../shared/referral/case-file-parts.ts';
import type { Command } from '../../shared/referral/command.ts';
import { cutFile } from '../../shared/referral/cut-file.ts';
import { fold } from '../../shared/referral/fold.ts';
import { accessOf } from '../../shared/referral/gate.ts';
import { nextOffice } from '../../shared/referral/next-office.ts';
import { caseFile } from '../support/case-file.ts';
import { submission } from '../support/commands.ts';
import { log, onward, submitted } from '../support/facts.ts';
import { after, command, given, refusal } from '../support/given.ts';
import {
  abroad,
  border,
  contextIn,
  home,
  later,
  nextYear,
  police,
  sender,
  worker,
} from '../support/people.ts';
import { accepted, declined, overridden, overrideProposed } from '../support/steps.ts';

// What `checkRecord` asks of a record that grants an authority anything is in `case-file.test.ts`.

const stages = [1, 2];
const base = submission(sender);
const submits = (office: Office, direction: string) =>
  command('submit', worker(sender), {
    ...base,
    lines: [{ offices: [office] }],
    consent: {
      ...base.consent,
      grants: [...base.consent.grants, { office, direction, stages, expires: nextYear }],
    },
  });

describe('an office of the police or of immigration is asked', () => {
  test.each([
    [police, 'kr-vn'],
    [border, 'kr'],
  ])('by submit, where she granted it to %s', (office, direction) => {
    expect(given([]).when(submits(office, direction))?.data).toMatchObject({
      offers: [{ office }],
    });
  });

  const grants = [{ office: abroad }, { office: police }, { office: sender }];
  const open = (more: object = {}) =>
    onward(log(submitted({ lines: [[abroad]], ...more })), declined({}, { next: 'sender' }));
  const offers = (office: Office) => command('offer', worker(sender), { office, lines: ['l1'] });

  test('by a further offer, where she granted it, or under an override inside the country', () => {
    expect(given(open({ grants })).when(offers(police))?.type).toBe('offer.made.v1');
    expect(refusal(() => given(open()).when(offers(border)))).toMatchObject({ code: 'no-consent' });
    const asked = log(submitted({ lines: [[abroad], [home]] }), declined({}, { next: 'sender' }));
    const over = onward(
      asked,
      overrideProposed(home, 'kr2-1'),
      overridden(sender, 'kr2-1', 'kr3-1'),
    );
    expect(given(over).when(offers(border))?.type).toBe('offer.made.v1');
    expect(refusal(() => given(over).when(offers(police)))).toMatchObject({ code: 'no-consent' });
  });

  test('for a duty to report, which no missing consent blocks: two offices there, on that basis, and it reads', () => {
    const basis = { basis: 'duty-to-report' };
    const grants = [{ office: abroad }, { office: sender }];
    let facts: readonly Fact[] = onward(
      log(submitted({ lines: [[abroad], [home]], grants })),
      declined({}, { next: 'sender' }),
    );
    const does = (one: Command) => {
      facts = after(facts, one);
    };
    does(command('propose-override', worker(home), basis));
    does(command('approve-override', worker(sender, 'supervisor'), basis));
    does(offers(border));
    const offer = facts.at(-1)?.data.offers as readonly { offer: string }[] | undefined;
    const id = offer?.[0]?.offer ?? (facts.at(-1)?.data.offer as string);
    does(command('accept', worker(border), { lines: ['l1'] }, id));
    expect(accessOf(fold(facts), worker(border), contextIn('kr', later(60)))).toMatchObject({
      ...{ as: 'receiver', by: 'override', stage: 2 },
    });
    expect(JSON.stringify(facts)).not.toContain('duty');
  });

  test('by the list, where she granted it', () => {
    const next = (facts: readonly Fact[]) => {
      const { referral } = fold(facts);
      const line = referral?.lines[0];
      return referral && line && nextOffice(referral, line, contextIn('kr'));
    };
    const lines = [[abroad, police]];
    expect(next(open({ lines, grants }))).toBe(police);
    expect(next(open({ lines }))).toBeUndefined();
  });

  test('onward, where her consent names it to the office and lets it see the summary', () => {
    const named = [{ office: abroad, onward: [police] }, { office: sender }];
    const refers = command(
      'refer-onward',
      worker(abroad),
      { office: police, lines: ['l1'] },
      'kr1-1',
    );
    const serving = (more: object[]) =>
      log(submitted({ lines: [[abroad]], grants: [...named, ...more] as never }), accepted());
    expect(given(serving([{ office: police, direction: 'vn' }])).when(refers)?.type).toBe(
      'offer.made.v1',
    );
    expect(refusal(() => given(serving([])).when(refers))).toMatchObject({ code: 'no-consent' });
  });
});

describe('at the gate an authority', () => {
  const grants = [{ office: police }, { office: sender }];
  const facts = log(submitted({ lines: [[police]], grants }), accepted({ office: police }));
  const reads = (scopes: readonly string[], office: Office = police, log_ = facts) => {
    const access = accessOf(fold(log_), worker(office), contextIn('kr', later(60)));
    if (access instanceof Refused) throw access;
    const way = { office, direction: 'kr-vn', scopes, identity: ['name'] } as Scopes;
    const { scopes: _, ...content } = cutFile(partsOf(caseFile()), access, way);
    return Object.keys(content);
  };
  const usual = ['share-coded-summary', 'share-identity'];

  test('reads nothing by any scope unless her consent names it as such', () => {
    expect(reads(usual)).toEqual([]);
    expect(reads([...usual, 'share-with-authorities'])).toEqual(['summary', 'identity']);
  });

  test('and another office needs no such name', () => {
    const other = log(submitted({ lines: [[abroad]] }), accepted());
    expect(reads(usual, abroad, other)).toEqual(['summary', 'identity']);
  });
});
