import { describe, expect, test } from 'vitest';
import type { Fact, Instant, Office } from '../../events/envelope.ts';
import { clocksOf } from '../../shared/referral/clocks.ts';
import { erasedDraft } from '../../shared/referral/destroying.ts';
import { factFor, mayHear } from '../../shared/referral/fact-for.ts';
import { fold } from '../../shared/referral/fold.ts';
import { hasRead, receiptsDue } from '../../shared/referral/receipts.ts';
import { log, onward, placed, type Step, submitted } from '../support/facts.ts';
import { after, command, given, refusal } from '../support/given.ts';
import {
  abroad,
  contextIn,
  helpline,
  home,
  later,
  sender,
  shelter,
  union,
  worker,
} from '../support/people.ts';
import {
  accepted,
  consentRecordedFor,
  consentWithdrawn,
  contentErased,
  disclosed,
  erasureConfirmed,
  handOverProposed,
  namedFor,
  settled,
  takenOver,
} from '../support/steps.ts';

const begun = log(submitted({ lines: [[abroad], [home]] }));
const read = onward(begun, accepted(), disclosed(abroad));
const withdrawn = onward(read, consentWithdrawn(home, 'kr3-1', 'kr1-1'));
const owing = onward(withdrawn, settled('confirmed', sender, 'kr3-1'));

const state = (facts: readonly Fact[]) => {
  const { referral, setAside } = fold(facts);
  if (!referral) throw new Error('no referral');
  return { referral, setAside };
};
const owes = (facts: readonly Fact[], office = abroad) =>
  receiptsDue(state(facts).referral, office).length;
const erasing = (facts: readonly Fact[]): Step => {
  const { type, actor, data } = erasedDraft(state(facts).referral, 'kr');
  return { type, actor, data };
};
const missed = (clock: string, office: Office): Step => ({
  type: 'deadline.missed.v1',
  actor: 'kr:system',
  data: { offices: [sender, office], clock, office, round: 1, due: later(1) },
});
const receipt = (facts: readonly Fact[]) =>
  clocksOf(state(facts).referral, contextIn('vn')).find(({ clock }) => clock === 'receipt');
const says = (facts: readonly Fact[], input: object, office = abroad) =>
  after(facts, command('confirm-erasure', worker(office), input));

describe('an office that had read', () => {
  test('owes a receipt once the withdrawal of its grant is confirmed, within ten days', () => {
    expect(owes(read)).toBe(0);
    expect(owes(withdrawn)).toBe(0);
    expect(owes(owing)).toBe(1);
    const from = Date.parse(owing.at(-1)?.time ?? '');
    expect(receipt(owing)).toMatchObject({
      owes: abroad,
      offer: 'kr1-1',
      due: new Date(from + 10 * 24 * 3_600_000).toISOString() as Instant,
    });
  });

  test('owes one for each erasure, in either country, until a receipt had seen it', () => {
    const erased = onward(read, contentErased('kr'));
    expect(owes(erased)).toBe(1);
    const given = says(erased, { destroyed: true });
    expect(owes(given)).toBe(0);
    expect(receipt(given)).toBeUndefined();
    const again = onward(given, contentErased('vn'));
    expect(owes(again)).toBe(1);
    expect(receipt(again)).toMatchObject({ round: 2 });
  });

  test('owes nothing for the grant of another office', () => {
    const other = onward(
      read,
      consentWithdrawn(abroad, 'vn2-1', 'kr1-4'),
      settled('confirmed', sender, 'vn2-1'),
    );
    expect(owes(other)).toBe(0);
    expect(owes(onward(read, contentErased('kr')), home)).toBe(0);
  });

  test('says what became of its copy: destroyed, or kept under which law, which no fact tells', () => {
    expect(says(owing, { destroyed: true }).at(-1)?.data).toMatchObject({
      offices: [sender, abroad],
      destroyed: true,
      kept: false,
    });
    const kept = says(owing, { destroyed: false, kept: 'court-evidence' }).at(-1);
    expect(kept?.data).toMatchObject({ destroyed: false, kept: true });
    expect(JSON.stringify(kept)).not.toContain('court-evidence');
    for (const [input, field] of [
      [{ destroyed: false }, '/kept'],
      [{ destroyed: false, kept: 'because' }, '/kept'],
    ] as const)
      expect(refusal(() => says(owing, input))).toMatchObject({ code: 'invalid-field', field });
  });

  test('says so once, and only when it owes it', () => {
    const asked = command('confirm-erasure', worker(abroad), { destroyed: true });
    expect(refusal(() => given(read).when(asked))).toMatchObject({ code: 'not-allowed-now' });
    const once = says(owing, { destroyed: true });
    expect(refusal(() => given(once).when(asked))).toMatchObject({ code: 'not-allowed-now' });
  });

  test('hears what it must destroy although its gate is closed', () => {
    const erased = onward(owing, contentErased('kr'));
    const fact = erased.at(-1) as Fact;
    const told = { ...fact, data: { ...fact.data, offices: [sender, abroad] } };
    const all = [...erased.slice(0, -1), told];
    expect(mayHear(fold(all), abroad, told)).toBe(true);
    expect(factFor(abroad, all, told)?.data).toEqual({ offices: [sender, abroad] });
  });
});

