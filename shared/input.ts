import type * as z from 'zod';
import { invalid, Refused } from './errors.ts';

/** A JSON body as strict input, or a refusal that names the field by JSON Pointer and never repeats the value. */
export const inputOf = <S extends z.ZodType>(schema: S, body: string): z.infer<S> => {
  const parsed = schema.safeParse(jsonOf(body));
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const unknown = issues.find((issue) => issue.code === 'unrecognized_keys');
  if (unknown)
    throw new Refused('unknown-field', 422, 'This field is not known here: leave it out', {
      field: pointer([...unknown.path, unknown.keys[0] ?? '']),
    });
  const [issue] = issues;
  throw invalid(pointer(issue?.path ?? []), issue?.message ?? 'Invalid');
};

const jsonOf = (body: string): unknown => {
  try {
    return body === '' ? {} : JSON.parse(body, composed);
  } catch {
    throw new Refused('not-json', 400, 'The body must be JSON');
  }
};

/** One form for one text, however it was typed. */
const composed = (_: string, value: unknown) =>
  typeof value === 'string' ? value.normalize('NFC') : value;

const pointer = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
