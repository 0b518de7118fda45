import { Fact } from '../../events/envelope.ts';
import { eachMessage } from '../../shared/consume.ts';
import { log } from '../../shared/log.ts';
import { project } from '../../shared/project.ts';
import { country, directory, ledger, now, touched, views } from '../../shared/world.ts';

/** What lists and the directory show, made anew from the subject's whole log: repeats and any order are harmless. */
export const handler = eachMessage(async (message) => {
  const fact = Fact.parse(message);
  const { subject, type } = fact;
  await project(
    { ledger: ledger(), views: views(), directory: directory(), country: country(), now },
    subject,
  );
  await touched().touch(fact, now());
  log.info('projected', { subject, type });
});
