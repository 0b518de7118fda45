import type { Country, Office } from '../../events/envelope.ts';

// What the gate gives, by the words of `design.md` ("Content and the gate") alone. It reads no code of the core.

/** What became of her consent: `first` and `second`: the stages that the grants of the offices asked have now. */
export type Consent = {
  readonly first: boolean;
  readonly second: boolean;
  /** Whether what comes back over the border to the sender is covered. */
  readonly back: boolean;
  /** Withdrawn by her word and not refuted: of the offices asked, or of all. */
  readonly withdrawn?: 'offices' | 'all';
  /** All was withdrawn and confirmed. */
  readonly destroyed?: true;
};
/** What stands beside it. */
export type Beside = {
  readonly hold?: boolean;
  readonly shut?: boolean;
  /** Overridden there, by two offices. */
  readonly override?: Country;
};
export type Reader = {
  readonly office: Office;
  readonly role: 'worker' | 'supervisor';
  readonly gate: Country;
  /** Where the offer of this office was made. */
  readonly made: Country;
};

/** The letter of a cell of the table, which has her whole consent, once consent and the rest are as told. */
export const given = (cell: string, consent: Consent, beside: Beside, reader: Reader): string => {
  const { office, role, gate, made } = reader;
  const held = beside.hold || cell.endsWith('m');
  const [letter = ''] = cell;
  const masked = (one: string) => (held ? `${one}m` : one);
  if (letter === '0' || letter === 'u') return letter; // no party; or nobody knows what a newer fact closes
  if (consent.destroyed) return 'x';
  if (letter === 'w' || letter === 's') {
    const checks = role === 'supervisor' && gate === 'kr';
    if (consent.withdrawn === 'all') return checks ? masked('c') : 'x';
    return masked(letter === 's' && !consent.back ? '-' : letter);
  }
  if (letter === 'x' || beside.shut || consent.withdrawn) return 'x';
  if (letter === '2' && consent.second) return masked('2');
  const overridden = beside.override === gate && office.startsWith(gate) && !held;
  // An override carries nothing over the border: an offer from there needs a grant that is alive.
  const came = made === gate || consent.first || consent.second;
  if (letter === '2' && overridden && came) return 'o';
  if (consent.first) return masked('1');
  return overridden && came ? 'o' : 'x';
};

const opened: Readonly<Record<string, readonly string[]>> = {
  'share-coded-summary': ['summary'],
  'share-identity': ['identity'],
  'share-contact': ['contact', 'travelDate'],
  'share-reason': ['reason'],
  'share-sensitive-gbv': ['gbv'],
  'share-sensitive-health': ['health'],
};
const everything = Object.values(opened).flat();

/** Which parts of a file without children and papers are read, for a letter, by these scopes; `serves`: behind the summary. */
export const partsFor = (cell: string, scopes: readonly string[], serves: boolean): string[] => {
  const [letter = ''] = cell;
  const masked = (parts: readonly string[]) =>
    parts.filter((p) => !(cell.endsWith('m') && ['contact', 'travelDate'].includes(p))).toSorted();
  const byScope = scopes.flatMap((one) => opened[one] ?? []);
  if (letter === 'w') return masked(everything);
  if (letter === 'c') return masked(['contact']);
  if (letter === 'o') return masked(serves ? everything : ['summary']);
  if (letter === '1') return masked(byScope.filter((part) => part === 'summary'));
  return masked(['2', 's', '-'].includes(letter) ? byScope : []);
};
