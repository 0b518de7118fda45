import type { Office } from '../../events/envelope.ts';
import type { LineId } from '../../events/referral.ts';
import type { Directory } from './command.ts';
import type { CutFile } from './cut-file.ts';
import type { Access } from './gate.ts';
import { isOpen, isServing, isShut } from './offers.ts';
import type { Referral } from './state.ts';

/** Kinds of paper that an office asks for by its entry, for one line, and which of them the reader does not find in the file. */
export type Readiness = {
  readonly line: LineId;
  readonly office: Office;
  readonly required: readonly string[];
  readonly missing: readonly string[];
};

/** One row a line and office that asks for anything: a receiver reads its own, the sender those of the offices at work. */
export const readinessOf = (
  referral: Referral,
  access: Pick<Access, 'as' | 'served'>,
  { reader, offices }: { readonly reader: Office; readonly offices: Directory },
  { summary, documents = [] }: Pick<CutFile, 'summary' | 'documents'>,
): Readiness[] => {
  const there = documents.map(({ kind }): string => kind);
  const lines = (summary?.categories ?? []).filter(({ line }) => access.served.includes(line));
  return lines.flatMap(({ line, category }) => {
    const asking = access.as === 'sender' ? atWorkOn(referral, line) : [reader];
    return asking.flatMap((office) => {
      const all = offices[office]?.requiredDocuments ?? [];
      const required = all.find(({ service }) => service === category)?.documents ?? [];
      const missing = required.filter((kind) => !there.includes(kind));
      return required.length > 0 ? [{ line, office, required, missing }] : [];
    });
  });
};

const atWorkOn = (referral: Referral, line: LineId): Office[] => {
  const working = referral.offers.filter(
    (offer) =>
      offer.lines.includes(line) && (isOpen(offer) || isServing(offer)) && !isShut(referral, offer),
  );
  return [...new Set(working.map(({ office }) => office))];
};
