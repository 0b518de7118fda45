import { expect, test } from 'vitest';
import { agree, type Given, heard, post, sent, view } from './support.ts';

const strangers = ['kr-klac', 'vn-cwd'];
const parties = ['kr-danuri', 'vn-osso-can-tho'];

export const isolation = (given: Given) => {
  test('office A cannot see or change the referral of office B: it is 404, as if it never was', async () => {
    const demo = given();
    const { ref, offer, etag } = await sent(demo);
    await agree(demo, ref, etag, parties);
    const never = 'ref_00000000000000000000000000';
    for (const office of strangers) {
      const seen = await view(demo, office, ref);
      expect(seen).toEqual(await view(demo, office, never));
      expect(seen).toMatchObject({ status: 404, body: { code: 'not-found' } });
      const facts = await demo.call(office, { method: 'GET', path: `/v1/referrals/${ref}/facts` });
      expect(facts.status).toBe(404);
      const path = `/v1/referrals/${ref}/offers/${offer}/accept`;
      expect((await post(demo, office, path, { lines: ['l1'] })).status).toBe(404);
      for (const list of ['inbox', 'sent']) {
        const { body } = await demo.call(office, { method: 'GET', path: `/v1/${list}` });
        expect(JSON.stringify(body)).not.toContain(ref);
      }
    }
    await heard(demo, ref, etag, parties);
    const told = demo.receiver.hooks.filter(({ office }) => strangers.includes(office));
    expect(told.filter(({ id }) => id.startsWith(ref))).toEqual([]);
  });

  test('a party in the wrong role is told so', async () => {
    const demo = given();
    const { ref, offer, etag } = await sent(demo);
    await agree(demo, ref, etag, parties);
    const path = `/v1/referrals/${ref}/offers/${offer}`;
    const accepted = await post(demo, 'kr-danuri', `${path}/accept`, { lines: ['l1'] });
    expect(accepted).toMatchObject({ status: 403, body: { code: 'not-yours-to-do' } });
    const withdrawn = await post(demo, 'vn-osso-can-tho', `${path}/withdraw`, { reason: 'safety' });
    expect(withdrawn).toMatchObject({ status: 403, body: { code: 'not-yours-to-do' } });
  });
};
