import type { Fact, Office } from '../../events/envelope.ts';
import type { Context } from '../referral/command.ts';
import { cutFile, seesDocuments } from '../referral/cut-file.ts';
import type { Access } from '../referral/gate.ts';
import { mayRead, type Note } from '../referral/notes.ts';
import { readinessOf } from '../referral/readiness.ts';
import type { ReceiptAccess } from '../referral/receipt-access.ts';
import type { Referral } from '../referral/state.ts';
import type { Gate } from './entrance.ts';
import { withFiles } from './give-documents.ts';
import { filePartsOf, notesOf, vaultOf } from './opened.ts';
import { scopesOf } from './scopes-of.ts';
import { receiptsOf } from './vault.ts';

/** What is read, by whom, and as far as what lets them in. */
export type Reading<A> = {
  readonly access: A;
  readonly referral: Referral;
  readonly facts: readonly Fact[];
  readonly reader: Office;
  readonly context: Context;
};

/** Under which law each office keeps a copy, by the receipts that count: nothing else is sealed there. */
export const receiptsFor = async (gate: Gate, { referral, facts }: Reading<ReceiptAccess>) => {
  const counted = facts.filter(({ country, seq }) =>
    referral.content.receipts.some(({ at }) => at.country === country && at.seq === seq),
  );
  const vault = await vaultOf(gate, receiptsOf(referral.ref));
  try {
    const found = await notesOf(vault, counted, () => true);
    const receipts = found.map(({ fact, content }) => ({ fact, content }));
    return receipts.length > 0 ? { receipts } : {};
  } finally {
    await vault.close();
  }
};

/** Opened, and cut down to what this office may read. */
export const contentFor = async (gate: Gate, reading: Reading<Access>) => {
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
