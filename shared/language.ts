const languages = ['en', 'ko', 'vi'] as const;
export type Language = (typeof languages)[number];

/** A name or label; only English is always there. */
export type Labels = {
  readonly en: string;
  readonly ko?: string | null | undefined;
  readonly vi?: string | null | undefined;
};

/** The label in this language, else in English; never a code. */
export const inLanguage = (labels: Labels, language: Language): string =>
  labels[language] ?? labels.en;

/** The first of our languages that an `Accept-Language` header asks for (RFC 9110); English when it asks for none. */
export const languageOf = (header = ''): Language => {
  const wishes = header.split(',').map((part) => {
    const [range = '', ...parameters] = part
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/);
    const q = parameters.find((parameter) => parameter.startsWith('q='));
    return { tag: range.split('-')[0], weight: q === undefined ? 1 : Number(q.slice(2)) };
  });
  const wished = wishes
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
    .flatMap(({ tag }) => languages.find((language) => language === tag) ?? []);
  return wished[0] ?? 'en';
};
