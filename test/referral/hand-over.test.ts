import { describe, expect, test } from 'vitest';
import type { Office } from '../../events/envelope.ts';
import { allowedCommands } from '../../shared/referral/allowed.ts';
import type { Act } from '../../shared/referral/command.ts';
import { fold } from '../../shared/referral/fold.ts';
import { log, onward, placed, type Step, submitted, takesOver } from '../support/facts.ts';
import { command, given, after as grown, refusal } from '../support/given.ts';
import {
  abroad,
  closed,
  contextIn,
  helpline,
  home,
  later,
  sender,
  shelter,
  third,
  union,
  worker,
} from '../support/people.ts';
import {
  accepted,
  consentLapsed,
  consentRecorded,
  consentWithdrawn,
  declined,
  handOverProposed,
  inError,
  made,
  settled,
  stoppedLine,
  takenOver,
} from '../support/steps.ts';

const everyone = [abroad, union, third, home, sender].map((office) => ({ office }));
const grants = [...everyone, ...takesOver(shelter)];
const begun = log(submitted({ lines: [[abroad, union]], grants, helplines: [helpline] }));
const proposed = onward(begun, handOverProposed(shelter));
const moved = onward(proposed, takenOver(shelter));
const by = (who: Office, name: Act, input: object = {}) =>
  command(name, worker(who, 'supervisor'), input);
const proposes = (office: Office) => by(sender, 'propose-hand-over', { office });

