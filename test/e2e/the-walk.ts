import { expect, test } from 'vitest';
import { beat } from '../../infra/local/demo.ts';
import { factsIn } from '../../infra/local/facts-in.ts';
import { type Shown, walk } from '../../infra/local/walk.ts';
import { both, type Given, until } from './support.ts';

export const theWalk = (given: Given) => {
  test('each step is seen alike in both countries and told to both offices by verified webhooks', async () => {
    const shown: Shown[] = [];
    const ref = await walk(given(), (step) => shown.push(step));
    expect(shown.map(({ seoul }) => seoul)).toEqual([
      'requested',
      'received',
      'accepted',
      'accepted', // its office reads the case file
      'accepted',
      'in-progress',
      'completed',
    ]);
    expect(shown.map(({ canTho }) => canTho)).toEqual(shown.map(({ seoul }) => seoul));
    const [kr, vn] = await Promise.all(both(given()).map((country) => factsIn(country, ref)));
    expect(kr).toHaveLength(7);
    expect(vn).toEqual(kr);
  });

  test('the history that an office reads is what its webhooks brought', async () => {
    const { call, receiver } = given();
    const ref = await walk(given(), () => {});
    for (const office of ['kr-danuri', 'vn-osso-can-tho']) {
      const { body } = await call(office, { method: 'GET', path: `/v1/referrals/${ref}/facts` });
      const hooks = receiver.hooks.filter((h) => h.office === office && h.id.startsWith(ref));
      const told = new Map(hooks.map(({ id, body }) => [id, JSON.parse(body)]));
      expect(body.facts.map(({ id }: { id: string }) => told.get(id))).toEqual(body.facts);
      expect(body.next).toBe('kr2.vn5');
      const after = await call(office, {
        method: 'GET',
        path: `/v1/referrals/${ref}/facts?after=kr2.vn3`,
      });
      expect(after.body.facts.map(({ seq }: { seq: number }) => seq)).toEqual([4, 5]);
    }
  });

  test('the lists show it to both: what is owed first, then the newest', async () => {
    const { call } = given();
    const ref = await walk(given(), () => {});
    for (const [office, list] of [
      ['kr-danuri', 'sent'],
      ['vn-osso-can-tho', 'inbox'],
    ] as const) {
      const newest = async () =>
        (await call(office, { method: 'GET', path: `/v1/${list}?state=completed&limit=1` })).body
          .items[0];
      const item = await until(newest, (i) => i?.offers?.[0]?.status === 'completed');
      expect(item.ref).toBe(ref);
      const all = (await call(office, { method: 'GET', path: `/v1/${list}?limit=100` })).body.items;
      const dues = all.map(({ due = '9' }: { due?: string }) => due);
      expect(dues).toEqual(dues.toSorted());
      const late = await call(office, { method: 'GET', path: `/v1/${list}?overdue=true` });
      expect([late.status, late.body.items]).toEqual([200, []]);
    }
  });

  test('a heartbeat crosses in each direction, and the lists say that the peer is reachable', async () => {
    const { call } = given();
    for (const country of both(given())) await beat(country);
    for (const [office, list] of [
      ['kr-danuri', 'sent'],
      ['vn-osso-can-tho', 'inbox'],
    ] as const) {
      const peer = async () =>
        (await call(office, { method: 'GET', path: `/v1/${list}` })).body.peer;
      expect(await until(peer, ({ status }) => status === 'reachable')).toHaveProperty('since');
    }
  });
};
