/**
 * What all spellings of a name have in common: no marks, no case, no spaces or points; Ð (U+00D0) is what older keyboards
 * write for Đ. Stored text stays as it is (NFC).
 */
export const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[đĐðÐ]/g, 'd')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');

/** How well any of the names answers the question: 0 exactly, 1 at the beginning, 2 somewhere; nothing when none does. */
export const rankOf = (question: string, names: readonly string[]): number | undefined => {
  const asked = plain(question);
  const ranks = names.map((name) => {
    const at = plain(name).indexOf(asked);
    if (at < 0) return Number.POSITIVE_INFINITY;
    return plain(name) === asked ? 0 : Math.min(at + 1, 2);
  });
  const best = Math.min(...ranks);
  return Number.isFinite(best) ? best : undefined;
};
