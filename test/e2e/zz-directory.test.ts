import { afterAll, beforeAll, describe } from 'vitest';
import { type Demo, populate } from '../../infra/local/demo.ts';
import { type Network, startNetwork } from '../../infra/local/network.ts';
import { directory } from './directory.ts';

let network: Network | undefined;
let demo: Demo | undefined;
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
describe('the directory', () => directory(given));
