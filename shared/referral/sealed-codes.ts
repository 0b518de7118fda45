import { invalid } from '../errors.ts';
import { codeIn, reasonsOf } from './codes.ts';
import type { Command, Context } from './command.ts';

type Body = Readonly<Record<string, unknown>>;

/** Which sealed fields of a command take a code, and of which list; `questions` one each. */
const lists: Partial<Record<Command['do'], Readonly<Record<string, string>>>> = {
  'report-progress': { channel: 'channel', contactResult: 'contact-result' },
  close: { needMet: 'need-met' },
};

/** She spoke with them, be it to say no. */
const spoken: readonly unknown[] = [undefined, 'reached', 'refused'];

/** Refuses 422 a code that stands in no list, of what is sealed and therefore seen by nobody who decides. */
export const checkSealedCodes = (command: Command, body: Body, { codes, at }: Context): void => {
  for (const [field, list] of Object.entries(lists[command.do] ?? {}))
    if (typeof body[field] === 'string')
      codeIn(reasonsOf(codes, list), body[field], `/${field}`, at);
  if (command.do === 'request-information')
    for (const [i, { question }] of (body.questions as { question: string }[]).entries())
      codeIn(reasonsOf(codes, 'question'), question, `/questions/${i}/question`, at);
  if (command.do !== 'report-progress' || command.input.kind !== 'contact-made') return;
  if (!spoken.includes(body.contactResult))
    throw invalid('/contactResult', 'She was not reached: report it as `contact-attempted`');
};
