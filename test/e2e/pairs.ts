import { expect, test } from 'vitest';
import { factsIn } from '../../infra/local/facts-in.ts';
import { fold } from '../../shared/referral/fold.ts';
import { isShut } from '../../shared/referral/offers.ts';
import { both, type Given, post, sent, until, view } from './support.ts';

// The first complaint of lifecycle.md on a real API; the 1,000 of each kind are in test/complaints.
/** `PAIRS=1000` for a release. */
const PAIRS = Number(process.env.PAIRS ?? 30);
const PAIRS_AT_ONCE = 3;
/** So many are decided in one cut. */
const A_CUT = 60;
const TIME = 120_000 + PAIRS * 2_000;

const sender = 'kr-danuri';
const atHome = 'kr-klac';
const abroad = 'vn-osso-can-tho';
const reasons = ['person-request', 'no-longer-required', 'placed-elsewhere', 'safety'];

type Sent = { readonly ref: string; readonly offer: string };

/** A few pairs at a time, so that no more than six calls are on their way. */
const inTurns = async <T>(of: readonly T[], job: (one: T, i: number) => Promise<void>) => {
  let next = 0;
  const turn = async () => {
    while (next < of.length) {
      const i = next;
      next += 1;
      await job(of[i] as T, i);
    }
  };
  await Promise.all(Array.from({ length: PAIRS_AT_ONCE }, turn));
};

export const pairs = (given: Given) => {
  const submittedTo = async (count: number, ...offices: string[]): Promise<Sent[]> => {
    const all: Sent[] = [];
    await inTurns(Array.from({ length: count }), async () => {
      all.push(await sent(given(), sender, offices));
    });
    return all;
  };
  /** Both at the same moment, now one first, now the other. */
  const fired = async ({ ref, offer }: Sent, receiver: string, i: number) => {
    const path = `/v1/referrals/${ref}/offers/${offer}`;
    const withdraw = () =>
      post(given(), sender, `${path}/withdraw`, { reason: reasons[i % reasons.length] });
    const accept = () => post(given(), receiver, `${path}/accept`, { lines: ['l1'] });
    const one = i % 2 === 0 ? withdraw() : undefined;
    const accepted = accept();
    return Promise.all([one ?? withdraw(), accepted]);
  };

  const cutPairs = async (count: number) => {
    const demo = given();
    const all = await submittedTo(count, abroad);
    await inTurns(all, async ({ ref }) => {
      await until(
        () => view(demo, abroad, ref),
        ({ status }) => status === 200,
      );
    });
    demo.network.carrier.cut();
    const { kr } = demo.network.countries;
    await inTurns(all, async (one, i) => {
      const answers = await fired(one, abroad, i);
      expect(
        answers.map(({ status }) => status),
        one.ref,
      ).toEqual([200, 200]);
      const { referral } = fold(await factsIn(kr, one.ref));
      const [offer] = referral?.offers ?? [];
      expect(referral && offer && isShut(referral, offer)).toBe(true);
    });
    demo.network.carrier.heal();
    await inTurns(all, async ({ ref }) => {
      for (const office of [sender, abroad]) {
        const { body } = await until(
          () => view(demo, office, ref),
          ({ etag }) => etag === '"kr2.vn1"',
        );
        const [offer] = body.state.offers;
        expect(offer).toMatchObject({ status: 'accepted', cancellation: 'requested' });
        expect(offer.due.map(({ clock }: { clock: string }) => clock)).toContain('cancellation');
      }
      const [here, there] = await Promise.all(both(demo).map((country) => factsIn(country, ref)));
      expect(there).toEqual(here);
    });
  };

  test(
    `withdraw and accept fired together ${PAIRS} times in one country: exactly one wins and the other gets 409`,
    async () => {
      const demo = given();
      const won = { withdraw: 0, accept: 0 };
      await inTurns(await submittedTo(PAIRS, atHome, abroad), async (one, i) => {
        const [withdrawn, accepted] = await fired(one, atHome, i);
        const codes = [withdrawn, accepted].map(({ status }) => status);
        expect(codes.toSorted(), one.ref).toEqual([200, 409]);
        const loser = withdrawn.status === 409 ? withdrawn : accepted;
        expect(loser.body.code).toBe('not-allowed-now');
        won[withdrawn.status === 200 ? 'withdraw' : 'accept'] += 1;
        const status = withdrawn.status === 200 ? 'cancelled' : 'accepted';
        const { etag, body } = await view(demo, sender, one.ref);
        expect([etag, body.state.offers]).toMatchObject([
          '"kr2.vn0"',
          [{ status, cancellation: 'none' }],
        ]);
      });
      console.info('won in one country:', JSON.stringify(won));
    },
    TIME,
  );

  test(
    `withdraw and accept fired together ${PAIRS} times across a cut border: the gate is shut at once, both sides agree after healing`,
    async () => {
      for (let left = PAIRS; left > 0; left -= A_CUT) await cutPairs(Math.min(left, A_CUT));
    },
    TIME,
  );
};
