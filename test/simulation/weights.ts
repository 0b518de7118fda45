import type { Act } from '../../shared/referral/command.ts';

export type Weights = Readonly<Partial<Record<Act, number>>>;

/** What is done more often, or less, than it could be; else a referral would seldom get far. */
const often: Weights = {
  'raise-safety-hold': 0.05,
  'propose-lift': 0.5,
  'approve-lift': 2,
  'plan-travel': 0.1,
  'record-arrival': 0.5,
  amend: 0.05,
  'give-report': 0.05,
  'propose-hand-over': 0.05,
  'propose-override': 0.05,
  'mark-error': 0.03,
  'stop-line': 0.2,
  'record-consent': 0.1,
  'withdraw-consent': 0.05,
  withdraw: 0.3,
  'request-cancellation': 0.3,
  'request-information': 0.5,
  decline: 0.5,
  hold: 0.5,
  offer: 0.5,
  accept: 3,
  'provide-information': 6,
  'report-progress': 2,
  'start-service': 8,
  resume: 3,
  'place-line': 8,
  'refuse-cancellation': 4,
};
/** Instead while the countries do not hear each other: what should cross there. */
const duringCut: Weights = { withdraw: 3 };

/** What some histories are about, so that what is rare meets. */
export const usually: Weights = {};
export const leanings: readonly Weights[] = [
  // Her consent is withdrawn here and there, and not all of it was her word.
  { 'withdraw-consent': 3, 'refute-withdrawal': 8, 'confirm-withdrawal': 0.3, withdraw: 0.05 },
  // Somebody else becomes the sender, or two offices go on where consent is narrowed or over.
  {
    ...{ 'propose-hand-over': 0.7, 'record-consent': 2, 'take-over': 8 },
    ...{ 'propose-override': 2, 'approve-override': 8 },
  },
];

/** By how much a command is likelier than others. */
export const weightOf = (name: Act, leaning: Weights, cut: boolean): number =>
  leaning[name] ?? (cut ? duringCut[name] : undefined) ?? often[name] ?? 1;
