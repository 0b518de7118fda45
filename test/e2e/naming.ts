import { expect, test } from 'vitest';
import { nameOffice } from '../../infra/local/ops.ts';
import { type Given, post, sent } from './support.ts';

export const naming = (given: Given) => {
  test('the desk names an office to settle a withdrawal that only the sender could', async () => {
    const demo = given();
    const { client } = demo.network.countries.kr;
    const { ref } = await sent(demo);
    const name = (row: string) => nameOffice(client, 'kr', { ref, row, office: 'kr-klac' });
    expect(await name('23')).toMatchObject({ refused: 'not-allowed-now', field: '/row' });
    const path = `/v1/referrals/${ref}`;
    const withdrawn = await post(demo, 'kr-danuri', `${path}/withdraw-consent`, {
      identification: 'passphrase',
    });
    expect(withdrawn.status).toBe(200);
    const refute = () =>
      demo.call('kr-klac', {
        ...{ method: 'POST', path: `${path}/refute-withdrawal` },
        ...{ body: {}, role: 'supervisor' },
      });
    const early = await refute();
    expect(early.status).toBe(404);
    expect(await name('23')).toEqual({ named: { row: '23', office: 'kr-klac' }, recorded: true });
    const refuted = await refute();
    expect(refuted.status).toBe(200);
  });
};
