import '../support/env.ts';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, test } from 'vitest';
import type { Fact, Office } from '../../events/envelope.ts';
import { handler as seals } from '../../functions/api/sealed-command.ts';
import { handler as gate } from '../../functions/border/disclose.ts';
import { codes } from '../../shared/codes.ts';
import { digest, refOf } from '../../shared/ids.ts';
import { db, passed, seconds, tokens } from '../support/at-the-gate.ts';
import { answerOf, callOf } from '../support/aws.ts';
import { caseFile, fullSubmission, record } from '../support/case-file.ts';
import { logged } from '../support/env.ts';
import { log, onward, submitted } from '../support/facts.ts';
import { given, refusal } from '../support/given.ts';
import { home, nextYear, noon, sender, worker } from '../support/people.ts';
import { bySupervisor } from '../support/permission.ts';
import { accepted, progressed } from '../support/steps.ts';
import { api } from '../support/tokens.ts';

// A line of the table in lifecycle.md: calls to a phone that her husband holds. She allowed a messenger and to be spoken to
// in person, on Mondays and Tuesdays from ten to twelve, and forbade the telephone.

/** At this hour in Korea, on a Monday. */
const at = (hour: number) => {
  const since = (seconds() - Date.parse(noon) / 1000) / 60;
  const week = 7 * 24 * 60;
  passed(week - (since % week) + (hour - 12) * 60);
};

const key = (n: number) => ({ 'idempotency-key': `a-key-of-22-characters-${n}` });
const ref = refOf(sender, key(0)['idempotency-key']);
const path = `/v1/referrals/${ref}/offers/kr1-1/report-progress`;
const call = (office: Office, route: string, headers: Record<string, string>, body: string) =>
  answerOf(
    seals,
    callOf(route, { who: worker(office), params: { ref, offer: 'kr1-1' }, headers, body }),
  );

/** Served by an office at home, with her consent. */
const served = async () => {
  const grants = [{ office: home, direction: 'kr', stages: [1, 2], expires: nextYear }];
  const { summary } = caseFile();
  const { consent, ...rest } = fullSubmission(sender, {
    ...{ reach: 'kr', duplicate: 'new-need', lines: [{ offices: [home] }] },
    caseFile: caseFile({
      consent: record(grants as never),
      summary: { ...summary, area: undefined },
    }),
  });
  const body = JSON.stringify({ ...rest, consent: { ...consent, grants } });
  expect((await call(sender, 'POST /v1/referrals', key(0), body)).status).toBe(201);
  const [submission] = db.ledger().filter(({ subject }) => subject === ref);
  if (!submission) throw new Error('no submission');
  const [, fact] = onward([submission], accepted({ office: home }));
  db.hold([{ ...(fact as Fact), reach: 'kr', subject: ref as never, id: `${ref}/kr/2` }]);
};

const attempts = async (channel: string, n: number, kind = 'contact-attempted') => {
  const body = JSON.stringify({ kind, channel });
  const times = { iat: seconds(), exp: seconds() + 300 };
  const of = { aud: api, htu: `${api}${path}`, sha256: digest(body) };
  const token = await tokens[home]?.sign({ ...times, ...of }, {}, body);
  const route = 'POST /v1/referrals/{ref}/offers/{offer}/report-progress';
  return call(home, route, { ...key(n), authorization: `Bearer ${token}` }, body);
};

test('an attempt by a channel or at an hour that she did not allow is refused', async () => {
  // The one gate, asked as the API asks it.
  mockClient(LambdaClient)
    .on(InvokeCommand)
    .callsFake(async ({ Payload }) => ({
      Payload: Buffer.from(JSON.stringify(await gate(JSON.parse(`${Payload}`)))),
    }));
  await served();
  at(11);
  for (const channel of ['phone', 'email']) {
    const { status, body } = await attempts(channel, 1);
    expect([channel, status, body.code]).toEqual([channel, 409, 'channel-not-safe']);
  }
  // Called a contact made it is no other call.
  expect((await attempts('phone', 1, 'contact-made')).body.code).toBe('channel-not-safe');
  at(13);
  expect((await attempts('messenger', 2)).body.code).toBe('channel-not-safe');
  expect(logged.filter((line) => line.includes('channel not safe'))).toHaveLength(4);
  expect(db.ledger().map(({ type }) => type)).not.toContain('service.progressed.v1');
  // When it was made is not when it is reported.
  expect((await attempts('messenger', 4, 'contact-made')).status).toBe(200);
  at(11);
  expect((await attempts('messenger', 3)).status).toBe(200);
});

test.each(['no-contact', 'person-contacts-office'])(
  'no outcome asks for calls that she forbade: %s',
  (contact) => {
    const facts = log(
      submitted({ lines: [[home]], contact }),
      accepted({ office: home }),
      progressed({ office: home }),
    );
    const asking = codes.outcomes.filter(({ attempts }) => attempts).map(({ code }) => code);
    expect(asking.length).toBeGreaterThan(0);
    for (const outcome of asking) {
      const closes = bySupervisor(home, 'close', { outcomes: [{ line: 'l1', outcome }] }, 'kr1-1');
      expect(refusal(() => given(facts).when(closes)).field).toBe('/outcomes/0/outcome');
    }
  },
);
