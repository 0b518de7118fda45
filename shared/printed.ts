import { type CommandName, commands } from '../events/commands.ts';
import type { Act } from './referral/command.ts';
import { needWords } from './referral/need-words.ts';
import { type Rule, rules } from './referral/rules.ts';

const wordsOf = ({ name }: { readonly name: string }): string =>
  needWords[name as keyof typeof needWords];

const whoOf = ({ who, supervisor }: Rule): string => {
  const people = who.filter((party) => party !== 'system').join(', ');
  const desks = people && supervisor ? `${people}: supervisor` : people;
  return [desks, who.includes('system') && 'system'].filter(Boolean).join('; ');
};

const traitsOf = (name: Act): string => {
  if (!(name in commands)) return 'no path: the system’s own';
  const { path, sealed, repeats } = commands[name as CommandName];
  const key = (sealed || repeats) && 'needs an `Idempotency-Key`';
  return [`\`POST ${path}\``, sealed && 'brings content', key].filter(Boolean).join('; ');
};

const rowOf = (name: Act): string => {
  const rule = rules[name];
  const needs = [...(rule.needs ?? []), ...(rule.may ? [rule.may] : [])].map(wordsOf);
  if (rule.risky) needs.push('no fact of a newer type is here');
  const cells = [`\`${name}\``, whoOf(rule), (rule.when ?? []).join(', '), needs.join('; ')];
  return `| ${[...cells, traitsOf(name)].join(' | ')} |`;
};

/** Every command as a table: who, in which states of the offer, on what condition, where. Made from `rules` and `commands`. */
export const printedCommands = (): string =>
  [
    '# Commands',
    '',
    'Made from `events/commands.ts` and `shared/referral/rules.ts` by `npm run contracts`; every cell of what follows from it',
    'is asserted in `test/referral/decision-table.test.ts`. What a command brings is checked by its draft, which names the field.',
    '',
    '| command | who | offer is | needs | call |',
    '|---|---|---|---|---|',
    ...(Object.keys(rules) as Act[]).map(rowOf),
    '',
  ].join('\n');

if (import.meta.main) process.stdout.write(printedCommands());
