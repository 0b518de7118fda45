import { describe, expect, test } from 'vitest';
import type { CaseFile, Scopes } from '../../events/case-file.ts';
import type { Input } from '../../events/commands.ts';
import type { Country, Instant, Office, Reach } from '../../events/envelope.ts';
import { Amendable } from '../../events/referral.ts';
import { codes } from '../../shared/codes.ts';
import { checkAmendment, checkCaseFile } from '../../shared/referral/case-file.ts';
import { caseFileOf, fields, partsOf } from '../../shared/referral/case-file-parts.ts';
import { opens } from '../../shared/referral/scopes.ts';
import { caseFile, record, scopesOf, signedApart } from '../support/case-file.ts';
import { submission } from '../support/commands.ts';
import { refusal } from '../support/given.ts';
import { abroad, contextIn, police, sender, third } from '../support/people.ts';

type Submission = Input<'submit'>;
const base = submission(sender) as unknown as Submission;
const grants = base.consent.grants;
const file = caseFile();

const check = (more: object = {}, of: Submission = base, country: Country = 'kr') =>
  checkCaseFile(caseFile(more), of, contextIn(country));
const fieldOf = (run: () => unknown) => {
  const { code, status, field } = refusal(run);
  expect([code, status]).toEqual(['invalid-field', 422]);
  return String(field).replace('/caseFile', '');
};
/** Where in the case file. */
const refused = (...args: Parameters<typeof check>) => {
  const { code, field } = refusal(() => check(...args));
  expect([code, String(field).slice(0, 10)]).toEqual(['invalid-field', '/caseFile/']);
  return String(field).slice('/caseFile'.length);
};
const withGrants = (...all: object[]) =>
  ({ ...base, consent: { ...base.consent, grants: all } }) as unknown as Submission;
const [first, second] = file.consent.scopes as [Scopes, Scopes];
type Signed = Parameters<typeof signedApart>[0];
const consent = ({
  scopes = file.consent.scopes,
  ...more
}: {
  scopes?: Signed;
  [more: string]: unknown;
}) => ({
  consent: { ...file.consent, scopes, signatures: signedApart(scopes), ...more },
});
/** The record with another entry for the office abroad. */
const entry = (more: object) => consent({ scopes: [{ ...first, ...more }, second] });
const plus = (...scopes: string[]) => entry({ scopes: [...first.scopes, ...scopes] });
const less = (scope: string) => entry({ scopes: first.scopes.filter((one) => one !== scope) });

test('a case file that fits its submission is taken', () => {
  check();
  check({ safeContact: { known: false, why: 'none-known' } });
  check({ safeContact: { ...file.safeContact, hours: undefined } });
});

test.each([
  ['a category too many', ['legal-divorce', 'health'], '/summary/categories'],
  ['a category that is none', ['magic'], '/summary/categories/0'],
])('%s is refused', (_, categories, field) =>
  expect(refused({ summary: { ...file.summary, categories } })).toBe(field),
);

test('a category that has ended is refused', () => {
  const context = contextIn('kr');
  const serviceCategories = [{ code: 'legal-divorce', comment: 'optional', validTo: '2026-11-22' }];
  const ended = { ...context, codes: { ...context.codes, serviceCategories } };
  expect(fieldOf(() => checkCaseFile(file, base, ended))).toBe('/summary/categories/0');
});

describe('an amendment', () => {
  const whole = {
    ...{ identity: file.identity, safeContact: file.safeContact, reason: file.reason },
  };
  const amend =
    (brought: object, parts: readonly string[], reach: Reach = 'kr') =>
    () =>
      checkAmendment(brought, parts as never, reach, contextIn('kr'));

  test('brings each part that it names, and nothing else', () => {
    amend(whole, Amendable.options)();
    amend({}, [])();
    for (const part of Amendable.options) {
      const { [fields[part]]: content, ...others } = whole;
      const rest = Amendable.options.filter((one) => one !== part);
      amend({ [fields[part]]: content }, [part])();
      expect(fieldOf(amend(others, Amendable.options))).toBe('/parts');
      expect(fieldOf(amend(whole, rest))).toBe('/parts');
    }
  });

  test.each([
    ['a day to come', '2030-01-01', 'kr'],
    ['of a child in Korea', '2013-01-01', 'kr'],
    ['of a child in Viet Nam', '2011-01-01', 'vn'],
    ['of a child there, of whom both read', '2011-01-01', 'both'],
  ] as const)('is refused a birth date %s', (_, birthDate, reach) => {
    const identity = { ...file.identity, birthDate };
    expect(fieldOf(amend({ identity }, ['identity'], reach))).toBe('/identity/birthDate');
  });

  test('may bring the birth date of who may consent by herself', () => {
    const identity = { ...file.identity, birthDate: '2011-01-01' };
    amend({ identity }, ['identity'])();
  });
});

