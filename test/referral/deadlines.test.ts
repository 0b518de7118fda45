import { describe, expect, test } from 'vitest';
import type { Country, Fact, Instant, Office } from '../../events/envelope.ts';
import type { Command, Context } from '../../shared/referral/command.ts';
import { wakeAt } from '../../shared/referral/deadlines.ts';
import { decide } from '../../shared/referral/decide.ts';
import { dueNext } from '../../shared/referral/due.ts';
import { factFor, mayHear } from '../../shared/referral/fact-for.ts';
import { fold } from '../../shared/referral/fold.ts';
import { statusOf } from '../../shared/referral/offers.ts';
import { viewFor } from '../../shared/referral/view.ts';
import { log, onward, type Step, submitted } from '../support/facts.ts';
import { command, recorded, refusal } from '../support/given.ts';
import {
  abroad,
  contextIn,
  home,
  later,
  nextYear,
  sender,
  union,
  worker,
} from '../support/people.ts';
import {
  accepted,
  acknowledged,
  asked,
  askedToCancel,
  askedToEnd,
  declined,
  expired,
  held,
  made,
  missed,
  newer,
  progressed,
  reminded,
  started,
} from '../support/steps.ts';

const HOUR = 60;
const DAY = 24 * HOUR;
const emergency = log(submitted({ urgency: 'emergency', lines: [[abroad, union]] }));
const sole = (urgency = 'emergency') => log(submitted({ urgency, lines: [[abroad]] }));

const due = (
  facts: readonly Fact[],
  country: Country,
  minute: number,
  more: Partial<Context> = {},
) => dueNext(fold(facts), { ...contextIn(country, later(minute)), ...more });
const wake = (facts: readonly Fact[], country: Country, minute: number) => {
  const { referral } = fold(facts);
  return referral && wakeAt(referral, contextIn(country, later(minute)));
};
/** What the system does at this minute, one after the other, until nothing is due. */
const done = (before: readonly Fact[], country: Country, minute: number): Fact[] => {
  const context = contextIn(country, later(minute));
  let facts = [...before];
  for (;;) {
    const next = dueNext(fold(facts), context);
    const draft = next && decide(fold(facts), next, context);
    if (!next || !draft) return facts;
    const written = recorded(facts, draft, next).slice(facts.length);
    facts = [...facts, ...written.map((fact) => ({ ...fact, time: later(minute) }))];
  }
};
const shortly = (facts: readonly Fact[]) =>
  facts.map(({ type, data }) => `${type} ${data.clock ?? data.cause ?? data.office ?? ''}`.trim());
const news = (before: readonly Fact[], country: Country, minute: number) =>
  shortly(done(before, country, minute).slice(before.length));

