import type * as real from '../../shared/world.ts';
import { running } from './invocation.ts';
import type { Land } from './land.ts';
import type { Ports } from './ports.ts';

/** Stands in for `shared/world.ts`: the ports of whichever country's function is running. */
const place = () => running().place as Land;
const port =
  <N extends keyof Ports>(name: N) =>
  (): Ports[N] =>
    place().ports[name];

export const country = () => place().code;
export const clock = () => place().clock;
export const now = () => place().now;
export const random = () => `random ${place().sim.chance.next()}`;
export const env = (name: string) => name;
export const restoring = () => false;
export const allowed = (): string[] => [];

export const openLedger = port('ledger');
export const ledger = port('ledger');
export const slots = port('slots');
export const beats = port('beats');
export const views = port('views');
export const touched = port('touched');
export const directory = port('directory');
export const endpoints = port('endpoints');
export const deliveries = port('deliveries');
export const secrets = port('secrets');
export const bus = port('bus');
export const queue = (name: string) => place().ports.queue(name);
export const wake = port('wake');
export const peer = port('peer');
export const itself = port('itself');
export const eraser = port('eraser');
export const asksArrival = port('asksArrival');

export const world = () => ({
  country: country(),
  ledger: ledger(),
  directory: directory(),
  now,
});

/** The simulated offices bring nothing about a person: `handle` is called as a function would. */
const nothing = () => {
  throw new Error('nothing is sealed here');
};
export const [sealing, gate, gates, arrivalGate, bringing, forgets] = Array(6).fill(nothing);

/** Nothing that the functions use may be missing here. */
type Missing = Exclude<keyof typeof real, keyof typeof import('./world.ts')>;
export const complete: Missing extends never ? true : Missing = true;
