import { isDeepStrictEqual } from 'node:util';
import type { Country, Fact, Instant, Office } from '../../events/envelope.ts';
import { Refused } from '../errors.ts';
import { type Mark, markOf } from '../ids.ts';
import { inputOf } from '../input.ts';
import type { Recorded } from '../ledger.ts';
import { type Drafted, record } from '../record.ts';
import type { Context, Worker } from '../referral/command.ts';
import { cutFile, seesDocuments } from '../referral/cut-file.ts';
import { fold } from '../referral/fold.ts';
import type { Access } from '../referral/gate.ts';
import { mayRead, type Note } from '../referral/notes.ts';
import { readinessOf } from '../referral/readiness.ts';
import type { Referral } from '../referral/state.ts';
import { type Gate, judged, logOf, readerOf } from './entrance.ts';
import { type AskFor, Disclosure, type GateAnswer, pathOf } from './gate-messages.ts';
import { withFiles } from './give-documents.ts';
import { encryptedFor } from './jwe.ts';
import { filePartsOf, notesOf, vaultOf } from './opened.ts';
import { scopesOf } from './scopes-of.ts';

/**
 * What this office may read now of what this country holds. Verifies the worker's own token again, folds, checks, opens, cuts,
 * writes `case-file.disclosed.v1`, and only then answers. Throws `Refused`.
 */
export const disclose = async (gate: Gate, question: AskFor<'case-file'>): Promise<GateAnswer> => {
  const { ref, body, key, from } = question;
  const { worker, office, at } = await readerOf(gate, question);
  const { check = false } = inputOf(Disclosure, body);
  const { log, facts, state, context } = await logOf(gate, question);
  const { access, referral } = judged(state, worker, context, check);
  const mark = markOf(worker.office, pathOf(question), key, body);
  const repeat = isRepeat(log, mark, worker, at);

  const reading = { access, referral, facts, reader: worker.office, context };
  const content = await contentFor(gate, reading);
  if (Object.keys(content).length === 0) return { content: {} };
  const answer: GateAnswer =
    from === gate.country
      ? { content }
      : { jwe: await encryptedFor(office, { ref, country: gate.country, at, key, content }, at) };

  // Whatever came meanwhile is judged too: nothing is answered that the last fact closed, or replaced.
  const draft = (then: readonly Recorded[]): Drafted | undefined => {
    const last = fold(then.map(({ fact }) => fact));
    const now = judged(last, worker, { ...context, at: gate.now() }, check);
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

type Reading = {
  readonly access: Access;
  readonly referral: Referral;
  readonly facts: readonly Fact[];
  readonly reader: Office;
  readonly context: Context;
};

/** Opened, and cut down to what this office may read. */
const contentFor = async (gate: Gate, reading: Reading) => {
  const { access, referral, facts, reader, context } = reading;
  const vault = await vaultOf(gate, referral.ref);
  try {
    const scopes = await scopesOf(vault, access, referral);
    const parts = await filePartsOf(vault, referral, access, context.at);
    const may = (note: Note) => mayRead(referral, reader, access, note);
    const notes = await notesOf(vault, facts, may);
    const cut = cutFile(parts, access, scopes);
    const readiness = seesDocuments(access, scopes)
      ? readinessOf(referral, access, { reader, offices: context.offices }, cut)
      : [];
    return {
      ...(await withFiles(gate.documents, referral.ref, cut, gate.now())),
      ...(readiness.length > 0 && { readiness }),
      ...(notes.length > 0 && { notes }),
    };
  } finally {
    await vault.close();
  }
};

const factOf = (
  { sender, reach }: Referral,
  { stage, grants }: Access,
  { office, role, by }: Worker,
  country: Country,
): Drafted => ({
  type: 'case-file.disclosed.v1',
  reach,
  actor: `${country}:gate` as Fact['actor'],
  data: { offices: [...new Set([sender, office])], by, office, role, stage, grants },
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
