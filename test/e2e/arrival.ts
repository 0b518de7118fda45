import { expect, test } from 'vitest';
import type { LocalCountry } from '../../infra/local/country.ts';
import { factsIn } from '../../infra/local/facts-in.ts';
import { both, type Given, post, sent, until } from './support.ts';
import { wakeUps } from './wake-ups.ts';

const DAY = 24 * 3_600_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);

export const arrival = (given: Given) => {
  const planned = async (date: string) => {
    const { ref } = await sent(given());
    const { status } = await post(given(), 'kr-danuri', `/v1/referrals/${ref}/plan-travel`, {
      date,
    });
    expect(status).toBe(200);
    return ref;
  };

  test('a date that is over by more than three days is known in both countries as not arrived, and the date is not', async () => {
    const ref = await planned(inDays(-5));
    for (const country of both(given())) {
      const facts = () => factsIn(country, ref);
      const found = await until(facts, (all) => all.length === 3);
      expect(found.at(-1)).toMatchObject({
        ...{ type: 'person.not-arrived.v1', actor: 'kr:system' },
        data: { plan: 'kr2-1' },
      });
      expect(JSON.stringify(found)).not.toContain(inDays(-5));
    }
  });

  test('a date to come is asked of again in a day, and nothing is said', async () => {
    const date = inDays(30);
    const ref = await planned(date);
    const [kr] = both(given()) as [LocalCountry, LocalCountry];
    const [, plan] = await factsIn(kr, ref);
    const again = new Date(Math.ceil((Date.parse(plan?.time ?? '') + DAY) / 60_000) * 60_000);
    const set = await until(
      () => wakeUps(kr, ref),
      (all) =>
        all.some((one) => one.ScheduleExpression === `at(${again.toISOString().slice(0, 19)})`),
    );
    expect(JSON.stringify(set)).not.toContain(date);
    expect((await factsIn(kr, ref)).map(({ type }) => type)).toEqual([
      'referral.submitted.v1',
      'travel.planned.v1',
    ]);
  });
};
