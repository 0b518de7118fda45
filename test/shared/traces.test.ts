import { expect, test } from 'vitest';
import { isOfDirectory, leaksIn } from '../e2e/traces.ts';

const mark = 'CANARY-name-0f3c';

test.each<[string, string]>([
  ['as it is', `{"reason":"${mark}"}`],
  ['in base64', Buffer.from(`a${mark}, and more`).toString('base64')],
  ['in base64 of another beginning', Buffer.from(`ab${mark}.`).toString('base64')],
  ['in base64url', Buffer.from(mark).toString('base64url')],
  ['in hex', Buffer.from(`log: ${mark}`).toString('hex')],
])('the canary finds a planted leak: %s', (_, text) => {
  expect(leaksIn([['here', text]], [mark, 'another'])).toEqual([`here: ${mark}`]);
});

test.each([
  ['{"pk":{"S":"directory"},"sk":{"S":"kr"},"offices":{}}', true],
  ['{"pk":{"S":"vn-osso-can-tho"},"sk":{"S":"fact#vn#000001"}}', true],
  ['{"detail":{"subject":"kr-danuri","type":"office.changed.v1"}}', true],
  ['{"pk":{"S":"ref_1"},"sk":{"S":"fact#vn#000001"},"actor":"vn-osso-can-tho"}', false],
  ['{"detail":{"subject":"ref_1","data":{"offices":["kr-danuri"]}}}', false],
])('what an office says of itself is no leak of its services: %s', (text, is) =>
  expect(isOfDirectory(['here', text])).toBe(is),
);

test('and nothing else', () => {
  const others = ['CANARY-name-0f3d', Buffer.from('an innocent line of a log').toString('base64')];
  expect(leaksIn([['here', others.join('\n')]], [mark])).toEqual([]);
});
