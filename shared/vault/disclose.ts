import { isDeepStrictEqual } from 'node:util';
import type { Country, Fact, Instant } from '../../events/envelope.ts';
import { Refused } from '../errors.ts';
import { type Mark, markOf } from '../ids.ts';
import { inputOf } from '../input.ts';
import type { Recorded } from '../ledger.ts';
import { type Drafted, record } from '../record.ts';
import type { Worker } from '../referral/command.ts';
import { fold } from '../referral/fold.ts';
import { type Access, accessOf, checkOf } from '../referral/gate.ts';
import { receiptAccessOf } from '../referral/receipt-access.ts';
import type { Referral } from '../referral/state.ts';
import { type Gate, judged, logOf, type May, type Reader, readerOf } from './entrance.ts';
import { type AskFor, Disclosure, type GateAnswer, pathOf } from './gate-messages.ts';
import { contentFor, type Reading, receiptsFor } from './give-content.ts';
import { encryptedFor } from './jwe.ts';

/**
 * What this office may read now of what this country holds. Verifies the worker's own token again, folds, checks, opens, cuts,
 * writes `case-file.disclosed.v1`, and only then answers. Throws `Refused`.
 */
export const disclose = async (gate: Gate, question: AskFor<'case-file'>): Promise<GateAnswer> => {
  const reader = await readerOf(gate, question);
  const { check, receipts } = inputOf(Disclosure, question.body);
  if (receipts)
    return through({ may: receiptAccessOf, opens: receiptsFor }, gate, question, reader);
  return through({ may: check ? checkOf : accessOf, opens: contentFor }, gate, question, reader);
};

/** Who may enter, and what is opened then. */
type Door<A> = {
  readonly may: May<A>;
  readonly opens: (gate: Gate, reading: Reading<A>) => Promise<Record<string, unknown>>;
};

const through = async <A extends Told>(
  { may, opens }: Door<A>,
  gate: Gate,
  question: AskFor<'case-file'>,
  { worker, office, at }: Reader,
): Promise<GateAnswer> => {
  const { ref, body, key, from } = question;
  const { log, facts, state, context } = await logOf(gate, question);
  const { access, referral } = judged(may, state, worker, context);
  const mark = markOf(worker.office, pathOf(question), key, body);
  const repeat = isRepeat(log, mark, worker, at);

  const reading = { access, referral, facts, reader: worker.office, context };
  const content = await opens(gate, reading);
  if (Object.keys(content).length === 0) return { content: {} };
  const answer: GateAnswer =
    from === gate.country
      ? { content }
      : { jwe: await encryptedFor(office, { ref, country: gate.country, at, key, content }, at) };

  // Whatever came meanwhile is judged too: nothing is answered that the last fact closed, or replaced.
  const draft = (then: readonly Recorded[]): Drafted | undefined => {
    const last = fold(then.map(({ fact }) => fact));
    const now = judged(may, last, worker, { ...context, at: gate.now() });
    if (
      !isDeepStrictEqual(versionsOf(now.referral), versionsOf(referral)) ||
      !isDeepStrictEqual(now.access, access)
    )
      throw new Refused('busy', 503, 'It changed at this moment: try again');
    return repeat && then.length === log.length
      ? undefined
      : factOf(now.referral, access, worker, gate.country);
  };
  await record(gate, ref, draft, mark);
  return answer;
};

/** What says which version of a part counts. */
const versionsOf = ({ amendments, travel }: Referral) => [amendments, travel.plans];

/** What the fact says of it. */
type Told = Pick<Access, 'stage' | 'grants'> & { readonly what?: 'receipts' };

const factOf = (
  { sender, reach }: Referral,
  { what, stage, grants }: Told,
  { office, role, by }: Worker,
  country: Country,
): Drafted => ({
  type: 'case-file.disclosed.v1',
  reach,
  actor: `${country}:gate` as Fact['actor'],
  data: {
    offices: [...new Set([sender, office])],
    ...{ by, office, role, ...(what && { what }), stage, grants },
  },
});

const FIVE_MINUTES = 300_000;

/** The same disclosure again: by the same person, within five minutes, while no fact came after it. */
const isRepeat = (
  log: readonly Recorded[],
  { call, body }: Mark,
  { by }: Worker,
  at: Instant,
): boolean => {
  const before = log.find(({ mark }) => mark?.call === call);
  if (!before) return false;
  const { fact, mark } = before;
  const last = log.every((one) => one === before || !cameAfter(one.fact, fact));
  const soon = Date.parse(at) - Date.parse(fact.time) <= FIVE_MINUTES;
  if (mark?.body === body && fact.data.by === by && last && soon) return true;
  throw new Refused('key-reused', 422, 'This Idempotency-Key was used: take a new one', {
    field: 'Idempotency-Key',
  });
};

/** A disclosure, also the other gate’s of this very call, changes nothing of what is disclosed. */
const cameAfter = (one: Fact, fact: Fact): boolean =>
  one.type !== fact.type &&
  (one.country === fact.country ? one.seq > fact.seq : one.seq > fact.seen);
