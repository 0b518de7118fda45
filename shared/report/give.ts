import type { Office } from '../../events/envelope.ts';
import type { Call } from '../api.ts';
import { type Asked, answerTo, type Deciding, doneBy } from '../asked.ts';
import { languageOf } from '../language.ts';
import { hidesAddress } from '../office/secret.ts';
import type { Answer } from '../problem.ts';
import { decide } from '../referral/decide.ts';
import { seenBy } from '../referral/order.ts';
import { reportOf } from '../referral/report.ts';
import { pageOf } from './page.ts';

/** Records that she gets her report, and answers with it: of what that fact had seen, so a repeat gives the same. */
export const reportGivenBy = async (world: Deciding, call: Call, asked: Asked): Promise<Answer> => {
  const done = await doneBy(world, asked);
  // A repeat is no way around her safety, nor around who may give it.
  if (!done.recorded) decide(done.state, asked.command, done.context);
  const offices = await world.directory.offices();
  const mayName = (office: Office) => {
    const entry = offices[office];
    return entry !== undefined && !hidesAddress(entry.kind);
  };
  const { fact, facts } = done;
  const report = fact && reportOf(seenBy(fact, facts), mayName, fact.time);
  if (!report) throw new Error('a report was given of nothing');
  const language = languageOf(call.headers['accept-language']);
  const answer = answerTo(call, asked, done);
  return {
    ...answer,
    headers: { ...answer.headers, 'content-language': language, vary: 'accept-language' },
    body: {
      ...answer.body,
      report: { language, ...report, html: pageOf(report, offices, language) },
    },
  };
};