describe('a clock', () => {
  test('is reminded of at half its time, with what is owed, by when, and to whom', () => {
    const next = due(emergency, 'vn', 31) as Command;
    expect(next).toEqual({
      do: 'remind',
      input: { clock: 'acknowledge', offer: 'kr1-1' },
      caller: { system: 'vn' },
    });
    expect(decide(fold(emergency), next, contextIn('vn', later(31)))).toEqual({
      type: 'deadline.reminded.v1',
      reach: 'both',
      data: {
        offices: [sender, abroad],
        clock: 'acknowledge',
        offer: 'kr1-1',
        round: 1,
        due: later(61),
      },
    });
  });

  test.each<[number, string[]]>([
    [30, []],
    [31, ['deadline.reminded.v1 acknowledge']],
    [60, ['deadline.reminded.v1 acknowledge']],
    [61, ['deadline.missed.v1 acknowledge']],
    [120, ['deadline.missed.v1 acknowledge']],
    [121, ['deadline.missed.v1 acknowledge', 'deadline.reminded.v1 decide']],
    [241, ['deadline.missed.v1 acknowledge', 'deadline.missed.v1 decide']],
    [360, ['deadline.missed.v1 acknowledge', 'deadline.missed.v1 decide']],
    [361, ['deadline.missed.v1 acknowledge', 'deadline.missed.v1 decide', 'offer.expired.v1']],
  ])('that nobody looked at before minute %i', (minute, expected) => {
    expect(news(emergency, 'vn', minute)).toEqual(expected);
  });

  test('is run by the country of the office that owes, and by no other', () => {
    expect(news(emergency, 'kr', 30 * DAY)).toEqual([]);
    expect(wake(emergency, 'kr', 0)).toBe(nextYear);
    const waiting = onward(sole(), declined());
    expect(news(waiting, 'vn', 30 * DAY)).toEqual([]);
    expect(news(waiting, 'kr', 30 * DAY)).toEqual(['deadline.missed.v1 place']);
  });

  test('wakes the origin, and no other country, when a consent ends', () => {
    const served = onward(emergency, accepted(), progressed(), started());
    expect(wake(served, 'kr', 0)).toBe(nextYear);
    expect(wake(served, 'vn', 0)).toBeUndefined();
  });

  test('wakes its country at half, at full and at one and a half', () => {
    const facts = onward(emergency, acknowledged());
    expect(wake(facts, 'vn', 2)).toBe(later(121));
    expect(wake(facts, 'vn', 120)).toBe(later(121));
    const half = done(facts, 'vn', 121);
    expect(wake(half, 'vn', 121)).toBe(later(241));
    const full = done(half, 'vn', 241);
    expect(wake(full, 'vn', 241)).toBe(later(361));
    const over = done(full, 'vn', 361);
    expect(wake(over, 'vn', 361)).toBeUndefined();
  });

  test('that was reminded of late is missed at the same time', () => {
    const late = done(emergency, 'vn', 45);
    expect(wake(late, 'vn', 45)).toBe(later(61));
  });

  test('stays missed when a corrected calendar gives it more time', () => {
    const facts = onward(
      log(submitted()),
      missed({}, { clock: 'acknowledge', due: '2026-11-26T10:00:00.000Z' }),
    );
    const workingDays = () => ({ at: later(90 * DAY), provisional: false });
    expect(due(facts, 'vn', 30 * DAY, { workingDays })).toBeUndefined();
    expect(due(log(submitted()), 'vn', 30 * DAY, { workingDays })).toBeUndefined();
  });

  test('goes on while a newer fact is here: endings stay open', () => {
    expect(news(onward(emergency, newer), 'vn', 30 * DAY).at(-1)).toBe('offer.expired.v1');
  });
});

describe('what a clock says', () => {
  test('is a fact for sender and receiver, a line’s for the sender alone, a hold’s for its office alone', () => {
    const offices = (facts: readonly Fact[], country: Country, type: string) =>
      done(facts, country, 30 * DAY).find(({ data }) => data.clock === type)?.data.offices;
    expect(offices(onward(sole('urgent'), asked()), 'kr', 'answer')).toEqual([sender, abroad]);
    expect(offices(onward(sole(), declined()), 'kr', 'place')).toEqual([sender]);
    const holding = onward(sole(), accepted(), progressed(), started(), held());
    expect(offices(holding, 'vn', 'hold-review')).toEqual([abroad]);
  });

  test('is read and heard by sender and receiver alike, and by nobody else', () => {
    const facts = done(onward(emergency, made({ office: home, offer: 'kr2-1' })), 'vn', 61);
    const fact = facts.at(-1) as Fact;
    for (const office of [sender, abroad]) {
      expect(factFor(office, facts, fact)?.data).toMatchObject({ clock: 'acknowledge' });
      expect(mayHear(fold(facts), office, fact)).toBe(true);
    }
    for (const office of [home, union]) {
      expect(factFor(office, facts, fact)).toBeUndefined();
      expect(mayHear(fold(facts), office, fact)).toBe(false);
    }
  });

  test('is heard behind a closed gate only about the request itself', () => {
    const shut = onward(sole(), accepted(), askedToCancel({}, { shut: true }));
    const about = (clock: string) => onward(shut, reminded({}, { clock })).at(-1) as Fact;
    expect(mayHear(fold(shut), abroad, about('cancellation'))).toBe(true);
    expect(mayHear(fold(shut), abroad, about('first-contact'))).toBe(false);
  });
});

