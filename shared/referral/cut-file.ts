import type {
  Child,
  ConsentRecord,
  Identity,
  Item,
  Paper,
  SafeContact,
  Scopes,
  Summary,
} from '../../events/case-file.ts';
import type { LineId } from '../../events/referral.ts';
import { childrenIn, type FilePart, partIn } from './case-file-parts.ts';
import type { Access } from './gate.ts';
import { BY_NAME, opens } from './scopes.ts';

/** What of a case file one office reads. Children and documents keep their place in the file. */
export type CutFile = {
  readonly summary?: Omit<Summary, 'categories'> & {
    readonly categories: readonly { readonly line: LineId; readonly category: string }[];
  };
  /** The fields that she ticked. */
  readonly identity?: Partial<Identity>;
  readonly contact?: SafeContact;
  readonly reason?: string;
  readonly gbv?: string;
  readonly health?: string;
  readonly children?: readonly (Child & { readonly child: number })[];
  readonly documents?: readonly (Paper & { readonly document: number })[];
  readonly travelDate?: string;
  /** The whole record: for whom wrote it. */
  readonly consent?: ConsentRecord;
  /** What she allowed this very office. */
  readonly scopes?: Scopes;
};

/**
 * By allow-list: what no scope opens stays closed. `scopes`: what her records allow this office in the direction of this
 * reading, none if nothing was found.
 */
export const cutFile = (
  parts: readonly FilePart[],
  access: Access,
  scopes: Scopes | undefined,
): CutFile => {
  const contact = access.masked ? undefined : partIn(parts, 'contact');
  if (access.as === 'checker') return given({ contact });
  const may = maySee(access, scopes);
  const summary = may('summary') ? summaryFor(access, partIn(parts, 'summary')) : undefined;
  if (access.stage === 1) return given({ summary });
  const children = childrenFor(parts, access, scopes);
  return given({
    summary,
    identity: may('identity') ? identityFor(access, partIn(parts, 'identity'), scopes) : undefined,
    contact: may('contact') ? contact : undefined,
    reason: may('reason') ? partIn(parts, 'reason') : undefined,
    gbv: may('gbv') ? partIn(parts, 'gbv') : undefined,
    health: may('health') ? partIn(parts, 'health') : undefined,
    children: some(children),
    documents: some(documentsFor(parts, access, scopes, children)),
    // It says where she will be and when, so it goes the way of her contact.
    travelDate: may('contact') && !access.masked ? partIn(parts, 'travel') : undefined,
    consent: access.by === 'own' ? partIn(parts, 'consent') : undefined,
    scopes: access.by === 'consent' ? scopes : undefined,
  });
};

type Loose = { readonly [K in keyof CutFile]: CutFile[K] | undefined };
const given = (cut: Loose): CutFile =>
  Object.fromEntries(Object.entries(cut).filter(([, content]) => content !== undefined));

const some = <T>(all: readonly T[]) => (all.length > 0 ? all : undefined);

/** Whether it reads of documents at all, be there any or not. */
export const seesDocuments = (access: Access, scopes: Scopes | undefined): boolean =>
  access.as !== 'checker' && access.stage === 2 && maySee(access, scopes)('documents');

/** Whoever wrote the file, and who has an override instead of scopes, reads every part. */
const maySee =
  ({ by, authority }: Access, scopes: Scopes | undefined) =>
  (item: Item): boolean => {
    if (by === 'own' || by === 'override') return true;
    const given = scopes?.scopes ?? [];
    if (by !== 'consent' || (authority && !given.includes(BY_NAME))) return false;
    return given.some((code) => opens[code] === item);
  };

const summaryFor = ({ lines }: Access, summary: Summary | undefined) => {
  if (!summary) return undefined;
  const all = summary.categories.map((category, i) => ({ line: `l${i + 1}` as LineId, category }));
  return { ...summary, categories: all.filter(({ line }) => lines.includes(line)) };
};

const identityFor = (
  { by }: Access,
  identity: Identity | undefined,
  scopes: Scopes | undefined,
): Partial<Identity> | undefined => {
  if (!identity || by !== 'consent') return identity;
  const ticked: readonly string[] = scopes?.identity ?? [];
  const fields = Object.entries(identity).filter(([field]) => ticked.includes(field));
  return fields.length > 0 ? Object.fromEntries(fields) : undefined;
};

/** Those whom its own lines concern; of their lines too only its own. */
const childrenFor = (
  parts: readonly FilePart[],
  access: Access,
  scopes: Scopes | undefined,
): (Child & { child: number })[] => {
  if (!maySee(access, scopes)('children')) return [];
  return childrenIn(parts)
    .filter(({ child }) => access.by !== 'consent' || scopes?.children?.includes(child))
    .map((child) => ({ ...child, lines: child.lines.filter((l) => access.served.includes(l)) }))
    .filter(({ lines }) => lines.length > 0);
};

/** The paper of a child goes only with that child. */
const documentsFor = (
  parts: readonly FilePart[],
  access: Access,
  scopes: Scopes | undefined,
  children: readonly { readonly child: number }[],
) => {
  if (!maySee(access, scopes)('documents')) return [];
  return (partIn(parts, 'documents') ?? [])
    .map((paper, i) => ({ document: i + 1, ...paper }))
    .filter(({ document }) => access.by !== 'consent' || scopes?.documents?.includes(document))
    .filter(({ child }) => child === undefined || children.some((one) => one.child === child));
};
