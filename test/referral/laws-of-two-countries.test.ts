import { expect, test } from 'vitest';
import { factFor } from '../../shared/referral/fact-for.ts';
import { fold } from '../../shared/referral/fold.ts';
import { voidOf } from '../../shared/referral/leaving.ts';
import { lineStatus, wayOf } from '../../shared/referral/lines.ts';
import { askedBy, statusOf } from '../../shared/referral/offers.ts';
import { seenBy } from '../../shared/referral/order.ts';
import { viewFor } from '../../shared/referral/view.ts';
import { everyHistory } from '../support/every-history.ts';
import {
  abroad,
  contextIn,
  helpline,
  home,
  sender,
  stranger,
  third,
  union,
} from '../support/people.ts';

const offices = [sender, abroad, union, home, third, helpline, stranger];
const receivers = [abroad, union, home, third];

test('two countries that exchange everything fold alike, and set nothing honest aside', () =>
  everyHistory((two) => {
    for (const country of ['kr', 'vn'] as const) expect(two.state(country).setAside).toEqual([]);
    two.carry('kr');
    two.carry('vn');
    expect(two.state('kr')).toEqual(two.state('vn'));
    expect(two.state('kr').setAside).toEqual([]);
  }));

test('what is due comes to rest, with nothing void left open and no line lost', () =>
  everyHistory((two) => {
    two.rest();
    const { referral, setAside } = two.state('kr');
    expect(two.state('vn').referral).toEqual(referral);
    expect(setAside).toEqual([]);
    if (!referral) throw new Error('no referral');
    for (const { id } of referral.lines)
      expect(['open', 'offered', 'placed', 'closed', 'stopped']).toContain(
        lineStatus(referral, id),
      );
    // A withdrawal is answered once it is heard, unless an acceptance crossed it.
    for (const offer of referral.offers) {
      if (offer.requests.length > 0)
        expect(['requested', 'received']).not.toContain(statusOf(offer));
      expect(voidOf(referral, offer)).toBeUndefined();
    }
  }));

test('the system never offers a line that its country knew to be stopped', () =>
  everyHistory((two) => {
    two.rest();
    const facts = two.all();
    for (const fact of facts) {
      if (fact.type !== 'offer.made.v1' || !fact.actor.includes(':')) continue;
      const { referral } = fold(seenBy(fact, facts));
      for (const line of fact.data.lines as never[])
        expect(referral && wayOf(referral, line)).toBe('next-office');
    }
  }));

/** Whom she named to it in its own grant, an office may read. */
const named = (key: string, value: unknown) =>
  key === 'onward' && JSON.stringify(value).startsWith('["') ? [] : value;

test('no receiver reads of a third office, of a list or of a helpline', () =>
  everyHistory((two) => {
    const facts = two.all();
    const state = fold(facts);
    for (const office of receivers) {
      const asked = state.referral ? askedBy(office, state.referral) : [];
      const known = [office, sender, ...asked.map((offer) => offer.office)];
      const others = offices.filter((o) => !known.includes(o));
      const read = facts.flatMap((fact) => factFor(office, facts, fact) ?? []);
      const text = JSON.stringify([read, viewFor(office, state, contextIn('kr'))], named);
      for (const other of others) expect(text).not.toContain(other);
      expect(read.every(({ data, actor }) => !('by' in data) || actor === (office as string))).toBe(
        true,
      );
    }
    expect(facts.some((fact) => factFor(stranger, facts, fact))).toBe(false);
    // But for what the sender wrote of her withdrawal, which the helpline must ask her about.
    const told = facts.flatMap((fact) => factFor(helpline, facts, fact) ?? []);
    const text = JSON.stringify(told);
    for (const other of offices.filter((one) => one !== sender && one !== helpline))
      expect(text).not.toContain(other);
    for (const { type, data } of told) {
      expect(type).toMatch(/^(consent\.withdraw|deadline\.)/);
      if (type.startsWith('deadline.')) expect(data.clock).toBe('withdrawal-confirm');
    }
  }));

test('what an office reads of a fact never changes as the log grows', () =>
  everyHistory((two) => {
    const facts = two.all();
    for (const fact of facts)
      for (const office of [sender, abroad, home])
        expect(factFor(office, facts, fact)).toEqual(
          factFor(office, [...seenBy(fact, facts), fact], fact),
        );
  }));

const outcome = ['service.closed.v1', 'service.reopened.v1'];

test('the sender hears no more of a service than its feedback allows', () =>
  everyHistory((two) => {
    const facts = two.all();
    const feedback = fold(facts).referral?.consent.feedback;
    const types = facts.flatMap((fact) => factFor(sender, facts, fact)?.type ?? []);
    const heard = types.filter((type) => type.startsWith('service.'));
    if (feedback === 'none') expect(heard).toEqual([]);
    if (feedback === 'outcome') expect(heard.filter((type) => !outcome.includes(type))).toEqual([]);
  }));
