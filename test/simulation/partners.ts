import type { EndpointId } from '../../events/endpoint.ts';
import type { Instant, Office } from '../../events/envelope.ts';
import type { Endpoint } from '../../shared/endpoints.ts';
import { endpointIdOf } from '../../shared/ids.ts';
import { has } from './bugs.ts';
import { inside } from './plan.ts';
import type { Sim } from './sim.ts';

/** The offices' own systems: what each has heard, by webhook id. */
export class Partners {
  readonly endpoints: readonly Endpoint[];
  readonly #sim: Sim;
  readonly #heard = new Map<string, Map<string, string>>();
  #attempts = 0;

  constructor(sim: Sim, offices: readonly Office[]) {
    this.#sim = sim;
    this.endpoints = offices.map((office) => {
      const url = `https://${office}.invented.example/hook`;
      const id: EndpointId = endpointIdOf(office, url);
      const createdAt = '2026-09-01T00:00:00.000Z' as Instant;
      return { id, office, url, types: ['*'], state: 'active', secret: 'c2VhbGVk', createdAt };
    });
  }

  has(office: string): boolean {
    return this.endpoints.some((endpoint) => endpoint.office === office);
  }

  heard(office: string, fact: string): boolean {
    return this.#heard.get(office)?.has(fact) ?? false;
  }

  all(): [office: string, id: string][] {
    return [...this.#heard].flatMap(([office, ids]) =>
      [...ids.keys()].map((id): [string, string] => [office, id]),
    );
  }

  /** One POST. */
  hear(url: string, headers: Record<string, string>, body: string): number {
    const { plan, loop, chance, checks } = this.#sim;
    const office = this.endpoints.find((endpoint) => endpoint.url === url)?.office;
    if (!office) throw new Error('no such address');
    this.#attempts += 1;
    if (inside(plan.down, loop.now) && office === this.endpoints[0]?.office)
      return this.#fails('endpoint down');
    const id = has('webhook id per attempt') ? `${this.#attempts}` : (headers['webhook-id'] ?? '');
    const ids = this.#heard.get(office) ?? new Map<string, string>();
    checks.heard(office, id, body, ids.get(id));
    ids.set(id, body);
    this.#heard.set(office, ids);
    if (chance.yes(plan.rates.trouble)) return this.#fails('answer of an endpoint lost');
    return 200;
  }

  #fails(how: 'endpoint down' | 'answer of an endpoint lost'): number {
    const { chance, count } = this.#sim;
    count(how);
    if (has('delivery counted as done before it was')) return 200;
    if (chance.yes(0.5)) throw new Error('no answer');
    return 503;
  }
}
