import type { Access } from '../../shared/referral/gate.ts';

// Two letters a cell: at Korea's gate, which holds the case file, and at Viet Nam's. The same for workers and supervisors.
// 0 not-found (404) · x access-closed (403) · u newer-fact-here (409) · w all that it wrote · 1 summary of its line by her consent
// 2 her consent, scope by scope, of its line · o the same by an override · s a sender by her consent · - a sender, and nothing that crosses
// m after a letter: contact masked

// Columns: the office of kr1-1 (line l1), sender, union (line l2, asked), third, shelter, stranger
const abroadTable = `
  none                 00 00 00 00 00 00
  requested            11 ws 11 00 00 00
  received             11 ws 11 00 00 00
  accepted             22 ws 11 00 00 00
  contacted            22 ws 11 00 00 00
  in-progress          22 ws 11 00 00 00
  completed            xx ws 11 00 00 00
  failed               xx ws 11 00 00 00
  rejected             xx ws 11 00 00 00
  for-a-human          xx ws 11 00 00 00
  asked-back           11 ws 11 00 00 00
  answered             11 ws 11 00 00 00
  taken-back           xx ws 11 00 00 00
  on-hold              22 ws 11 00 00 00
  to-cancel            22 ws 11 00 00 00
  withdrawn            xx ws 11 00 00 00
  withdrawn-late       xx ws 11 00 00 00
  withdrawn-by-sender  xx ws 11 00 00 00
  refuted              11 ws 11 00 00 00
  confirmed            xx ws 11 00 00 00
  lapsed               xx ws 11 00 00 00
  consents-anew        22 ws 11 00 00 00
  went-on              22 ws 11 00 00 00
  cancelled-late       xx ws 11 00 00 00
  reopened             22 ws 11 00 00 00
  contested            11 ws 11 11 00 00
  contested-begun      11 ws 11 11 00 00
  placed               22 ws 11 xx 00 00
  placed-away          xx ws 11 22 00 00
  stopped              xx ws 11 00 00 00
  error                xx ws xx 00 00 00
  elsewhere            xx ws 11 22 00 00
  newer                uu uu uu 00 00 00
  newer-later          uu uu uu 00 00 00
  child-offered        22 ws 11 11 00 00
  child-declined       22 ws 11 xx 00 00
  child-accepted       22 ws 11 22 00 00
  parent-closed        xx ws 11 22 00 00
  child-completed      xx ws 11 xx 00 00
  child-to-cancel      22 ws 11 22 00 00
  parent-failed        xx ws 11 xx 00 00
  unconsented          11 ws 11 00 00 00
  on-safety-hold       2m2m wmsm 1m1m 00 00 00
  lift-proposed        2m2m wmsm 1m1m 00 00 00
  lifted               22 ws 11 00 00 00
  travel-planned       22 ws 11 00 00 00
  arrived              22 ws 11 00 00 00
  not-arrived          22 ws 11 00 00 00
  receipt-due          xx ws 11 00 00 00
  emergency            22 ws 11 00 00 00
  to-hand-over         22 ws 11 00 00 00
  handed-over          22 00 11 00 ss 00
  cancelled            xx ws 11 00 00 00
  asked                xx ws 11 00 00 00
  asked-later          xx ws 11 00 00 00
  crossed              xx ws 11 00 00 00
  to-override          11 ws 11 00 00 00
  overridden           11 ws 11 00 00 00`;
const homeTable = `
  none                 00 00 00 00 00 00
  requested            1x ws 11 00 00 00
  received             1x ws 11 00 00 00
  accepted             2x ws 11 00 00 00
  contacted            2x ws 11 00 00 00
  in-progress          2x ws 11 00 00 00
  completed            xx ws 11 00 00 00
  failed               xx ws 11 00 00 00
  rejected             xx ws 11 00 00 00
  for-a-human          xx ws 11 00 00 00
  asked-back           1x ws 11 00 00 00
  answered             1x ws 11 00 00 00
  taken-back           xx ws 11 00 00 00
  on-hold              2x ws 11 00 00 00
  to-cancel            2x ws 11 00 00 00
  withdrawn            xx ws 11 00 00 00
  withdrawn-late       xx ws 11 00 00 00
  withdrawn-by-sender  xx ws 11 00 00 00
  refuted              1x ws 11 00 00 00
  confirmed            xx ws 11 00 00 00
  lapsed               xx ws 11 00 00 00
  consents-anew        2x ws 11 00 00 00
  went-on              2x ws 11 00 00 00
  cancelled-late       xx ws 11 00 00 00
  reopened             2x ws 11 00 00 00
  contested            1x ws 11 11 00 00
  contested-begun      1x ws 11 11 00 00
  placed               2x ws 11 xx 00 00
  placed-away          xx ws 11 22 00 00
  stopped              xx ws 11 00 00 00
  error                xx ws xx 00 00 00
  elsewhere            xx ws 11 22 00 00
  newer                uu uu uu 00 00 00
  newer-later          uu uu uu 00 00 00
  child-offered        2x ws 11 11 00 00
  child-declined       2x ws 11 xx 00 00
  child-accepted       2x ws 11 22 00 00
  parent-closed        xx ws 11 22 00 00
  child-completed      xx ws 11 xx 00 00
  child-to-cancel      2x ws 11 22 00 00
  parent-failed        xx ws 11 xx 00 00
  unconsented          1x ws 11 00 00 00
  on-safety-hold       2mx wmsm 1m1m 00 00 00
  lift-proposed        2mx wmsm 1m1m 00 00 00
  lifted               2x ws 11 00 00 00
  travel-planned       2x ws 11 00 00 00
  arrived              2x ws 11 00 00 00
  not-arrived          2x ws 11 00 00 00
  receipt-due          xx ws 11 00 00 00
  emergency            2x ws 11 00 00 00
  to-hand-over         2x ws 11 00 00 00
  handed-over          2x 00 11 00 ss 00
  cancelled            xx ws 11 00 00 00`;

const rowsOf = (table: string) =>
  table
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/));

/** Rows of a situation's name and six cells: when an office abroad was asked, and when one of the sender's country was. */
export const tables = { abroad: rowsOf(abroadTable), home: rowsOf(homeTable) };

/** The letter for what a gate gives. */
export const letterOf = ({ as, by, stage, grants, masked }: Access): string => {
  const m = masked ? 'm' : '';
  if (as === 'sender' && by === 'consent') return `${grants.length > 0 ? 's' : '-'}${m}`;
  return `${{ own: 'w', consent: String(stage), override: 'o', check: 'c' }[by]}${m}`;
};

/** The letter for why it refuses. */
export const refusals: Record<string, string> = {
  'not-found': '0',
  'access-closed': 'x',
  'newer-fact-here': 'u',
};
