import type { CaseFile } from '../../events/case-file.ts';
import { invalid } from '../errors.ts';
import type { Codes, Command } from './command.ts';

type Rows = readonly { readonly code: string; readonly comment: string }[];
type Body = Readonly<Record<string, unknown>>;
/** The codes that a command chose, of which list, and the text beside them: `field` is where it stands. */
type Chosen = { rows: Rows; named: readonly string[]; text: unknown; field: string };

/**
 * What each code list says of a text beside its codes, the one place that asks for it: refuses 422 where one is required and
 * missing, or refused and there. The comment on a need is the reason of the case file.
 */
export const checkComment = (command: Command, body: Body, codes: Codes) => {
  const chosen = chosenBy(command, body, codes);
  if (!chosen) return;
  const { rows, named, text, field } = chosen;
  const says = rows.filter(({ code }) => named.includes(code)).map(({ comment }) => comment);
  if (text === undefined && says.includes('required'))
    throw invalid(field, 'Say it in words: a code that was chosen needs them');
  if (text !== undefined && says.includes('refused'))
    throw invalid(field, 'Leave it out: no text is kept beside a code that was chosen');
};

const chosenBy = (command: Command, body: Body, codes: Codes): Chosen | undefined => {
  const reason = (rows: Rows, code: string) => ({
    ...{ rows, named: [code], text: body.comment, field: '/comment' },
  });
  switch (command.do) {
    case 'decline':
    case 'withdraw-acceptance':
      return reason(codes.declineReasons, command.input.reason);
    case 'withdraw':
    case 'stop-line':
    case 'request-cancellation':
      return reason(codes.cancellationReasons, command.input.reason);
    case 'hold':
      return reason(codes.holdReasons, command.input.reason);
    case 'close': {
      const named = command.input.outcomes.map(({ outcome }) => outcome);
      return { rows: codes.outcomes, named, text: body.note, field: '/note' };
    }
    case 'submit': {
      const { summary, reason: text } = body.caseFile as CaseFile;
      const named = summary.categories;
      return { rows: codes.serviceCategories, named, text, field: '/caseFile/reason' };
    }
    default:
      return undefined;
  }
};