describe('an office that read and was never asked', () => {
  const checked = onward(
    log(submitted({ helplines: [helpline] })),
    consentWithdrawn(sender, 'kr2-1', 'kr1-1'),
    disclosed(helpline),
  );
  const erased = onward(checked, erasing(checked));
  const clocks = (facts: readonly Fact[]) =>
    clocksOf(state(facts).referral, contextIn('kr')).filter(({ clock }) => clock === 'receipt');

  test('owes a receipt with a clock that names it, and is told to destroy', () => {
    const fact = erased.at(-1) as Fact;
    expect(clocks(erased)).toMatchObject([{ owes: helpline, office: helpline, round: 1 }]);
    expect(fact.data.offices).toEqual([sender, abroad, helpline]);
    expect(mayHear(fold(erased), helpline, fact)).toBe(true);
    expect(factFor(helpline, erased, fact)?.data).toEqual({ offices: [sender, helpline] });
    expect(says(erased, { destroyed: true }, helpline).at(-1)?.type).toBe('erasure.confirmed.v1');
  });

  test('is reminded by the system of its country, and by no other', () => {
    const step = missed('receipt', helpline);
    const told = onward(erased, step);
    expect(state(told).setAside).toEqual([]);
    expect(mayHear(fold(told), helpline, told.at(-1) as Fact)).toBe(true);
    const due = given(erased, later(20 * 24 * 60)).when(
      command('miss-deadline', { system: 'kr' }, { clock: 'receipt', office: helpline }),
    );
    expect(due?.data).toMatchObject({ offices: [sender, helpline], office: helpline, round: 1 });
    for (const [other, country] of [
      [step, 'vn'],
      [missed('receipt', shelter), 'kr'],
      [missed('decide', helpline), 'kr'],
    ] as const)
      expect(state(onward(erased, { ...other, actor: `${country}:system` })).setAside).toHaveLength(
        1,
      );
  });

  test('who handed over hears that a grant of its own was closed for good, once it has read', () => {
    const over = onward(
      begun,
      disclosed(sender),
      consentRecordedFor(shelter, 'kr3', ['kr', 'vn-kr']),
      handOverProposed(shelter),
      takenOver(shelter),
      consentWithdrawn(abroad, 'vn1-1', 'kr1-5'),
    );
    const settles = command('confirm-withdrawal', worker(shelter, 'supervisor'));
    const confirmed = after(over, settles);
    const fact = confirmed.at(-1) as Fact;
    expect(fact.data.offices).toEqual([shelter, sender]);
    expect(mayHear(fold(confirmed), sender, fact)).toBe(true);
    expect(owes(confirmed, sender)).toBe(1);
  });
});

test('the sender reads who read what, unless she wants no feedback at all', () => {
  const reads = (feedback: string) => {
    const facts = onward(log(submitted({ feedback })), accepted(), disclosed(abroad));
    return factFor(sender, facts, facts.at(-1) as Fact)?.type;
  };
  expect(reads('outcome')).toBe('case-file.disclosed.v1');
  expect(reads('none')).toBeUndefined();
});

test.each<[string, Step, 'kr' | 'vn', readonly Fact[]]>([
  ['a disclosure by an office', { ...disclosed(abroad), actor: abroad }, 'vn', read],
  ['a disclosure to a stranger', disclosed('vn-invented-stranger' as never), 'kr', read],
  ['an erasure by a system', { ...contentErased('kr'), actor: 'kr:system' }, 'kr', read],
  ['a second erasure of one country', contentErased('kr'), 'kr', onward(read, contentErased('kr'))],
  ['a receipt by who never read', erasureConfirmed(union), 'vn', owing],
  ['a receipt for nothing', erasureConfirmed(abroad), 'vn', read],
])('the fold sets aside %s', (_, step, country, before) => {
  const count = (c: string) => before.filter((f) => f.country === c).length;
  const fact = placed(step, country, count(country) + 1, count(country === 'kr' ? 'vn' : 'kr'));
  expect(fold([...before, fact]).setAside).toEqual([fact.id]);
});

describe('a disclosure counts', () => {
  const gave = (office: Office, actor: string): Step => {
    const { data, ...step } = disclosed(office);
    return { ...step, actor, data };
  };
  const isRead = (facts: readonly Fact[], office: Office) => {
    const { referral, setAside } = state(facts);
    expect(setAside.length).toBe(hasRead(referral, office) ? 0 : 1);
    return hasRead(referral, office);
  };

  test('to the old sender, by a gate that had not heard of the hand-over; and never to a later one', () => {
    const over = onward(
      begun,
      consentRecordedFor(shelter, 'kr2', ['kr', 'vn-kr']),
      handOverProposed(shelter),
      takenOver(shelter),
    );
    const unheard = (office: Office) => [...over, placed(gave(office, 'vn:gate'), 'vn', 1, 3)];
    expect(isRead(unheard(sender), sender)).toBe(true);
    expect(isRead(unheard(shelter), shelter)).toBe(false);
    expect(isRead(onward(over, gave(shelter, 'vn:gate')), shelter)).toBe(true);
  });

  test('to an office that the desk named to settle a withdrawal, by the gate of the origin alone', () => {
    const named = onward(begun, namedFor('23', shelter));
    expect(isRead(onward(named, gave(shelter, 'kr:gate')), shelter)).toBe(true);
    expect(isRead(onward(named, gave(shelter, 'vn:gate')), shelter)).toBe(false);
    expect(isRead(onward(begun, gave(shelter, 'kr:gate')), shelter)).toBe(false);
  });
});