describe('an offer that nobody answers', () => {
  test('expires, and its lines go to the next office of the list', () => {
    const facts = done(emergency, 'vn', 361);
    const { referral } = fold(facts);
    expect(referral?.offers.map(statusOf)).toEqual(['expired']);
    expect(facts.at(-1)).toMatchObject({
      actor: 'vn:system',
      data: { offices: [sender, abroad], offer: 'kr1-1' },
    });
    expect(news(facts, 'kr', 362)).toEqual([`offer.made.v1 ${union}`]);
    expect(mayHear(fold(facts), abroad, facts.at(-1) as Fact)).toBe(true);
    expect(viewFor(abroad, fold(facts), contextIn('vn'))?.offers[0]?.status).toBe('expired');
  });

  test('and was the last of its list leaves the line with its sender, whose time runs', () => {
    const facts = done(sole(), 'vn', 361);
    expect(news(facts, 'kr', 362)).toEqual([]);
    expect(wake(facts, 'kr', 362)).toBe(later(361 + 30));
  });

  test('is not expired before its time, nor while a question waits', () => {
    const expire = command('expire', { system: 'vn' }, {}, 'kr1-1');
    const at = (facts: readonly Fact[], minute: number) =>
      refusal(() => decide(fold(facts), expire, contextIn('vn', later(minute))));
    expect(at(emergency, 360)).toEqual({ code: 'not-allowed-now', status: 409 });
    const asking = onward(log(submitted({ urgency: 'urgent' })), asked());
    expect(at(asking, 72 * HOUR + 1).code).toBe('not-allowed-now');
    expect(decide(fold(asking), expire, contextIn('vn', later(96 * HOUR + 3)))).toBeDefined();
  });

  test('is expired by its office’s country alone, and once', () => {
    const late = later(30 * DAY);
    const by = (country: Country) => command('expire', { system: country }, {}, 'kr1-1');
    expect(refusal(() => decide(fold(emergency), by('kr'), contextIn('kr', late))).code).toBe(
      'not-yours-to-do',
    );
    const over = onward(emergency, expired());
    expect(decide(fold(over), by('vn'), contextIn('vn', late))).toBeUndefined();
    expect(
      refusal(() =>
        decide(fold(emergency), command('expire', worker(abroad), {}, 'kr1-1'), contextIn('vn')),
      ).code,
    ).toBe('not-yours-to-do');
  });
});

describe('a receiver who does not answer a request to cancel', () => {
  const asking = onward(sole('urgent'), accepted(), askedToCancel({}, { next: 'human' }));

  test('is overruled at one and a half times its time, by its own country alone', () => {
    expect(news(asking, 'vn', 71 * HOUR)).toEqual(['deadline.missed.v1 cancellation']);
    const facts = done(asking, 'vn', 73 * HOUR);
    expect(facts.at(-1)).toMatchObject({
      type: 'offer.cancelled.v1',
      actor: 'vn:system',
      data: { offer: 'kr1-1', lines: ['l1'], next: 'human', cause: 'clock' },
    });
    expect(fold(facts).referral?.offers.map(statusOf)).toEqual(['cancelled']);
    expect(fold(facts).setAside).toEqual([]);
    expect(news(asking, 'kr', 30 * DAY)).toEqual([]);
  });

  test('may answer until then, and is not overruled twice', () => {
    const confirm = (caller: Command['caller']) =>
      command('confirm-cancellation', caller, {}, 'kr1-1');
    const context = contextIn('vn', later(2 * HOUR));
    expect(decide(fold(asking), confirm(worker(abroad)), context)?.data).toMatchObject({
      cause: 'receiver',
    });
    expect(refusal(() => decide(fold(asking), confirm({ system: 'vn' }), context)).code).toBe(
      'not-allowed-now',
    );
    const facts = done(asking, 'vn', 73 * HOUR);
    expect(decide(fold(facts), confirm({ system: 'vn' }), context)).toBeUndefined();
    expect(decide(fold(facts), confirm(worker(abroad)), context)).toBeUndefined();
  });
});