describe('a hand-over', () => {
  test('goes from the sender to the office that it proposed', () => {
    const facts = grown(grown(begun, proposes(shelter)), by(shelter, 'take-over'));
    expect(facts.map(({ type }) => type).slice(1)).toEqual([
      'responsibility.proposed.v1',
      'responsibility.moved.v1',
    ]);
    expect(fold(facts)).toMatchObject({ setAside: [], referral: { sender: shelter } });
    expect(facts.at(-1)?.data.offices).toEqual([shelter, sender, abroad]);
    expect(fold(facts).referral?.proposed).toBeUndefined();
  });

  test('taken over twice is taken over once', () => {
    expect(given(moved).when(by(shelter, 'take-over'))).toBeUndefined();
    expect(refusal(() => given(begun).when(by(sender, 'take-over')))).toMatchObject({
      code: 'not-allowed-now',
    });
  });

  test.each([sender, abroad, 'kr-nowhere' as Office, union, closed])(
    'is not proposed to %s',
    (office) => {
      expect(refusal(() => given(begun).when(proposes(office)))).toMatchObject({
        status: 422,
        field: '/office',
      });
    },
  );

  test('is not proposed to an office that must answer itself, nor taken over by one', () => {
    const offer = made({ office: shelter, offer: 'kr2-1' });
    expect(refusal(() => given(onward(begun, offer)).when(proposes(shelter)))).toMatchObject({
      code: 'not-allowed-now',
    });
    const asked = onward(proposed, made({ office: shelter, offer: 'kr3-1' }));
    expect(refusal(() => given(asked).when(by(shelter, 'take-over')))).toMatchObject({
      code: 'not-allowed-now',
    });
    const declines = onward(asked, declined({ office: shelter, offer: 'kr3-1' }));
    expect(given(declines).when(by(shelter, 'take-over'))).toBeDefined();
  });

  test.each([
    ['revoked', [declined({}, { next: 'sender' }), stoppedLine()]],
    ['an error', [inError]],
  ])('is over with the referral: %s', (_, steps) => {
    for (const one of [proposes(shelter), by(shelter, 'take-over')])
      expect(refusal(() => given(onward(proposed, ...steps)).when(one))).toMatchObject({
        code: 'not-allowed-now',
      });
  });

  test.each<[string, readonly Step[]]>([
    ['withdrawn', [consentWithdrawn(sender, 'kr3-1', 'kr1-6')]],
    ['lapsed', [consentLapsed('kr1-6')]],
    ['withdrawn for what comes back', [consentWithdrawn(sender, 'kr3-1', 'kr1-7')]],
    ['lapsed for what comes back', [consentLapsed('kr1-7')]],
  ])('needs a consent that names the office, and is not %s', (_, steps) => {
    const facts = onward(proposed, ...steps);
    expect(refusal(() => given(facts).when(by(shelter, 'take-over')))).toMatchObject({
      code: 'no-consent',
    });
    const commands = allowedCommands(fold(facts), worker(shelter, 'supervisor'), contextIn('kr'));
    expect(commands).toEqual([]);
  });

  test('gives the proposed office nothing but to take over', () => {
    const commands = allowedCommands(
      fold(proposed),
      worker(shelter, 'supervisor'),
      contextIn('kr'),
    );
    expect(commands).toEqual([{ command: 'take-over' }]);
    for (const name of ['withdraw-consent', 'stop-line', 'record-consent'] as const)
      expect(refusal(() => given(proposed).when(by(shelter, name)))).toMatchObject({ status: 404 });
  });

  test('a later proposal replaces an earlier one', () => {
    const facts = onward(proposed, handOverProposed(home));
    expect(refusal(() => given(facts).when(by(shelter, 'take-over')))).toMatchObject({
      status: 404,
    });
  });

  test('a withdrawal that the old sender wrote down is settled by the new one', () => {
    const facts = onward(proposed, consentWithdrawn(sender, 'kr3-1', 'kr1-1'), takenOver(shelter));
    const confirmed = grown(facts, by(shelter, 'confirm-withdrawal'));
    expect(fold(confirmed).setAside).toEqual([]);
    expect(confirmed.at(-1)?.type).toBe('consent.withdrawal-confirmed.v1');
  });

  test('waits until a withdrawal that the proposed office wrote down is settled by the sender', () => {
    const asked = log(
      submitted({ lines: [[abroad], [shelter]], grants }),
      declined({ office: shelter, offer: 'kr1-2' }, { next: 'sender' }),
      consentWithdrawn(shelter, 'kr3-1', 'kr1-1'),
      handOverProposed(shelter),
    );
    const takes = by(shelter, 'take-over');
    expect(refusal(() => given(asked).when(takes))).toEqual({
      ...{ code: 'not-allowed-now', status: 409 },
    });
    const may = (facts: typeof asked) =>
      allowedCommands(fold(facts), worker(shelter, 'supervisor'), contextIn('kr'));
    expect(may(asked)).not.toContainEqual({ command: 'take-over' });
    for (const how of ['confirm-withdrawal', 'refute-withdrawal'] as const) {
      const settles = grown(asked, by(sender, how));
      expect(may(settles)).toContainEqual({ command: 'take-over' });
      expect(fold(grown(settles, takes))).toMatchObject({
        ...{ setAside: [], referral: { sender: shelter } },
      });
    }
    const others = onward(asked, settled('refuted', sender, 'kr3-1'));
    const again = onward(others, consentWithdrawn(abroad, 'vn1-1', 'kr1-1'));
    expect(given(again).when(takes)).toBeDefined();
  });

  test('needs a grant that outlives today, also for what comes back', () => {
    const soon = { office: shelter, direction: 'vn-kr', expires: later(1) };
    const facts = log(
      submitted({ lines: [[abroad]], grants: [...everyone, { office: shelter }, soon] }),
      handOverProposed(shelter),
    );
    const refused = refusal(() => given(facts, later(2)).when(by(shelter, 'take-over')));
    expect(refused).toMatchObject({ code: 'no-consent', status: 409 });
    expect(given(facts).when(by(shelter, 'take-over'))).toBeDefined();
  });

  test('may go back', () => {
    const back = onward(
      moved,
      consentRecorded(shelter, 'kr4-1', 'kr', { office: sender }),
      handOverProposed(sender, shelter),
      takenOver(sender),
    );
    expect(fold(back)).toMatchObject({ setAside: [], referral: { sender } });
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

  test.each<[string, Step]>([
    ['a proposal by another office', handOverProposed(shelter, home)],
    ['a proposal by its system', handOverProposed(shelter, 'kr:system')],
    ['a proposal to itself', handOverProposed(sender)],
    ['a proposal to an office abroad', handOverProposed(union)],
    ['a move that nobody proposed', takenOver(shelter)],
  ])('%s', (_, step) => {
    expect(isSetAside(begun, step)).toBe(true);
  });

  test('a move by another office than the proposed one, or without a consent that names it', () => {
    expect(isSetAside(proposed, takenOver(home))).toBe(true);
    expect(isSetAside(proposed, takenOver(union))).toBe(true);
    expect(isSetAside(proposed, { ...takenOver(shelter), actor: 'kr:system' })).toBe(true);
    const without = log(submitted({ lines: [[abroad]] }), handOverProposed(shelter));
    expect(isSetAside(without, takenOver(shelter))).toBe(true);
    const oneWay = [...everyone, { office: shelter }];
    for (const [submission, isBad] of [
      [{ lines: [[abroad]], grants: oneWay }, true],
      [{ lines: [[abroad]], grants: oneWay, feedback: 'none' }, false],
      [{ lines: [[home]], grants: oneWay, reach: 'kr' as const }, false],
    ] as const) {
      const facts = log(submitted(submission), {
        ...handOverProposed(shelter),
        ...('reach' in submission && { reach: submission.reach }),
      });
      const step = {
        ...takenOver(shelter),
        ...('reach' in submission && { reach: 'kr' as const }),
      };
      expect(isSetAside(facts, step)).toBe(isBad);
      const commands = allowedCommands(fold(facts), worker(shelter, 'supervisor'), contextIn('kr'));
      expect(commands).toEqual(isBad ? [] : [{ command: 'take-over' }]);
    }
    expect(isSetAside(moved, takenOver(shelter))).toBe(true);
  });

  test.each<[string, Step]>([
    ['the end of a line', stoppedLine()],
    ['an error', inError],
    ['a further offer', made({ office: union, offer: 'kr4-1', actor: sender })],
    ['a withdrawal', consentWithdrawn(sender, 'kr4-1', 'kr1-1')],
    ['a proposal', handOverProposed(home)],
  ])('what the old sender writes after it: %s', (_, step) => {
    expect(isSetAside(moved, step)).toBe(true);
    expect(isSetAside(proposed, { ...step, data: renamed(step.data) })).toBe(false);
  });

  test('nothing honest: what another country decided meanwhile stands, whatever it names', () => {
    const facts = [
      ...moved,
      placed(accepted(), 'vn', 1, 1),
      placed(consentWithdrawn(abroad, 'vn2-1', 'kr1-1', 'kr1-6'), 'vn', 2, 1),
    ];
    expect(fold(facts).setAside).toEqual([]);
    const refuted = onward(facts, settled('refuted', shelter, 'vn2-1'));
    expect(fold(refuted).setAside).toEqual([]);
  });
});

/** The same in the slot before. */
const renamed = (data: Step['data']): Step['data'] =>
  JSON.parse(JSON.stringify(data).replaceAll('kr4-1', 'kr3-1'));
