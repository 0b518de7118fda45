import { expect, test } from 'vitest';
import * as z from 'zod';
import {
  Contact,
  Feedback,
  HandOver,
  Next,
  ProgressKind,
  ShownReason,
  Urgency,
} from '../../events/referral.ts';
import cancellationReasons from '../../shared/data/cancellation-reasons.json' with { type: 'json' };
import scopes from '../../shared/data/consent-scopes.json' with { type: 'json' };
import declineReasons from '../../shared/data/decline-reasons.json' with { type: 'json' };
import outcomes from '../../shared/data/outcomes.json' with { type: 'json' };
import reasons from '../../shared/data/reasons.json' with { type: 'json' };
import urgencies from '../../shared/data/urgencies.json' with { type: 'json' };

const list = (name: string) =>
  reasons
    .filter((row) => row.list === name)
    .map(({ code }) => code)
    .toSorted();
const sorted = (of: { readonly options: readonly string[] }) => of.options.toSorted();

test('progress kinds are those of the list', () => {
  expect(sorted(ProgressKind)).toEqual(list('progress'));
});

test('results of a telephone hand-over are those of the list', () => {
  expect(sorted(HandOver.shape.result)).toEqual(list('hand-over'));
});

test('urgencies are those of the list', () => {
  expect(sorted(Urgency)).toEqual(urgencies.map(({ code }) => code).toSorted());
});

test('a decline reason is shown when it describes the office and no danger', () => {
  const shown = declineReasons
    .filter(({ side, code }) => side === 'provider' && code !== 'safety-or-conflict-of-interest')
    .map(({ code }) => code);
  expect(sorted(ShownReason)).toEqual(shown.toSorted());
});

test('ways to contact are those that she is asked for', () => {
  const row = scopes.find(({ code }) => code === 'contact-mode');
  expect(sorted(Contact)).toEqual(row?.values?.toSorted());
});

test('feedback has three degrees', () => {
  expect(sorted(Feedback)).toEqual(['none', 'outcome', 'progress']);
});

test('every reason and outcome leads to a way that facts can hold', () => {
  for (const { next } of [...declineReasons, ...cancellationReasons])
    expect(Next.safeParse(next).success).toBe(true);
  for (const { next } of outcomes)
    expect(next === 'sender-if-urgent' || Next.safeParse(next).success).toBe(true);
});

test('a code has the form that commands accept', () => {
  const code = z.string().regex(/^[a-z-]{1,60}$/);
  for (const row of [...declineReasons, ...cancellationReasons, ...outcomes, ...reasons])
    expect(code.parse(row.code)).toBe(row.code);
});
