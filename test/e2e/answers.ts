import type { Answered } from '../../infra/local/demo-office.ts';
import type { Place } from './leaks.ts';
import type { Given } from './support.ts';

/** What brings content, or the form for her own file, to whom it is for. */
const isForIt = (path: string, { status }: Answered) =>
  status === 200 && /\/(disclosures|documents)$/.test(path);

/** Calls offices' APIs and keeps what they answered, errors too. */
export const answersOf = (given: Given) => {
  const answers: Place[] = [];
  const call = async (office: string, path: string, body: object, role?: 'supervisor') => {
    const answer = await given().call(office, {
      ...{ method: 'POST', path, body },
      ...(role && { role }),
    });
    if (!isForIt(path, answer))
      answers.push([`answer to ${path.split('/').at(-1)}`, JSON.stringify(answer.body)]);
    return answer;
  };
  return { answers, call };
};
