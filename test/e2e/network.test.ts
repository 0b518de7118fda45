import { afterAll, beforeAll, describe } from 'vitest';
import { type Demo, populate } from '../../infra/local/demo.ts';
import { type Network, startNetwork } from '../../infra/local/network.ts';
import { arrival } from './arrival.ts';
import { badInput } from './bad-input.ts';
import { border } from './border.ts';
import { burst } from './burst.ts';
import { canary } from './canary.ts';
import { clocks } from './clocks.ts';
import { denied } from './denied.ts';
import { directory } from './directory.ts';
import { documents } from './documents.ts';
import { isolation } from './isolation.ts';
import { naming } from './naming.ts';
import { pairs } from './pairs.ts';
import { planted } from './planted.ts';
import { reconciliation } from './reconcile.ts';
import { recovery } from './recover.ts';
import { repeats } from './repeats.ts';
import { suspension } from './suspension.ts';
import { theWalk } from './the-walk.ts';

let network: Network | undefined;
let demo: Demo | undefined;

/** One network for all: starting and deploying it takes longer than what it is asked. */
beforeAll(async () => {
  network = await startNetwork();
  demo = await populate(network);
});

afterAll(async () => {
  await demo?.receiver.stop();
  await network?.stop();
});

const given = () => {
  if (!demo) throw new Error('The network is not up');
  return demo;
};

const { begin, end } = suspension(given);

describe('an office that leaves', begin);
describe('a walk from Seoul to Cần Thơ and back', () => theWalk(given));
describe('documents of a person', () => documents(given));
describe('what is sealed', () => canary(given));
describe('a denied call', () => denied(given));
describe('the border', () => border(given));
describe('what comes twice', () => repeats(given));
describe('clocks', () => clocks(given));
describe('a planned arrival', () => arrival(given));
describe('withdraw against accept', () => pairs(given));
describe('reconciliation', () => reconciliation(given));
describe('the network desk', () => naming(given));
describe('a network made anew', () => recovery(given));
describe('the directory', () => directory(given));
describe('who sees what', () => isolation(given));
describe('bad input', () => badInput(given));
describe('a leak', () => planted(given));
describe('a burst', () => burst(given));
describe('an office that left', end);
