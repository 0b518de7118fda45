import { describe, expect, test } from 'vitest';
import type { Country, Fact, Office, Reach } from '../../events/envelope.ts';
import type { LineId } from '../../events/referral.ts';
import type { Act } from '../../shared/referral/command.ts';
import { holderOf, lineStatus, referralStatus } from '../../shared/referral/lines.ts';
import { offerIn, statusOf } from '../../shared/referral/offers.ts';
import { viewFor } from '../../shared/referral/view.ts';
import { log, moreGrants, submitted } from '../support/facts.ts';
import { command } from '../support/given.ts';
import { Two } from '../support/histories.ts';
import { abroad, home, sender, third, union, worker } from '../support/people.ts';

const both: readonly Country[] = ['kr', 'vn'];

/** Two countries that hear of each other at once, and whose systems do what is due. */
const walk = (from: Office, reach: Reach = 'both', grants: readonly object[] = moreGrants) => {
  const first = submitted({ lines: [[from]], grants: grants as never, reach });
  const two = new Two(log(first));
  const settle = () => {
    for (let before = -1; before < two.all().length; ) {
      before = two.all().length;
      if (reach === 'both') for (const country of both) two.carry(country);
      for (const country of both) while (two.due(country));
    }
  };
  settle();
  const does = (who: Office, name: Act, input: object = {}, offer = 'kr1-1'): Fact => {
    const fact = two.does(command(name, worker(who, 'supervisor'), input, offer));
    if (!fact) throw new Error(`${name} was refused to ${who}`);
    settle();
    return fact;
  };
  const now = () => {
    const { referral, setAside } = two.state('kr');
    if (!referral) throw new Error('no referral');
    if (reach === 'both') expect(two.state('vn').referral).toEqual(referral);
    expect(setAside).toEqual([]);
    const line = 'l1' as LineId;
    const of = (id: unknown) => {
      const offer = offerIn(referral, id as never);
      return offer && statusOf(offer);
    };
    return { referral, of, line: [lineStatus(referral, line), holderOf(referral, line)?.id] };
  };
  return { two, does, now };
};

const lines = ['l1'];
const domestic = [
  { office: home, onward: [third, union] },
  { office: 'kr-invented-helpline' as Office },
];

describe.each<[string, Office, Office, Reach, readonly object[]]>([
  ['from Korea to Viet Nam and on to another office there', abroad, union, 'both', moreGrants],
  ['from Korea to Viet Nam and back to an office in Korea', abroad, home, 'both', moreGrants],
  ['within Korea, and then to Viet Nam', home, abroad, 'both', moreGrants],
  [
    'within one country',
    home,
    'kr-invented-helpline' as Office,
    'kr',
    [{ office: home, onward: ['kr-invented-helpline'] }, domestic[1] as object],
  ],
])('she is referred %s', (_, from, to, reach, grants) => {
  test('and served there: the first office is done once the other accepts', () => {
    const { does, now, two } = walk(from, reach, grants);
    does(from, 'acknowledge');
    does(from, 'accept', { lines });
    const made = does(from, 'refer-onward', { office: to, lines });
    const below = made.data.offer as string;
    expect(now().line).toEqual(['placed', 'kr1-1']);
    does(to, 'accept', { lines }, below);
    expect([now().of('kr1-1'), now().line]).toEqual(['completed', ['placed', below]]);
    does(to, 'report-progress', { kind: 'contact-made' }, below);
    does(to, 'start-service', {}, below);
    does(to, 'close', { outcomes: [{ line: 'l1', outcome: 'service-completed' }] }, below);
    expect([now().of(below), now().line]).toEqual(['completed', ['closed', undefined]]);
    expect(referralStatus(now().referral)).toBe('completed');
    const seen = viewFor(sender, two.state('kr'), two.context('kr'));
    expect(seen?.offers).toMatchObject([{ referredOnward: ['l1'] }, { partOf: 'kr1-1' }]);
  });

  test('and declined there: she stays with the first, who serves her itself', () => {
    const { does, now } = walk(from, reach, grants);
    does(from, 'accept', { lines });
    const below = does(from, 'refer-onward', { office: to, lines }).data.offer as string;
    does(to, 'decline', { reason: 'no-capacity' }, below);
    expect([now().of(below), now().line]).toEqual(['rejected', ['placed', 'kr1-1']]);
    does(from, 'report-progress', { kind: 'visit' });
    does(from, 'start-service');
    does(from, 'close', { outcomes: [{ line: 'l1', outcome: 'service-completed' }] });
    expect(now().line).toEqual(['closed', undefined]);
  });

  test('and her stop reaches whoever was asked', () => {
    const { does, now } = walk(from, reach, grants);
    does(from, 'accept', { lines });
    const below = does(from, 'refer-onward', { office: to, lines }).data.offer as string;
    does(sender, 'request-cancellation', { reason: 'person-request' });
    expect(now().of(below)).toBe('cancelled');
    does(from, 'confirm-cancellation');
    expect(now().line).toEqual(['stopped', undefined]);
  });

  test('and her stop reaches who has taken over', () => {
    const { does, now } = walk(from, reach, grants);
    does(from, 'accept', { lines });
    const below = does(from, 'refer-onward', { office: to, lines }).data.offer as string;
    does(to, 'accept', { lines }, below);
    does(sender, 'request-cancellation', { reason: 'person-request' }, below);
    does(to, 'confirm-cancellation', {}, below);
    expect(now().line).toEqual(['stopped', undefined]);
  });
});
