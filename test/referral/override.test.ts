import { describe, expect, test } from 'vitest';
import type { Office } from '../../events/envelope.ts';
import type { Command } from '../../shared/referral/command.ts';
import { wakeAt } from '../../shared/referral/deadlines.ts';
import { dueNext } from '../../shared/referral/due.ts';
import { factFor, mayHear } from '../../shared/referral/fact-for.ts';
import { fold } from '../../shared/referral/fold.ts';
import { viewFor } from '../../shared/referral/view.ts';
import { log, onward, type Step, submitted } from '../support/facts.ts';
import { command, given, after as grown, refusal } from '../support/given.ts';
import {
  abroad,
  contextIn,
  helpline,
  home,
  later,
  sender,
  third,
  union,
} from '../support/people.ts';
import { bySupervisor } from '../support/permission.ts';
import {
  accepted,
  askedToEnd,
  cancelled,
  consentLapsed,
  consentWithdrawn,
  namedFor,
  overridden,
  overrideEnded,
  overrideProposed,
} from '../support/steps.ts';

// Of the office at home and the one abroad she allowed the summary alone; of `third` nothing.
const grants = [{ office: home, stages: [1] }, { office: abroad, stages: [1] }, { office: sender }];
const begun = log(submitted({ lines: [[home, abroad], [abroad]], grants }));
const proposed = onward(begun, overrideProposed(home, 'kr2-1'));
const approved = onward(proposed, overridden(sender, 'kr2-1', 'kr3-1'));
const proposes = (who: Office, basis = 'danger-to-life') =>
  bySupervisor(who, 'propose-override', { basis });
const approves = (who: Office, basis = 'danger-to-life') =>
  bySupervisor(who, 'approve-override', { basis });
const accepts = (who: Office, offer: string, line: string) =>
  bySupervisor(who, 'accept', { lines: [line] }, offer);
const code = (facts: ReturnType<typeof log>, one: Command) =>
  refusal(() => given(facts).when(one)).code;

describe('an override', () => {
  test('is proposed by one office and approved by the sender, with a basis that stands in no fact', () => {
    const facts = grown(grown(begun, proposes(home)), approves(sender));
    expect(fold(facts).setAside).toEqual([]);
    expect(facts.slice(1).map(({ type, data }) => [type, data.proposal, data.override])).toEqual([
      ['consent.override-proposed.v1', 'kr2-1', undefined],
      ['consent.overridden.v1', 'kr2-1', 'kr3-1'],
    ]);
    expect(JSON.stringify(facts)).not.toContain('danger');
    expect(refusal(() => given(begun).when(proposes(home, 'because')))).toMatchObject({
      code: 'invalid-field',
      field: '/basis',
    });
    expect(refusal(() => given(proposed).when(approves(sender, 'because')))).toMatchObject({
      code: 'invalid-field',
      field: '/basis',
    });
  });

  test('lets the offices of its country accept, and no others, until its time is over', () => {
    expect(code(begun, accepts(home, 'kr1-1', 'l1'))).toBe('no-consent');
    expect(given(approved).when(accepts(home, 'kr1-1', 'l1'))).toBeDefined();
    expect(code(approved, accepts(abroad, 'kr1-2', 'l2'))).toBe('no-consent');
    const late = later(72 * 60 + 3);
    expect(refusal(() => given(approved, late).when(accepts(home, 'kr1-1', 'l1'))).code).toBe(
      'no-consent',
    );
  });

  test('lets its country ask an office of its own that she did not name, and none abroad', () => {
    const asks = (office: Office) =>
      bySupervisor(sender, 'offer', { office, lines: ['l1'], parallel: true });
    expect(code(begun, asks(helpline))).toBe('no-consent');
    expect(given(approved).when(asks(helpline))).toBeDefined();
    expect(code(approved, asks(third))).toBe('no-consent');
    const offered = grown(approved, asks(helpline));
    expect(dueNext(fold(offered), contextIn('kr'))).toBeUndefined();
    const over = onward(offered, overrideEnded('kr:system', 'kr3-1'));
    expect(dueNext(fold(over), contextIn('kr'))).toMatchObject({ do: 'cancel', offer: 'kr4-1' });
  });

  test('ends by itself after 72 hours, in its own country', () => {
    const { referral } = fold(approved);
    if (!referral) throw new Error('no referral');
    const end = later(72 * 60 + 3);
    expect(wakeAt(referral, contextIn('kr', later(72 * 60 + 2)))).toBe(end);
    expect(dueNext(fold(approved), contextIn('kr', later(72 * 60 + 2)))?.do).not.toBe(
      'end-override',
    );
    const ends = dueNext(fold(approved), contextIn('kr', end));
    expect(ends).toMatchObject({ do: 'end-override' });
    expect(dueNext(fold(approved), contextIn('vn', end))?.do).not.toBe('end-override');
    expect(given(approved, end).when(ends as never)).toMatchObject({
      type: 'consent.override-ended.v1',
      data: { override: 'kr3-1' },
    });
    expect(code(approved, command('end-override', { system: 'kr' }))).toBe('not-allowed-now');
  });

  test.each<[string, readonly Step[]]>([
    ['withdrawn by her', [consentWithdrawn(sender, 'kr4-1', 'kr1-1')]],
    ['withdrawn by the sender', [cancelled({ office: home, actor: sender }, { shut: true })]],
  ])('opens nothing that was closed: %s', (_, steps) => {
    const facts = onward(approved, ...steps);
    const { referral } = fold(facts);
    expect(referral).toBeDefined();
    expect(code(facts, accepts(home, 'kr1-1', 'l1'))).toBe('not-allowed-now');
    const again = bySupervisor(sender, 'offer', {
      office: home,
      lines: ['l1'],
      sameOfficeAgain: 'capacity-now',
      parallel: true,
    });
    if (steps[0]?.type === 'consent.withdrawn.v1') expect(code(facts, again)).toBe('no-consent');
  });

  test('is not proposed for what she or the sender closed, nor where consent covers the office', () => {
    const withdrawn = onward(
      begun,
      accepted({ office: home }),
      consentWithdrawn(sender, 'kr3-1', 'kr1-1'),
    );
    expect(code(withdrawn, proposes(home))).toBe('not-allowed-now');
    const asked = onward(begun, askedToEnd({ offer: 'kr1-2' }, { lines: ['l2'] }));
    expect(code(asked, proposes(abroad))).toBe('not-allowed-now');
    expect(code(log(submitted({ lines: [[home]] })), proposes(home))).toBe('not-allowed-now');
    expect(code(approved, proposes(home))).toBe('not-allowed-now');
    const lapsed = onward(begun, accepted({ office: home }), consentLapsed('kr1-1'));
    expect(given(lapsed).when(proposes(home))).toBeDefined();
  });

  test('is approved by a supervisor of another office, of the same country, where the sender is or the desk named one', () => {
    expect(code(onward(begun, overrideProposed(sender, 'kr2-1')), approves(sender))).toBe(
      'not-allowed-now',
    );
    const there = onward(begun, overrideProposed(abroad, 'vn1-1'));
    expect(code(there, approves(sender))).toBe('not-allowed-now');
    expect(refusal(() => given(there).when(approves(union))).status).toBe(404);
    const named = onward(there, namedFor('28', union));
    const facts = grown(named, approves(union));
    expect(fold(facts).setAside).toEqual([]);
    expect(given(facts).when(accepts(abroad, 'kr1-2', 'l2'))).toBeDefined();
  });

  test('stands beside consent in the view: the sender’s whole, an office’s its own country’s', () => {
    const view = (office: Office, facts = approved) =>
      viewFor(office, fold(facts), contextIn('kr'));
    const override = [{ override: 'kr3-1', country: 'kr' }];
    expect(view(sender)).toMatchObject({ override, consent: { status: 'active' } });
    expect(view(home)).toMatchObject({ override });
    expect(view(abroad)).not.toHaveProperty('override');
    expect(view(home, proposed)).toMatchObject({ overridesProposed: [{ proposal: 'kr2-1' }] });
  });

  test('is read by the two that agreed, and by nobody abroad', () => {
    const facts = grown(grown(begun, proposes(home)), approves(sender));
    for (const office of [sender, home])
      expect(
        facts
          .slice(1)
          .map((f) => [factFor(office, facts, f) !== undefined, mayHear(fold(facts), office, f)]),
      ).toEqual([
        [true, true],
        [true, true],
      ]);
    expect(facts.slice(1).map((f) => factFor(abroad, facts, f))).toEqual([undefined, undefined]);
  });
});

