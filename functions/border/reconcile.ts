import type { Context } from 'aws-lambda';
import { log } from '../../shared/log.ts';
import { metric } from '../../shared/metric.ts';
import { missingPage } from '../../shared/missing.ts';
import type { Part, Repaired } from '../../shared/peer.ts';
import { putBackPage } from '../../shared/put-back.ts';
import { type Reconciler, reconcilePage } from '../../shared/reconcile.ts';
import { answer } from '../../shared/reconcile-answers.ts';
import { Question, Run } from '../../shared/reconcile-messages.ts';
import { reconcileAll } from '../../shared/reconcile-run.ts';
import * as world from '../../shared/world.ts';

/** Enough for the longest page, and for the peer's. */
const RESERVE_MS = 120_000;

/** Compares the two ledgers and publishes again what was lost; or answers the peer, who does the same. */
export const handler = async (event: unknown, context: Context) => {
  const w: Reconciler = {
    country: world.country(),
    slots: world.slots(),
    touched: world.touched(),
    bus: world.bus(),
    peer: world.peer(),
    now: world.now,
  };
  const atPeersDoor = context.invokedFunctionArn.endsWith(':peer');
  return atPeersDoor ? answered(w, Question.parse(event)) : run(w, Run.parse(event), context);
};

const answered = async (w: Reconciler, question: Question) => {
  const told = await answer(w, question);
  log.info('answered the peer', { ask: question.ask });
  return question.ask === 'page' ? counted(told as Repaired) : told;
};

const run = async (w: Reconciler, asked: Run, context: Context) => {
  const restoring = world.restoring();
  const { all, subject } = asked;
  // What a restored ledger lacks is known to be lost, however young.
  const scope = { all, subject, minAgeSeconds: restoring ? 0 : asked.minAgeSeconds };
  const peer = world.peer();
  const steps = {
    copies: async (part: Part) =>
      undisputed(await putBackPage({ ...w, peer, ledger: world.openLedger() }, part)),
    ours: async (part: Part) => counted(await reconcilePage(w, scope, part)),
    theirs: (part: Part) => peer.page(scope, part),
    missing: (part: Part) => missingPage(w, part),
  };
  const enough = () => context.getRemainingTimeInMillis() > RESERVE_MS;
  const ran = await reconcileAll(steps, asked, { restoring, enough });
  log.info('reconciled', { ...ran.ours, silent: ran.silent, done: !ran.next });
  if (!asked.goOn) return ran;
  if (ran.next) await world.itself()({ ...asked, from: ran.next, silent: ran.silent });
  else if (ran.silent) throw new Error('The other country did not answer');
  return ran;
};

/** A slot that was written twice with different facts is never mended by a machine. */
const undisputed = <R extends { otherBytes: number }>(done: R): R => {
  if (done.otherBytes > 0) metric(world.country(), 'FactsContradicting', done.otherBytes);
  return done;
};

/** A repair hides a fault, so somebody is called. */
const counted = <R extends Repaired>(done: R): R => {
  if (done.toPeer > 0) metric(world.country(), 'FactsRepairedToPeer', done.toPeer);
  if (done.toBus > 0) metric(world.country(), 'FactsRepairedToBus', done.toBus);
  return done;
};
