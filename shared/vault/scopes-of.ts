import type { ConsentRecord, Scopes } from '../../events/case-file.ts';
import type { Instant } from '../../events/envelope.ts';
import { log } from '../log.ts';
import { childrenIn, partIn } from '../referral/case-file-parts.ts';
import type { Access } from '../referral/gate.ts';
import { ageAt, herAge, validScopes } from '../referral/givers.ts';
import { certainOf } from '../referral/scopes.ts';
import type { Grant, Referral } from '../referral/state.ts';
import { isFor } from '../referral/withdrawn.ts';
import { filePartsOf, type Opening } from './opened.ts';
import type { Sealed } from './vault.ts';

/** Where a record of consent stands: with the submission, or with a later record. */
const RECORDS: Readonly<Record<string, (content: unknown) => ConsentRecord>> = {
  consent: (content) => content as ConsentRecord,
  'record-consent': (content) => (content as { record: ConsentRecord }).record,
};

/**
 * What her records here allow by these grants: only what each of them allows. What another office than the sender recorded
 * narrows or renews, and adds nothing: it counts only as far as the sender's own record before it, for the same way.
 */
export const scopesOf = async (
  vault: Opening,
  { grants }: Pick<Access, 'grants'>,
  referral: Referral,
): Promise<Scopes | undefined> => {
  const all = referral.consent.grants;
  const found = await Promise.all(
    grants.map(async (id) => {
      const grant = all.find((one) => one.id === id);
      return grant && allowedBy(vault, grant, referral);
    }),
  );
  const [first, ...others] = found;
  return others.reduce(common, first);
};

/**
 * The last record first, back to the sender's. One that was recorded abroad is not here: where it does not say that no scope
 * changed, she may have closed any, and only what every record gives is certain. Nothing where the sender's is not here.
 */
const allowedBy = async (
  vault: Opening,
  grant: Grant,
  referral: Referral,
): Promise<Scopes | undefined> => {
  const { consent } = referral;
  const same = consent.grants.filter((one) => isFor(one, grant));
  const until = same.slice(0, same.indexOf(grant) + 1).toReversed();
  let allowed: Scopes | undefined;
  const limit = (to: Scopes) => {
    allowed = allowed ? common(allowed, to) : to;
  };
  for (const one of until) {
    const { country, seq } = one.recorded;
    const later = consent.records.find(({ at }) => at.country === country && at.seq === seq);
    const isSenders = !later || later.own;
    const record = await recordIn(vault, `${country}${seq}`);
    const said = record?.scopes.find((entry) => isFor(entry, grant));
    // `submit` saw the file, and who had to consent; who sealed a later record could not open it.
    const scopes =
      record && said && later
        ? validScopes(said, record, await agesAt(vault, referral, one.recorded.at), referral.reach)
        : said;
    if (said && !scopes)
      log.warn('a record of consent counts for nothing: see who gave it', {
        subject: referral.ref,
        grant: one.id,
      });
    if (record ? !scopes : isSenders) return undefined;
    if (scopes) limit(scopes);
    else if (!later?.keepsScopes) limit(certainOf(one));
    if (isSenders) return allowed;
  }
  return undefined;
};

/** How old she and the children of the file were. */
const agesAt = async ({ sealed, opened }: Opening, referral: Referral, at: Instant) => {
  const speaks = ({ part }: Sealed) => /^(summary|identity|amend|child-\d+)$/.test(part);
  const about = { sealed: sealed.filter(speaks), opened };
  const parts = await filePartsOf(about, referral, { as: 'sender', stage: 2 }, at);
  const summary = partIn(parts, 'summary');
  const children = childrenIn(parts);
  return {
    person: summary && herAge({ summary, identity: partIn(parts, 'identity') }, at),
    childAt: (child: number) => {
      const born = children.find((one) => one.child === child)?.birthDate;
      return born === undefined ? undefined : ageAt(born, at);
    },
  };
};

const recordIn = async ({ sealed, opened }: Opening, slot: string) => {
  const one = sealed.find((s) => s.slot === slot && s.part in RECORDS);
  return one && RECORDS[one.part]?.(await opened(one));
};

const common = (a: Scopes | undefined, b: Scopes | undefined): Scopes | undefined => {
  if (!a || !b) return undefined;
  const both = <T>(x: readonly T[] = [], y: readonly T[] = []) =>
    x.filter((one) => y.includes(one));
  return {
    ...a,
    scopes: both(a.scopes, b.scopes),
    identity: both(a.identity, b.identity),
    children: both(a.children, b.children),
    documents: both(a.documents, b.documents),
  };
};
