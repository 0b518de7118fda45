import '../support/env.ts';
import { beforeEach, expect, test } from 'vitest';
import { commands } from '../../events/commands.ts';
import type { Fact, Office } from '../../events/envelope.ts';
import { handler as read } from '../../functions/api/read.ts';
import { commanded } from '../support/api.ts';
import { answerOf, callOf } from '../support/aws.ts';
import { bodyOf, fullSubmission } from '../support/case-file.ts';
import { sample } from '../support/commands.ts';
import { seedDirectory } from '../support/directory.ts';
import { logged } from '../support/env.ts';
import { log, ref, submitted } from '../support/facts.ts';
import { keys as kms } from '../support/kms.ts';
import { helpline, home, sender, stranger, union, worker } from '../support/people.ts';
import { situations } from '../support/situations.ts';
import { accepted } from '../support/steps.ts';
import { tables } from '../support/tables.ts';

// Lines of the table in lifecycle.md, "Complaints about other systems": what the API answers.

let db: ReturnType<typeof tables>;
const fresh = (facts: readonly Fact[] = []) => {
  db = tables();
  kms();
  seedDirectory(db);
  db.hold(facts);
};
beforeEach(() => fresh());

let keys = 0;
const call = (office: Office, path: string, body?: object, method = 'POST') => {
  keys += 1;
  const event = callOf(`${method} ${path}`, {
    who: worker(office, 'supervisor'),
    params: { ref, offer: 'kr1-1' },
    headers: { 'idempotency-key': `a-key-of-22-characters-${keys}` },
    ...(body && { body: JSON.stringify(body) }),
  });
  return method === 'POST' ? commanded(event) : answerOf(read, event);
};
const atHome = () => log(submitted({ lines: [[home]] }), accepted({ office: home }));

test('office A’s token with office B’s referral: 404, and an audit line', async () => {
  for (const one of Object.values(sample(worker(helpline), union))) {
    const { do: does } = one;
    const of = commands[does as keyof typeof commands];
    if (!of || does === 'submit') continue;
    fresh(atHome());
    const { status, body } = await call(helpline, of.path, bodyOf(one));
    expect([does, status, body.code]).toEqual([does, 404, 'not-found']);
  }
  logged.length = 0;
  fresh(atHome());
  const { status, text } = await call(helpline, commands.acknowledge.path);
  expect([status, logged.join().includes(helpline), logged.join().includes(ref)]).toEqual([
    404,
    true,
    true,
  ]);
  for (const word of [sender, home, 'kr1-1']) expect(text).not.toContain(word);
});

test.each(['override', 'supervisor', 'role', 'office', 'actor', 'by', 'seen', 'forced'])(
  'the field %s in a body is refused, and changes nothing',
  async (field) => {
    const submit = await call(
      sender,
      commands.submit.path,
      fullSubmission(sender, { [field]: true }),
    );
    expect([submit.status, submit.body.field, db.writes()]).toEqual([422, `/${field}`, 0]);
    for (const { path } of Object.values(commands)) {
      fresh(atHome());
      const { status, body } = await call(home, path, { [field]: true });
      expect([status, body.code]).toEqual([422, expect.any(String)]);
      expect(db.ledger()).toHaveLength(2);
    }
  },
);

/** What a command leaves behind when it took effect; only of these can the state alone know a repeat. */
const leaves: Record<string, readonly string[]> = {
  acknowledge: ['offer.acknowledged.v1', 'offer.information-requested.v1'],
  accept: ['offer.accepted.v1'],
  'start-service': ['service.started.v1', 'service.reopened.v1'],
  'confirm-cancellation': ['offer.cancelled.v1'],
  'refuse-cancellation': ['offer.cancellation-refused.v1'],
};

test('every cell of state × command × actor that is not allowed: 409, 403 or 404, never 200 with a lie', async () => {
  let cells = 0;
  const lies: string[] = [];
  for (const [name, facts] of Object.entries(situations(home, 'kr')))
    for (const office of [sender, home, helpline] as const)
      for (const one of Object.values(sample(worker(office), union))) {
        const { do: does } = one;
        const of = commands[does as keyof typeof commands];
        if (!of || does === 'submit') continue;
        cells += 1;
        fresh(facts);
        const { status = 0, body } = await call(office, of.path, bodyOf(one));
        const after = db.ledger();
        const where = `${name}: ${does} by ${office} was answered ${status} ${body?.code ?? ''}`;
        const repeat = facts.some(
          ({ type, actor }) =>
            (actor === (office as string) && leaves[does]?.includes(type)) ||
            (does === 'place-line' && type === 'line.placed.v1'),
        );
        if (status === 200 ? after.length === facts.length && !repeat : after.length > facts.length)
          lies.push(where);
        if (![200, 403, 404, 409, 422].includes(status)) lies.push(where);
        expect(after).toEqual(expect.arrayContaining([...facts]));
      }
  expect(lies).toEqual([]);
  expect(cells).toBeGreaterThan(2_000);
}, 120_000);

test.each<[string, object, object]>([
  ['accept', { lines: ['l1', 'l2'] }, { lines: ['l1'], left: [{ line: 'l2', reason: 'other' }] }],
  ['decline', { reason: 'no-capacity' }, { reason: 'language-not-available' }],
])('a repeat of %s with other input is no repeat', async (command, first, second) => {
  fresh(log(submitted({ lines: [[home], [home]] })));
  const path = `/v1/referrals/{ref}/offers/{offer}/${command}`;
  expect((await call(home, path, first)).status).toBe(200);
  const { status, body } = await call(home, path, second);
  expect([status, body.code]).toEqual([409, 'already-done-differently']);
  expect(db.ledger()).toHaveLength(2);
});

test('no GET or HEAD changes anything', async () => {
  const reading = ['/v1/referrals/{ref}', '/v1/referrals/{ref}/facts', '/v1/inbox', '/v1/sent'];
  const paths = [...reading, ...Object.values(commands).map(({ path }) => path)];
  fresh(atHome());
  const before = JSON.stringify([...db.items]);
  for (const path of paths)
    for (const method of ['GET', 'HEAD'])
      for (const office of [sender, home, stranger]) {
        const { status } = await call(office, path, undefined, method);
        const found = method === 'GET' && reading.includes(path) && office !== stranger;
        if (found || path === '/v1/inbox' || path === '/v1/sent') continue;
        expect([method, path, status]).toEqual([method, path, 404]);
      }
  expect([db.writes(), JSON.stringify([...db.items])]).toEqual([0, before]);
});
