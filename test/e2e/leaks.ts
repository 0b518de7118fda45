/** Text that lies somewhere, and where. */
export type Place = readonly [where: string, text: string];

/** Shorter ones would be found by chance in what is encrypted. */
const LONG_ENOUGH = 8;

/** A mark as it is, and as base64 or hex might carry it. */
const formsOf = (mark: string): string[] => {
  if (mark.length < LONG_ENOUGH) return [mark];
  const base64 = [0, 1, 2].map((before) => {
    const text = Buffer.from(`${'x'.repeat(before)}${mark}`).toString('base64url');
    return text.slice(Math.ceil((before * 8) / 6), text.length - 2); // the ends depend on what stands beside
  });
  return [mark, ...base64, Buffer.from(mark).toString('hex')];
};

/** Which marks stand where; also in JSON that stands as text in other JSON. */
export const leaksIn = (places: readonly Place[], marks: readonly string[]): string[] => {
  const looked = marks.map((mark) => ({ mark, forms: formsOf(mark) }));
  return places.flatMap(([where, text]) => {
    const flat = text.replaceAll('\\', '').replaceAll('+', '-').replaceAll('/', '_');
    return looked
      .filter(({ forms }) => forms.some((form) => flat.includes(form)))
      .map(({ mark }) => `${where}: ${mark}`);
  });
};

/** What an office says of itself: which services it has tells nothing of her. Names no referral. */
export const isOfDirectory = ([, text]: Place): boolean =>
  !/\bref_[0-9A-Z]/.test(text) &&
  (/^\{"pk":\{"S":"(directory|(kr|vn)-[a-z0-9-]+)"\}/.test(text) ||
    /"subject":"(kr|vn)-[a-z0-9-]+"/.test(text));

/** A line of a log each: what one line says of an office must hide no other. Numbers for CloudWatch are lines too (EMF). */
export const linesOf = (log: string): Place[] =>
  log
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => [line.includes('"CloudWatchMetrics"') ? 'metrics' : 'logs', line]);