describe('the fold sets aside', () => {
  const wrong: [string, readonly Step[]][] = [
    ['a reminder by the other country', [reminded({ actor: 'kr:system' })]],
    ['a reminder by an office', [reminded({ actor: abroad })]],
    ['a reminder of an offer that is not there', [reminded({ offer: 'kr9-1' })]],
    ['one about an answer by the receiver’s country', [missed({}, { clock: 'answer' })]],
    ['one of a withdrawal that names an offer', [missed({}, { clock: 'withdrawal-confirm' })]],
    [
      'one about a line by the other country',
      [missed({}, { clock: 'place', offer: undefined, line: 'l1' })],
    ],
    [
      'one about a line that is not there',
      [missed({ actor: 'kr:system' }, { clock: 'place', offer: undefined, line: 'l9' })],
    ],
    ['an offer expired by the other country', [expired({ actor: 'kr:system' })]],
    ['an offer expired by its office', [expired({ actor: abroad })]],
    ['an offer that expired after it was answered', [accepted(), expired()]],
    ['an offer that expired after it was withdrawn and ended', [expired(), expired()]],
  ];
  test.each(wrong)('%s', (_, steps) => {
    const facts = onward(emergency, ...steps);
    expect(fold(facts).setAside).toEqual([facts.at(-1)?.id]);
  });

  test('nothing that the owner’s system may write', () => {
    const line = { clock: 'place', offer: undefined, line: 'l1' };
    for (const step of [
      reminded(),
      missed(),
      expired(),
      missed({ actor: 'kr:system' }, { clock: 'answer' }),
      missed({ actor: 'kr:system' }, line),
    ])
      expect(fold(onward(emergency, step)).setAside).toEqual([]);
  });

  test('no expiry that crossed a withdrawal', () => {
    const crossed = onward(emergency, askedToEnd(), expired());
    expect(fold(crossed).setAside).toEqual([]);
    expect(news(crossed, 'kr', 30 * DAY)).toEqual([]);
  });
});

describe('a view', () => {
  const dues = (office: Office, facts: readonly Fact[]) => {
    const view = viewFor(office, fold(facts), contextIn('vn'));
    return { due: view?.due, offers: view?.offers.map((offer) => offer.due) };
  };
  const instant = (minute: number): Instant => later(minute);

  test('says what is owed about an offer, and when the office’s own next debt falls due', () => {
    expect(dues(abroad, emergency)).toEqual({
      due: instant(61),
      offers: [
        [
          { clock: 'acknowledge', due: instant(61) },
          { clock: 'decide', due: instant(241) },
        ],
      ],
    });
    expect(dues(sender, emergency).due).toBeUndefined();
    expect(dues(sender, emergency).offers?.[0]).toHaveLength(2);
    const asking = onward(log(submitted({ urgency: 'urgent' })), asked());
    expect(dues(sender, asking).due).toBe(instant(24 * HOUR + 2));
  });

  test('says what was missed, and what is provisional', () => {
    expect(dues(abroad, onward(emergency, missed({}, { clock: 'decide' }))).offers?.[0]).toEqual([
      { clock: 'acknowledge', due: instant(61) },
      { clock: 'decide', due: instant(241), missed: true },
    ]);
    expect(dues(abroad, log(submitted())).offers?.[0]?.[1]).toMatchObject({ provisional: true });
  });

  test('shows the sender its lines that wait', () => {
    const facts = onward(sole('urgent'), declined());
    const view = viewFor(sender, fold(facts), contextIn('kr'));
    expect(view).toMatchObject({
      due: instant(24 * HOUR + 2),
      lines: [{ line: 'l1', status: 'open', due: [{ clock: 'place' }] }],
    });
  });

  test.each([
    ['none', false],
    ['outcome', false],
    ['progress', true],
  ])('with feedback %s shows a sender the clocks of the service: %s', (feedback, shown) => {
    const facts = onward(log(submitted({ feedback })), accepted());
    const offer = viewFor(sender, fold(facts), contextIn('kr'))?.offers[0];
    expect(offer?.due !== undefined).toBe(shown);
    expect(dues(abroad, facts).offers?.[0]).toBeDefined();
  });
});