describe('safe contact', () => {
  const contact = (more: object) => ({ safeContact: { ...file.safeContact, ...more } });
  test.each([
    [contact({ channels: [{ channel: 'pigeon' }] }), '/channels/0/channel'],
    [
      contact({
        hours: {
          country: 'kr',
          schedules: [{ byday: 'MO', opens_at: '22:00', closes_at: '02:00' }],
        },
      }),
      '/hours/schedules/0/closes_at',
    ],
    [
      contact({
        hours: {
          country: 'kr',
          schedules: [{ byday: 'MO', opens_at: '10:00', closes_at: '10:00' }],
        },
      }),
      '/hours/schedules/0/closes_at',
    ],
    [contact({ forbidden: ['email', 'pigeon'] }), '/forbidden/1'],
    [contact({ forbidden: ['email', 'messenger'] }), '/forbidden/1'],
  ])('names channels of the list, none both allowed and forbidden: %#', (more, field) =>
    expect(refused(more)).toBe(`/safeContact${field}`),
  );
});

describe('children and documents', () => {
  const child = { name: 'INVENTED', birthDate: '2022-06-01', lines: ['l1'] };
  test.each([
    [{ children: [{ ...child, lines: ['l1', 'l2'] }] }, '/children/0/lines'],
    [{ children: [{ ...child, lines: ['l1', 'l1'] }] }, '/children/0/lines'],
    [{ children: [{ ...child, birthDate: '2026-11-24' }] }, '/children/0/birthDate'],
    [{ identity: { name: 'INVENTED', birthDate: '2026-11-24' } }, '/identity/birthDate'],
    [{ documents: [{ kind: 'other' }, { kind: 'other', child: 2 }] }, '/documents/1/child'],
    [{ children: [], documents: [{ kind: 'other' }] }, '/consent/scopes/0/children/0'],
    [{ documents: [] }, '/consent/scopes/0/documents/0'],
  ])('are those of this file: %#', (more, field) => expect(refused(more)).toBe(field));

  test('may be born today, by the date of the country that is most ahead', () => {
    const born = (birthDate: string, at: string) => () =>
      checkCaseFile(
        caseFile({ children: [{ ...child, birthDate }] }),
        base,
        contextIn('kr', at as Instant),
      );
    born('2026-11-23', '2026-11-23T03:00:00.000Z')();
    born('2026-11-24', '2026-11-23T15:00:00.000Z')();
    expect(fieldOf(born('2026-11-24', '2026-11-23T14:59:59.999Z'))).toBe('/children/0/birthDate');
  });
});