describe('the fold sets aside', () => {
  const isSetAside = (before: ReturnType<typeof log>, step: Step) => {
    const facts = onward(before, step);
    return (
      fold(facts).setAside.includes(facts.at(-1)?.id ?? '') &&
      JSON.stringify(fold(facts).referral) === JSON.stringify(fold(before).referral)
    );
  };
  test.each<[string, ReturnType<typeof log>, Step]>([
    ['a proposal by a stranger', begun, overrideProposed(union, 'vn1-1')],
    ['a proposal by a system', begun, overrideProposed('kr:system', 'kr2-1')],
    ['a proposal with the id of another slot', begun, overrideProposed(home, 'kr3-1')],
    ['an approval of nothing', begun, overridden(sender, 'kr2-1', 'kr2-1')],
    [
      'an approval by whom proposed it',
      onward(begun, overrideProposed(sender, 'kr2-1')),
      overridden(sender, 'kr2-1', 'kr3-1'),
    ],
    ['an approval by whom nobody named', proposed, overridden(helpline, 'kr2-1', 'kr3-1')],
    [
      'an approval in the other country',
      onward(proposed, namedFor('28', union)),
      overridden(union, 'kr2-1', 'vn2-1'),
    ],
    ['an approval with the id of another slot', proposed, overridden(sender, 'kr2-1', 'kr4-1')],
    ['a second approval', approved, overridden(sender, 'kr2-1', 'kr4-1')],
    ['an end by an office', approved, overrideEnded(sender, 'kr3-1')],
    ['an end by the other country', approved, overrideEnded('vn:system', 'kr3-1')],
    ['an end of nothing', approved, overrideEnded('kr:system', 'kr2-1')],
    [
      'an office that its own country’s operator did not name',
      begun,
      { ...namedFor('28', union), actor: 'kr:operator' },
    ],
    ['an office of the other country for a withdrawal', begun, namedFor('23', union)],
    ['a sender of the other country', begun, namedFor('sender', union)],
    ['the sender named as the sender', begun, namedFor('sender', sender)],
    ['an office that another names', begun, { ...namedFor('28', helpline), actor: sender }],
  ])('%s', (_, before, step) => {
    expect(isSetAside(before, step)).toBe(true);
  });
});
