import { expect, test } from 'vitest';
import { OfferId } from '../../events/referral.ts';
import { checkSealedCodes } from '../../shared/referral/sealed-codes.ts';
import { command, refusal } from '../support/given.ts';
import { abroad, contextIn, worker } from '../support/people.ts';

const offer = OfferId.parse('kr1-1');
const asks = (name: 'close' | 'request-information' | 'report-progress', body: object) => {
  const bare = {
    close: { outcomes: [{ line: 'l1', outcome: 'service-completed' }] },
    'request-information': {},
    'report-progress': { kind: 'contact-made', ...body },
  }[name];
  const input = name === 'report-progress' ? { kind: (bare as { kind: string }).kind } : bare;
  const asked = command(name, worker(abroad), input, offer);
  return () => checkSealedCodes(asked, { ...bare, ...body }, contextIn('vn'));
};

test.each([
  [
    'close',
    { needMet: 'whim' },
    '/needMet',
    /^Must be one of: met, partly-met, not-met, not-asked$/,
  ],
  [
    'request-information',
    { questions: [{ question: 'documents-available' }, { question: 'whim' }] },
    '/questions/1/question',
    /^Must be one of: /,
  ],
  ['report-progress', { channel: 'pigeon' }, '/channel', /^Must be one of: phone/],
  ['report-progress', { contactResult: 'vanished' }, '/contactResult', /^Must be one of: reached/],
  ['report-progress', { contactResult: 'no-answer' }, '/contactResult', /contact-attempted/],
] as const)('%s with %o is refused', (name, body, field, message) => {
  expect(refusal(asks(name, body))).toMatchObject({ status: 422, field });
  expect(asks(name, body)).toThrow(message);
});

test.each([
  ['close', { needMet: 'not-asked' }],
  ['request-information', { questions: [{ question: 'documents-available' }] }],
  ['report-progress', { channel: 'phone', contactResult: 'reached' }],
  ['report-progress', { contactResult: 'refused' }],
  ['report-progress', {}],
  ['report-progress', { kind: 'contact-attempted', contactResult: 'no-answer' }],
] as const)('%s with %o is taken', (name, body) => expect(asks(name, body)).not.toThrow());