describe('scopes', () => {
  test('are one entry for each grant, and none besides', () => {
    expect(refused(consent({ scopes: [first] }))).toBe('/consent/scopes');
    expect(refused(consent({ scopes: [first, second, first] }))).toBe('/consent/scopes');
    for (const other of [{ office: third }, { direction: 'kr' }])
      expect(refused(consent({ scopes: [first, second, { ...first, ...other }] }))).toBe(
        '/consent/scopes/2',
      );
  });

  test('are codes of the list, each once', () => {
    expect(refused(plus('share-everything'))).toBe(
      `/consent/scopes/0/scopes/${first.scopes.length}`,
    );
    expect(refused(plus('share-identity'))).toBe('/consent/scopes/0/scopes');
  });

  test('that are missing are named', () => {
    const none = entry({ scopes: ['share-coded-summary', 'share-child-data', 'share-documents'] });
    const run = () =>
      checkCaseFile(
        caseFile(none),
        withGrants({ ...grants[0], onward: [third] }, grants[1] as object),
        contextIn('kr'),
      );
    expect(run).toThrow('This grant needs: cross-border-kr-vn, onward-referral');
  });

  test('give a grant of the first stage its summary', () =>
    expect(refused(less('share-coded-summary'))).toBe('/consent/scopes/0/scopes'));

  test('are of a stage that the grant has', () => {
    const grant = { ...grants[0], stages: [1] };
    const of = withGrants(grant, grants[1] as object);
    check(consent({ scopes: [scopesOf(grant as never), second] }), of);
    expect(refused({}, of)).toBe('/consent/scopes/0/scopes/1');
    const late = withGrants({ ...grant, stages: [2] }, grants[1] as object);
    expect(refused({}, late)).toBe('/consent/scopes/0/scopes/0');
    check(less('share-coded-summary'), late);
  });

  test('cross the border in the direction of their grant alone', () => {
    expect(refused(less('cross-border-kr-vn'))).toBe('/consent/scopes/0/scopes');
    expect(refused(plus('cross-border-vn-kr'))).toBe(
      `/consent/scopes/0/scopes/${first.scopes.length}`,
    );
    const inside = { ...grants[0], office: 'kr-invented-shelter', direction: 'kr' };
    const of = withGrants(inside);
    check({ consent: record([inside as never]) }, of);
    const scopes = { ...scopesOf(inside as never), scopes: ['share-coded-summary'] };
    const crossing = { ...scopes, scopes: [...scopes.scopes, 'cross-border-kr-vn'] };
    const bare = { children: undefined, documents: undefined };
    expect(refused(consent({ scopes: [{ ...crossing, ...bare }] }), of)).toBe(
      '/consent/scopes/0/scopes/1',
    );
  });

  test('name the children and documents that they open, and only then', () => {
    expect(refused(entry({ children: undefined }))).toBe('/consent/scopes/0/children');
    expect(refused(entry({ documents: [1, 1] }))).toBe('/consent/scopes/0/documents');
    expect(refused(less('share-child-data'))).toBe('/consent/scopes/0/children');
    expect(refused(entry({ identity: undefined }))).toBe('/consent/scopes/0/identity');
    expect(refused(entry({ identity: ['name', 'name'] }))).toBe('/consent/scopes/0/identity');
    expect(refused(less('share-identity'))).toBe('/consent/scopes/0/identity');
  });

  test('let an office refer her onward only where she said so', () => {
    const of = withGrants({ ...grants[0], onward: [third] }, grants[1] as object);
    expect(refused({}, of)).toBe('/consent/scopes/0/scopes');
    check(plus('onward-referral'), of);
  });

  test('share with an authority by name, and with no other office', () => {
    const last = first.scopes.length;
    expect(refused(plus('share-with-authorities'))).toBe(`/consent/scopes/0/scopes/${last}`);
    const of = withGrants({ ...grants[0], office: police }, grants[1] as object);
    const named = { ...first, office: police };
    expect(refused(consent({ scopes: [named, second] }), of)).toBe('/consent/scopes/0/scopes');
    const scopes = [...first.scopes, 'share-with-authorities'];
    check(consent({ scopes: [{ ...named, scopes }, second] }), of);
  });

  test('name an office of the directory: another may turn out to be an authority', () => {
    const office = 'vn-invented-nobody' as typeof abroad;
    const of = withGrants({ ...grants[0], office }, grants[1] as object);
    expect(refused(consent({ scopes: [{ ...first, office }, second] }), of)).toBe(
      '/consent/scopes/0/office',
    );
  });

  test('open nothing that the notice did not name', () => {
    const items = file.consent.items.filter((item) => item !== 'gbv');
    expect(refused(consent({ items }))).toBe('/consent/items');
    const scopes = [{ ...first, scopes: first.scopes.filter((s) => s !== 'share-sensitive-gbv') }];
    check(consent({ items, scopes: [...scopes, { ...second, scopes: scopesLike(second) }] }));
  });

  test('open the number of her document only where the notice named it apart', () => {
    const items = file.consent.items.filter((item) => item !== 'identity-number');
    expect(refused(consent({ items }))).toBe('/consent/items');
    const scopes = file.consent.scopes.map((one) => ({ ...one, identity: ['name'] }));
    check(consent({ items, scopes }));
  });

  describe('that the law wants signed apart', () => {
    const signatures = file.consent.signatures ?? [];
    const signed = signatures.map(({ scope }) => scope);

    test('are all of the list that ask for it, and the number of her document', () => {
      const apart = codes.consentScopes.filter((row) => row.separateSignature);
      const all = [...apart.map(({ code }) => code), 'share-identity'];
      expect(signed.toSorted()).toEqual(all.toSorted());
      for (const scope of signed)
        expect(
          refused(consent({ signatures: signatures.filter((one) => one.scope !== scope) })),
        ).toBe('/consent/signatures');
      const none = caseFile(consent({ signatures: undefined }));
      const run = () => checkCaseFile(none, base, contextIn('kr'));
      expect(run).toThrow(`Each is signed apart: ${signed.join(', ')}`);
    });

    test('are given besides, and signed once', () => {
      const [one] = signatures;
      const place = `/consent/signatures/${signatures.length}/scope`;
      for (const scope of ['onward-referral', `${one?.scope}`])
        expect(refused(consent({ signatures: [...signatures, { ...one, scope }] }))).toBe(place);
      const scopes = file.consent.scopes.map((entry) => ({ ...entry, identity: ['name'] }));
      check(consent({ scopes }));
      check(consent({ scopes, signatures }));
    });

    test('are also papers that bear a number, where she shares them', () => {
      const scopes = file.consent.scopes.map((entry) => ({ ...entry, identity: ['name'] }));
      const items = file.consent.items.filter((item) => item !== 'identity-number');
      const more = [{ ...signatures[0], scope: 'share-documents' }];
      const plain = signatures.filter(({ scope }) => scope !== 'share-identity');
      for (const kind of ['passport', 'identity-card']) {
        const documents = [{ kind }];
        const bare = { ...consent({ scopes, items }), documents };
        expect(refused(bare)).toBe('/consent/items');
        expect(refused({ ...consent({ scopes }), documents })).toBe('/consent/signatures');
        check({ ...consent({ scopes, signatures: [...plain, ...more] }), documents });
        check({ ...consent({ scopes, items }), documents: [file.documents[0], { kind }] });
      }
    });
  });
  const scopesLike = ({ scopes }: Scopes) => scopes.filter((s) => s !== 'share-sensitive-gbv');

  test('of the list that belong to a stage each open one part', () => {
    const staged = codes.consentScopes.filter(({ stage }) => stage !== null);
    expect(Object.keys(opens)).toEqual(staged.map(({ code }) => code));
  });
});

