import type { Input } from '../../events/commands.ts';
import type { Office } from '../../events/envelope.ts';
import { invalid, Refused } from '../errors.ts';
import { isAuthority } from './authority.ts';
import { checkOffice } from './checks.ts';
import { codeIn, reasonsOf } from './codes.ts';
import type { CommandOf, Context, Draft, Worker } from './command.ts';
import { checkGrants } from './consenting.ts';
import { directionTo, peerOf } from './order.ts';
import type { State } from './state.ts';

type Submission = Input<'submit'>;

/** The first fact of a referral, with its first offers: each line's first office, lines of one office together. */
export const submit = (
  state: State,
  { caller, input }: CommandOf<'submit'>,
  context: Context,
): Draft => {
  if ('system' in caller) throw new Refused('not-yours-to-do', 403, 'Only an office may submit');
  if (state.referral) throw new Refused('already-done-differently', 409, 'This referral exists');
  checkOffices(input, caller, context);
  checkConsent(input, caller, context);
  checkHandOver(input, context);
  if (input.duplicate !== undefined)
    codeIn(reasonsOf(context.codes, 'duplicate'), input.duplicate, '/duplicate', context.at);
  const lines = input.lines.map(({ offices }, i) => ({ line: `l${i + 1}`, offices }));
  const first = Map.groupBy(lines, ({ offices }) => offices[0] as Office);
  const slot = `${context.country}1`;
  return {
    type: 'referral.submitted.v1',
    reach: input.reach,
    data: {
      offices: [caller.office, ...first.keys()],
      by: caller.by,
      urgency: input.urgency,
      lines,
      offers: [...first].map(([office, of], i) => ({
        offer: `${slot}-${i + 1}`,
        office,
        lines: of.map(({ line }) => line),
      })),
      consent: {
        ...input.consent,
        grants: input.consent.grants.map((grant, i) => ({
          grant: `${slot}-${i + 1}`,
          onward: [],
          ...grant,
        })),
      },
      helplines: input.helplines ?? [],
      ...(input.handOver && { handOver: input.handOver }),
      ...(input.duplicate !== undefined && { duplicate: true }),
    },
  };
};

const checkOffices = (input: Submission, { office: sender }: Worker, context: Context) => {
  if (input.reach !== 'both' && input.reach !== context.country)
    throw invalid('/reach', `Must be "${context.country}" or "both"`);
  for (const [i, { offices }] of input.lines.entries()) {
    if (new Set(offices).size !== offices.length)
      throw invalid(`/lines/${i}/offices`, 'Name each office once');
    for (const [j, office] of offices.entries())
      checkOffice(office, `/lines/${i}/offices/${j}`, {
        sender,
        reach: input.reach,
        offices: context.offices,
      });
  }
  for (const [i, helpline] of (input.helplines ?? []).entries()) {
    if (!context.offices[helpline]?.active || isAuthority(context.offices, helpline))
      throw new Refused(
        'office-unavailable',
        422,
        'Name an active office that is no immigration or police authority',
        {
          field: `/helplines/${i}`,
        },
      );
  }
};

const checkConsent = (input: Submission, { office: sender }: Worker, { country, at }: Context) => {
  const { grants, feedback } = input.consent;
  checkGrants(grants, at, '/consent/grants');
  const missing = (message: string) =>
    new Refused('no-consent', 422, message, { field: '/consent/grants' });
  for (const office of new Set(input.lines.flatMap(({ offices }) => offices))) {
    const direction = directionTo(country, office);
    if (
      !grants.some((g) => g.office === office && g.direction === direction && g.stages.includes(1))
    )
      throw missing(`Grant stage 1 to ${office} in direction ${direction}`);
  }
  if (input.reach !== 'both') return;
  const back = `${peerOf(country)}-${country}`;
  const out = `${country}-${peerOf(country)}`;
  if (!grants.some((g) => g.direction === out))
    throw missing(`Reach "both" needs a grant in direction ${out}`);
  if (feedback !== 'none' && !grants.some((g) => g.direction === back && g.office === sender))
    throw missing(
      `Feedback crosses the border: grant ${sender} direction ${back}, or set feedback "none"`,
    );
};

const FIVE_MINUTES = 300_000;

const checkHandOver = ({ urgency, handOver }: Submission, { at }: Context) => {
  if (urgency === 'emergency' && !handOver)
    throw invalid(
      '/handOver',
      'An emergency is handed over by telephone first: say when and with what result',
    );
  if (handOver && Date.parse(handOver.at) > Date.parse(at) + FIVE_MINUTES)
    throw invalid('/handOver/at', 'Must not be in the future');
};
