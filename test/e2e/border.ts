import { expect, test } from 'vitest';
import { factsIn } from '../../infra/local/facts-in.ts';
import { steps } from '../../infra/local/walk.ts';
import { agree, both, type Given, heard, post, sent, until, view } from './support.ts';

const sender = 'kr-danuri';
const receiver = 'vn-osso-can-tho';

export const border = (given: Given) => {
  test('cut for the middle of a walk and healed, it loses nothing and both countries agree', async () => {
    const demo = given();
    const { ref, offer, etag } = await sent(demo);
    await agree(demo, ref, etag, [sender, receiver]);
    demo.network.carrier.cut();
    let last = '';
    for (const { command, body } of steps) {
      const path = `/v1/referrals/${ref}/offers/${offer}/${command}`;
      const answer = await post(demo, receiver, path, body);
      expect(answer.status).toBe(200);
      last = answer.etag ?? '';
    }
    expect((await view(demo, sender, ref)).body.state.offers[0].status).toBe('requested');
    demo.network.carrier.heal();
    expect(await agree(demo, ref, last, [sender, receiver])).toEqual(['completed', 'completed']);
    await heard(demo, ref, last, [sender]);
    // What the receiver did itself may be withheld from it, once its service has ended.
    await demo.receiver.arrived(receiver, `${ref}/vn/5`);
    const [kr, vn] = await Promise.all(both(demo).map((country) => factsIn(country, ref)));
    expect(vn).toEqual(kr);
  });

  test('an acceptance that crossed a withdrawal stands as a cancellation request in both countries', async () => {
    const demo = given();
    const { ref, offer, etag } = await sent(demo);
    await agree(demo, ref, etag, [sender, receiver]);
    demo.network.carrier.cut();
    const path = `/v1/referrals/${ref}/offers/${offer}`;
    const withdrawn = await post(demo, sender, `${path}/withdraw`, { reason: 'person-request' });
    const accepted = await post(demo, receiver, `${path}/accept`, { lines: ['l1'] });
    expect([withdrawn.status, accepted.status]).toEqual([200, 200]);
    demo.network.carrier.heal();
    for (const office of [sender, receiver]) {
      const seen = await until(
        () => view(demo, office, ref),
        (a) => a.etag === '"kr2.vn1"',
      );
      expect(seen.body.state.offers[0]).toMatchObject({
        status: 'accepted',
        cancellation: 'requested',
      });
    }
  });

  test('a withdrawal that arrives first cancels the offer in its own country', async () => {
    const demo = given();
    const { ref, offer, etag } = await sent(demo);
    await agree(demo, ref, etag, [sender, receiver]);
    const path = `/v1/referrals/${ref}/offers/${offer}`;
    await post(demo, sender, `${path}/withdraw`, { reason: 'person-request' });
    const states = await agree(demo, ref, '"kr2.vn1"', [sender, receiver]);
    expect(states).toEqual(['cancelled', 'cancelled']);
    const refused = await post(demo, receiver, `${path}/accept`, { lines: ['l1'] });
    expect(refused).toMatchObject({ status: 409, body: { code: 'not-allowed-now' } });
    expect(refused.body.allowedCommands).toEqual([{ command: 'withdraw-consent' }]);
    expect((await view(demo, sender, ref)).body.state.lines).toEqual([
      { line: 'l1', status: 'stopped' },
    ]);
  });

  test('a referral is offered first to an office of its own country, then abroad', async () => {
    const demo = given();
    const { ref, offer, etag } = await sent(demo, sender, ['kr-klac', receiver]);
    await agree(demo, ref, etag, [sender, 'kr-klac']);
    const declined = await post(demo, 'kr-klac', `/v1/referrals/${ref}/offers/${offer}/decline`, {
      reason: 'no-capacity',
    });
    expect(declined.status).toBe(200);
    await agree(demo, ref, '"kr3.vn0"', [sender, receiver]);
    const seen = (await view(demo, receiver, ref)).body.state;
    expect(seen.offers).toMatchObject([{ offer: 'kr3-1', office: receiver, status: 'requested' }]);
    const path = `/v1/referrals/${ref}/offers/kr3-1/accept`;
    const accepted = await post(demo, receiver, path, { lines: ['l1'] });
    expect(accepted.status).toBe(200);
    const states = await agree(demo, ref, '"kr3.vn1"', [sender]);
    expect(states).toEqual(['rejected, accepted']);
    const [hook] = await heard(demo, ref, '"kr0.vn1"', [receiver]);
    expect(hook?.body).not.toContain('kr-klac');
  });
};
