import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { duplicateKeys, type Person } from '../../../shared/vault/duplicates.ts';
import { abroad, sender } from '../../support/people.ts';

const mac = async (message: string) => createHmac('sha256', 'invented').update(message).digest();
const woman = { name: 'INVENTED WOMAN', birthDate: '1996-01-31' };
const keysOf = (person: Person | undefined, of = sender, categories = ['legal-divorce']) =>
  duplicateKeys(mac, of, person, categories);

test.each<[string, Person, Person]>([
  ['a name', woman, { ...woman, name: ' Invented  woman' }],
  [
    'a document, whatever the name',
    { ...woman, document: { number: 'M 123-4' } },
    { name: 'ANOTHER', document: { number: 'm1234' } },
  ],
  [
    'marks, however they were typed',
    { ...woman, name: 'Nguy\u1ec5n' },
    { ...woman, name: 'Nguye\u0302\u0303n' },
  ],
])('the same person is found by %s', async (_, a, b) => {
  expect(await keysOf(a)).toEqual(await keysOf(b));
});

test('two of whom no more than a dash was written are two', async () => {
  const dash = { document: { number: '-' } };
  const sister = { ...woman, name: 'INVENTED SISTER' };
  expect(await keysOf({ ...woman, ...dash })).not.toEqual(await keysOf({ ...sister, ...dash }));
  expect(await keysOf({ ...woman, ...dash })).toEqual(await keysOf(woman));
  expect(await keysOf({ name: '?', birthDate: '1996-01-31' })).toEqual([]);
});

test('another person, office or need is not', async () => {
  const all = await Promise.all([
    keysOf(woman),
    keysOf({ ...woman, birthDate: '1996-02-01' }),
    keysOf({ ...woman, name: 'INVENTED SISTER' }),
    keysOf(woman, abroad),
    keysOf(woman, sender, ['health']),
  ]);
  expect(new Set(all.flat()).size).toBe(5);
});

test('one name for each need, and none for somebody of whom too little is known', async () => {
  expect(await keysOf(woman, sender, ['health', 'health', 'housing'])).toHaveLength(2);
  expect(await keysOf({ name: 'INVENTED WOMAN' })).toEqual([]);
  expect(await keysOf(undefined)).toEqual([]);
});
