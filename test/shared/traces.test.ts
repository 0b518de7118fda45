import { expect, test } from 'vitest';
import { isOfDirectory, leaksIn, linesOf } from '../e2e/leaks.ts';

const mark = 'CANARY-name-0f3c';

test.each<[string, string]>([
  ['as it is', `{"reason":"${mark}"}`],
  ['in base64', Buffer.from(`a${mark}, and more`).toString('base64')],
  ['in base64 of another beginning', Buffer.from(`ab${mark}.`).toString('base64')],
  ['in base64url', Buffer.from(mark).toString('base64url')],
  ['in JSON within JSON', JSON.stringify(JSON.stringify({ reason: mark }))],
  ['in hex', Buffer.from(`log: ${mark}`).toString('hex')],
])('the canary finds a planted leak: %s', (_, text) => {
  expect(leaksIn([['here', text]], [mark, 'another'])).toEqual([`here: ${mark}`]);
});

test.each([
  ['{"pk":{"S":"directory"},"sk":{"S":"kr"},"offices":{}}', true],
  ['{"pk":{"S":"vn-osso-can-tho"},"sk":{"S":"fact#vn#000001"}}', true],
  ['{"detail":{"subject":"kr-danuri","type":"office.changed.v1"}}', true],
  ['{"pk":{"S":"ref_1"},"sk":{"S":"fact#vn#000001"},"actor":"vn-osso-can-tho"}', false],
  ['{"subject":"kr-danuri","told":["ref_0A1B"]}', false],
  ['{"detail":{"subject":"ref_1","data":{"offices":["kr-danuri"]}}}', false],
])('what an office says of itself is no leak of its services: %s', (text, is) =>
  expect(isOfDirectory(['here', text])).toBe(is),
);

test('and nothing else', () => {
  const others = ['CANARY-name-0f3d', Buffer.from('an innocent line of a log').toString('base64')];
  expect(leaksIn([['here', others.join('\n')]], [mark])).toEqual([]);
});

test('a line about an office hides no category in another line, and numbers are looked at apart', () => {
  const places = linesOf(
    '{"subject":"kr-danuri"}\n{"category":"health"}\n\n{"_aws":{"CloudWatchMetrics":[]}}\n',
  );
  expect(places.map(([where]) => where)).toEqual(['logs', 'logs', 'metrics']);
  const ofHer = places.filter((place) => !isOfDirectory(place));
  expect(leaksIn(ofHer, ['health', 'kr-danuri'])).toEqual(['logs: health']);
});

test('what is too short for more is looked for as a value alone', () => {
  const places = [
    ['value', '{"body":"{\\"nationality\\":\\"QZ\\"}"}'],
    ['base64', Buffer.from('a"QZ", and more').toString('base64')],
  ] as const;
  expect(leaksIn(places, ['"QZ"'])).toEqual(['value: "QZ"']);
});