describe('who consents', () => {
  const vn = submission('vn-invented-office' as Office) as unknown as Submission;
  const fileIn = (country: Country, more: object): [CaseFile, Submission] =>
    country === 'kr' ? [caseFile(more), base] : [caseFile(more, abroad), vn];
  const run = (of: string, more: (c: CaseFile) => object) => {
    const [country, reach = country] = of.split(' ') as [Country, Reach?];
    const [plain, submission] = fileIn(country, {});
    const [changed] = fileIn(country, more(plain));
    return () => checkCaseFile(changed, { ...submission, reach }, contextIn(country));
  };
  const aged = (of: string, birthDate: string, givenBy: string) =>
    run(of, (plain) => ({
      identity: { name: 'INVENTED', birthDate },
      consent: { ...plain.consent, givenBy },
    }));
  const childOf = (of: string, birthDate: string, givenBy: string) =>
    run(of, (plain) => ({
      children: [{ name: 'INVENTED', birthDate, lines: ['l1'] }],
      consent: { ...plain.consent, children: [{ child: 1, givenBy }] },
    }));

  // Today is 23 November 2026. Who may consent, of self, guardian, both; where both countries are reached, by both laws.
  test.each([
    ['kr', '2012-11-24', 'guardian both'],
    ['kr', '2012-11-23', 'self guardian both'],
    ['vn', '2019-11-24', 'guardian both'],
    ['vn', '2019-11-23', 'both'],
    ['vn', '2010-11-24', 'both'],
    ['vn', '2010-11-23', 'self guardian both'],
    ...(['kr both', 'vn both'] as const).flatMap(
      (of) =>
        [
          [of, '2019-11-24', 'guardian both'],
          [of, '2019-11-23', 'both'],
          [of, '2010-11-24', 'both'],
          [of, '2010-11-23', 'self guardian both'],
        ] as const,
    ),
  ] as const)('in %s for who was born on %s: %s', (of, birthDate, may) => {
    for (const givenBy of ['self', 'guardian', 'both']) {
      const person = aged(of, birthDate, givenBy);
      const child = childOf(of, birthDate, givenBy);
      if (may.split(' ').includes(givenBy)) {
        person();
        child();
      } else {
        expect(fieldOf(person)).toBe('/consent/givenBy');
        expect(fieldOf(child)).toBe('/consent/children/0/givenBy');
      }
    }
  });

  test('her age band counts where no birth date is known', () => {
    const banded = (of: string, ageBand: string, givenBy: string) =>
      run(of, (plain) => ({
        identity: undefined,
        summary: { ...plain.summary, ageBand },
        consent: { ...plain.consent, givenBy },
      }));
    expect(fieldOf(banded('kr', 'under-14', 'self'))).toBe('/consent/givenBy');
    expect(fieldOf(banded('vn', 'under-14', 'guardian'))).toBe('/consent/givenBy');
    expect(fieldOf(banded('vn', '14-17', 'self'))).toBe('/consent/givenBy');
    banded('kr', '14-17', 'self')();
    expect(fieldOf(banded('kr both', '14-17', 'self'))).toBe('/consent/givenBy');
    for (const band of ['18-24', '25-34', '35-49', '50-64', '65-and-over'])
      banded('vn', band, 'self')();
  });

  test('is said of each of two', () => {
    const [one] = file.children;
    const said = [1, 2].map((child) => ({ child, givenBy: 'guardian' }));
    check({ children: [one, one], ...consent({ children: said }) });
    const scopes = file.consent.scopes.map((entry) => ({ ...entry, children: [1, 2] }));
    check({ children: [one, one], ...consent({ children: said, scopes }) });
    expect(refused({ children: [one, one], ...consent({ children: said.slice(1), scopes }) })).toBe(
      '/consent/children',
    );
  });

  test('is said once for each child that is shared', () => {
    const said = { child: 1, givenBy: 'guardian' };
    expect(refused(consent({ children: undefined }))).toBe('/consent/children');
    expect(refused(consent({ children: [said, said] }))).toBe('/consent/children/1/child');
    expect(refused(consent({ children: [said, { ...said, child: 2 }] }))).toBe(
      '/consent/children/1/child',
    );
  });
});

describe('parts', () => {
  test('of a file are sealed apart, and make the file again in any order', () => {
    const two = caseFile({ children: [...file.children, { ...file.children[0], name: 'SECOND' }] });
    const parts = partsOf(two);
    expect(parts.map(({ part }) => part)).toEqual([
      ...['summary', 'identity', 'contact', 'reason', 'gbv', 'health', 'travel'],
      ...['child-1', 'child-2', 'documents', 'consent'],
    ]);
    expect(caseFileOf(parts.toReversed())).toEqual(two);
  });

  test('are only what is there', () => {
    const { summary, consent } = file;
    const safeContact = { known: false as const, why: 'none-known' as const };
    const least = { summary, safeContact, children: [], documents: [], consent };
    expect(partsOf(least).map(({ part }) => part)).toEqual(['summary', 'contact', 'consent']);
    expect(caseFileOf(partsOf(least))).toEqual(least);
    const health = { ...least, sensitive: { health: 'invented' } };
    expect(caseFileOf(partsOf(health))).toEqual(health);
  });

  test('make no file without those that every file has', () => {
    const parts = partsOf(file).filter(({ part }) => part !== 'summary');
    expect(() => caseFileOf(parts)).toThrow();
  });
});
