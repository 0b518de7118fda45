import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { ref } from '../support/facts.ts';
import { bytes, type Form } from './office.ts';

const otherSum = createHash('sha256').update('other').digest('base64');

/** A form that allows more than it was signed for. */
const widened = ({ url, fields }: Form, change: (policy: string) => string): Form => {
  const policy = Buffer.from(fields.Policy ?? '', 'base64').toString();
  expect(change(policy)).not.toBe(policy);
  return { url, fields: { ...fields, Policy: Buffer.from(change(policy)).toString('base64') } };
};
const field =
  (name: string, value: string) =>
  ({ url, fields }: Form): Form => ({ url, fields: { ...fields, [name]: value } });
const same = (form: Form) => form;

/** What is wrong with what is sent, what S3 then says, the form, and the bytes where they are others. */
export const formChanges: [string, string, (form: Form) => Form, string?][] = [
  ['a byte more', '400 EntityTooLarge', same, `${bytes}.`],
  ['a byte less', '400 EntityTooSmall', same, bytes.slice(1)],
  ['nothing', '400 EntityTooSmall', same, ''],
  ['other bytes of the same size', '400 BadDigest', same, bytes.replace('INVENTED', 'inVENTED')],
  ['another type', '403 AccessDenied', field('Content-Type', 'text/html')],
  ['another checksum', '403 AccessDenied', field('x-amz-checksum-sha256', otherSum)],
  ['another algorithm', '403 AccessDenied', field('x-amz-checksum-algorithm', 'CRC32')],
  ['another key', '403 AccessDenied', field('key', `documents/${ref}/1/d1-x.pdf`)],
  ['metadata', '403 AccessDenied', field('x-amz-meta-more', 'x')],
  ['an owner', '403 AccessDenied', field('x-amz-grant-read', 'id=all')],
  ['a second algorithm', '403 AccessDenied', field('x-amz-sdk-checksum-algorithm', 'CRC32')],
  [
    'another bucket',
    '403 AccessDenied',
    ({ url, fields }) => ({ url: url.replace('documents-of-kr', 'another'), fields }),
  ],
  [
    'a later end',
    '403 SignatureDoesNotMatch',
    (form) => widened(form, (p) => p.replace('"20', '"30')),
  ],
  [
    'more bytes allowed',
    '403 SignatureDoesNotMatch',
    (form) => widened(form, (p) => p.replace(/\d+\]/, '999]')),
    `${bytes}.`,
  ],
  ['a later date', '403 AccessDenied', field('X-Amz-Date', '20300101T000000Z')],
  ['another signature', '403 SignatureDoesNotMatch', field('X-Amz-Signature', '0'.repeat(64))],
];

type AddressChange = readonly [string, (url: URL) => unknown];
const set = (name: string, value: string) => (url: URL) => url.searchParams.set(name, value);

/** `signed`: the parameters of the address; `other`: a file beside the one that it is for. */
export const addressChanges = (
  signed: readonly string[],
  id: string,
  other: string,
): AddressChange[] => [
  ['another document', (url) => Object.assign(url, { pathname: url.pathname.replace(id, other) })],
  ['what lies there', (url) => Object.assign(url, { pathname: '/documents-of-kr' })],
  ['no query', (url) => Object.assign(url, { search: '' })],
  ['a longer time', set('X-Amz-Expires', '3600')],
  ['a later date', set('X-Amz-Date', '20300101T000000Z')],
  ['as a page', set('response-content-disposition', 'inline')],
  ['kept', set('response-cache-control', 'max-age=9')],
  ['as another type', set('response-content-type', 'text/html')],
  ['a version', set('versionId', 'null')],
  ['its tags', set('tagging', '')],
  ...signed.map((name): AddressChange => [`no ${name}`, (url) => url.searchParams.delete(name)]),
];
