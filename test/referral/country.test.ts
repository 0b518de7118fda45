import { describe, expect, test } from 'vitest';
import type { Country, Office } from '../../events/envelope.ts';
import { sample, submission } from '../support/commands.ts';
import { command, given, refusal } from '../support/given.ts';
import { abroad, home, nextYear, sender, worker } from '../support/people.ts';
import { situations } from '../support/situations.ts';

/** The situation in which each command of the office asked would take effect, were it given in its own country. */
const right: Record<string, string> = {
  acknowledge: 'requested',
  accept: 'received',
  decline: 'received',
  'start-service': 'contacted',
  'report-progress': 'accepted',
  close: 'in-progress',
};
const facts = situations(abroad, 'vn');

describe('nobody decides in the country of others, where every fold would set it aside', () => {
  test.each(Object.entries(right))('%s is refused to the office asked', (name, situation) => {
    const does = sample(worker(abroad), home)[name];
    if (!does) throw new Error('no such sample');
    const log = facts[situation] ?? [];
    expect(given(log).when(does, 'vn')).toBeDefined();
    expect(refusal(() => given(log).when(does, 'kr')).status).toBeGreaterThanOrEqual(400);
  });

  test.each([
    ['withdraw', 'requested'],
    ['offer', 'rejected'],
  ])('%s is refused to the sender', (name, situation) => {
    const does = sample(worker(sender), home)[name];
    if (!does) throw new Error('no such sample');
    const log = facts[situation] ?? [];
    expect(given(log).when(does, 'kr')).toBeDefined();
    expect(refusal(() => given(log).when(does, 'vn')).status).toBeGreaterThanOrEqual(400);
  });

  test.each<[Country, Office, Office]>([
    ['vn', sender, abroad],
    ['kr', abroad, home],
  ])('submit is refused in %s to %s', (country, office, to) => {
    const { consent, ...rest } = submission(office);
    const grants = [{ office: to, direction: country, stages: [1], expires: nextYear }];
    const input = {
      ...rest,
      reach: country,
      lines: [{ offices: [to] }],
      consent: { ...consent, grants },
    };
    const does = command('submit', worker(office), input);
    expect(refusal(() => given([]).when(does, country)).status).toBeGreaterThanOrEqual(400);
  });

  test.each(['asked', 'asked-later', 'elsewhere'])(
    'cancel is refused to the other system (%s)',
    (name) => {
      const does = sample({ system: 'kr' }, home).cancel;
      if (!does) throw new Error('no such sample');
      expect(
        refusal(() => given(facts[name] ?? []).when(does, 'kr')).status,
      ).toBeGreaterThanOrEqual(400);
    },
  );

  test('offer is refused to the system that is not of the origin', () => {
    const does = sample({ system: 'vn' }, home).offer;
    if (!does) throw new Error('no such sample');
    expect(
      refusal(() => given(facts.rejected ?? []).when(does, 'vn')).status,
    ).toBeGreaterThanOrEqual(400);
  });
});
