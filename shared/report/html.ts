const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (letter) => entities[letter] ?? '');

/** A heading and a table of texts; `none` where there is no row. */
export const section = (
  title: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  none: string,
): string => {
  const heading = `<h2>${escaped(title)}</h2>`;
  if (rows.length === 0) return `${heading}<p>${escaped(none)}</p>`;
  const line = (tag: string, cells: readonly string[]) =>
    `<tr>${cells.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`;
  const body = rows.map((cells) => line('td', cells)).join('');
  return `${heading}<table><thead>${line('th', columns)}</thead><tbody>${body}</tbody></table>`;
};

const style = [
  '@page{margin:15mm}',
  'body{font:11pt/1.5 sans-serif;max-width:60em;margin:1em auto;padding:0 1em;color:#000;background:#fff}',
  'table{border-collapse:collapse;width:100%}',
  'th,td{border:1px solid #777;padding:.3em .5em;text-align:left;vertical-align:top}',
  'tr{break-inside:avoid}h2{font-size:1.1em;break-after:avoid}',
].join('');

/** A whole document that needs nothing else: no script, no picture, no address to load from. */
export const document = (language: string, title: string, body: string): string =>
  [
    `<!doctype html><html lang="${escaped(language)}"><head><meta charset="utf-8">`,
    `<meta name="viewport" content="width=device-width"><title>${escaped(title)}</title>`,
    `<style>${style}</style></head><body><h1>${escaped(title)}</h1>${body}</body></html>`,
  ].join('');
