import { setTimeout as wait } from 'node:timers/promises';
import type { GetScheduleCommandOutput } from '@aws-sdk/client-scheduler';
import { expect, test } from 'vitest';
import { freshOffice } from '../../infra/local/demo-office.ts';
import { factsIn } from '../../infra/local/facts-in.ts';
import { entryOf, known, operate } from '../../infra/local/register.ts';
import { both, type Given, sent, until, view } from './support.ts';
import { ring, taken, wakeUps } from './wake-ups.ts';

const DIRECTORY_IS_OLD = 65_000;

// It serves the area that the invented woman comes home to, like the next one.
const office = 'vn-osso-hau-giang';
const next = 'vn-osso-can-tho';
const sender = 'kr-danuri';

/** The directory is read at most a minute old, so it is suspended first of all and looked at last of all. */
export const suspension = (given: Given) => {
  let ref = '';
  let suspendedAt = 0;
  let look: GetScheduleCommandOutput | undefined;
  const begin = () =>
    test('an office that was asked is suspended', async () => {
      const demo = given();
      const { vn } = demo.network.countries;
      const { client } = vn;
      const entry = await entryOf(office, [freshOffice(office).publicKey]);
      await operate(client, 'vn', { do: 'register', office, entry });
      await known(both(demo), [office]);
      ({ ref } = await sent(demo, sender, [office, next]));
      await until(
        () => factsIn(vn, ref),
        (facts) => facts.length === 1,
      );
      await operate(client, 'vn', { do: 'suspend', office });
      suspendedAt = Date.now();
      const looks = await until(
        () => wakeUps(vn, office),
        (found) => found.length === 2,
      );
      // Not in the middle of another test.
      [look] = await Promise.all(looks.map((one) => taken(vn, one)));
    });
  const end = () =>
    test('what it had not answered is cancelled, and the next office of the list is asked', async () => {
      const demo = given();
      const { vn } = demo.network.countries;
      await wait(Math.max(0, suspendedAt + DIRECTORY_IS_OLD - Date.now())); // only when run alone
      await ring(vn, look as GetScheduleCommandOutput);
      const { body } = await until(
        () => view(demo, sender, ref),
        (answer) => answer.body.state.offers.length === 2,
      );
      expect(body.state.offers).toMatchObject([
        { office, status: 'cancelled', cause: 'suspended' },
        { office: next, status: 'requested' },
      ]);
    });
  return { begin, end };
};
