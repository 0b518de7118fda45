import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { caseFile } from './case-file.ts';
import type { Demo } from './demo.ts';
import { type Answered, decrypted } from './demo-office.ts';
import { factsIn } from './facts-in.ts';

const sender = 'kr-danuri';
const receiver = 'vn-osso-can-tho';
/** A need that these offices of the seed directory help with. */
const needOf = (offices: readonly string[]): string => {
  if (offices.includes('kr-klac')) return 'legal-divorce';
  return offices.includes('kr-danuri') ? 'psychosocial' : 'civil-status-documents';
};

const inAYear = () => new Date(Date.now() + 365 * 24 * 3600_000).toISOString();

/** A referral from a Korean office to a Vietnamese one, as the body of `POST /v1/referrals`. Nobody real stands in it. */
export const submission = (from = sender, offices: readonly string[] = [receiver]) => {
  const [here, there] = from.startsWith('kr') ? ['kr', 'vn'] : ['vn', 'kr'];
  const grant = { stages: [1, 2], expires: inAYear() };
  const grants = [
    { office: from, direction: `${there}-${here}`, ...grant },
    ...offices.map((office) => ({
      office,
      direction: office.startsWith(`${here}-`) ? `${here}` : `${here}-${there}`,
      ...grant,
    })),
  ];
  return {
    reach: 'both',
    urgency: 'normal',
    lines: [{ offices }],
    consent: {
      noticeVersion: '2026-11',
      noticeHash: 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg',
      feedback: 'progress',
      contact: 'office-contacts-person',
      grants,
    },
    caseFile: caseFile(grants, needOf(offices)),
  };
};

export interface Step {
  readonly by: string;
  readonly says: string;
  readonly command: string;
  readonly body: object;
}

/** What the receiver does, in order. */
export const steps: readonly Step[] = [
  { by: receiver, says: 'Cần Thơ has read it', command: 'acknowledge', body: {} },
  { by: receiver, says: 'Cần Thơ accepts', command: 'accept', body: { lines: ['l1'] } },
  {
    by: receiver,
    says: 'Cần Thơ has reached her',
    command: 'report-progress',
    body: { kind: 'contact-made' },
  },
  { by: receiver, says: 'Cần Thơ begins to help', command: 'start-service', body: {} },
  {
    by: receiver,
    says: 'Cần Thơ has helped',
    command: 'close',
    body: { outcomes: [{ line: 'l1', outcome: 'service-completed' }], needMet: 'met' },
  },
];

/** What both countries say once they agree, and how long that took. */
export interface Shown {
  readonly says: string;
  readonly seoul: string;
  readonly canTho: string;
  readonly hooks: number;
  readonly ms: number;
}

/** Walks one referral from Seoul to Cần Thơ and back; each step ends when both countries agree and both webhooks were verified. */
export const walk = async (demo: Demo, tell: (shown: Shown) => void): Promise<string> => {
  const first = await step(demo, sender, '/v1/referrals', submission());
  const ref: string = first.body.state.ref;
  tell(await agreed(demo, `${ref}/kr/1`, 'Seoul refers a person to Cần Thơ', first));
  const [offer] = first.body.state.offers;
  for (const [i, { by, says, command, body }] of steps.entries()) {
    const path = `/v1/referrals/${ref}/offers/${offer.offer}/${command}`;
    tell(await agreed(demo, `${ref}/vn/${i + 1}`, says, await step(demo, by, path, body)));
    if (command === 'accept') tell(await reads(demo, ref, `"kr2.vn${i + 1}"`));
  }
  await sameFacts(demo, ref);
  return ref;
};

/** Reads the case file from the gate of Korea, which may not have heard of the acceptance yet; it is encrypted for this office alone. */
const reads = async (demo: Demo, ref: string, etag: string): Promise<Shown> => {
  const since = performance.now();
  const path = `/v1/referrals/${ref}/case-file/disclosures`;
  const who = demo.offices[receiver];
  for (let tries = 0; who && tries < 100; tries += 1) {
    const answer = await demo.call(receiver, { method: 'POST', path, body: {} });
    if (answer.status === 200) {
      const { content } = await decrypted(who, answer.body.parts[0].jwe);
      if (!content.identity?.name) throw new Error('The case file came without an identity');
      return agreed(demo, `${ref}/kr/2`, 'Cần Thơ reads her case file', { ...answer, etag, since });
    }
    if (answer.status !== 503) throw new Error(`The gate answered ${answer.body?.code}`);
    await wait(200);
  }
  throw new Error('The gate had not heard of the acceptance within 20 seconds');
};

/** Both ledgers hold the same facts, member by member. */
const sameFacts = async ({ network }: Demo, ref: string) => {
  const { kr, vn } = network.countries;
  const [here, there] = await Promise.all([factsIn(kr, ref), factsIn(vn, ref)]);
  if (here.length === 0 || !isDeepStrictEqual(here, there))
    throw new Error(`The two ledgers hold different facts of ${ref}`);
};

type Done = Answered & { readonly since: number };

const step = async ({ call }: Demo, by: string, path: string, body: object): Promise<Done> => {
  const since = performance.now();
  const answer = await call(by, { method: 'POST', path, body });
  if (answer.status >= 300)
    throw new Error(`${by} ${path} was answered ${answer.status} ${answer.body?.code}`);
  return { ...answer, since };
};

/** Waits until both countries know the version that this fact made, and both offices' servers have it. */
const agreed = async (demo: Demo, id: string, says: string, done: Done): Promise<Shown> => {
  const offices = [sender, receiver];
  const [ref = ''] = id.split('/');
  const [seoul = '', canTho = ''] = await Promise.all(
    offices.map((office) => sees(demo, office, ref, done.etag ?? '')),
  );
  const hooks = await Promise.all(offices.map((office) => demo.receiver.arrived(office, id)));
  if (seoul !== canTho) throw new Error(`${says}: Seoul sees ${seoul}, Cần Thơ ${canTho}`);
  if (!hooks.every(({ verified }) => verified))
    throw new Error(`${says}: a signature did not verify`);
  return { says, seoul, canTho, hooks: hooks.length, ms: performance.now() - done.since };
};

/** Ids of all facts of a version such as `"kr1.vn2"`. */
export const factsOf = (ref: string, etag: string): string[] =>
  [...etag.matchAll(/(kr|vn)(\d+)/g)].flatMap(([, country, n]) =>
    Array.from({ length: Number(n) }, (_, i) => `${ref}/${country}/${i + 1}`),
  );

/** The state of the offer in one office's country, once that country knows this version. */
export const sees = async (
  { call }: Demo,
  office: string,
  ref: string,
  etag: string,
): Promise<string> => {
  for (let tries = 0; tries < 300; tries += 1) {
    const { body, ...answer } = await call(office, { method: 'GET', path: `/v1/referrals/${ref}` });
    if (answer.status === 200 && answer.etag === etag)
      return body.state.offers.map((offer: { status: string }) => offer.status).join(', ');
    await wait(100);
  }
  throw new Error(`${office} did not see ${etag} within 30 seconds`);
};
