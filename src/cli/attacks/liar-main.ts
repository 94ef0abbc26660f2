/** A validator of a real home that lies: the product's own driver and sockets, and a tactic before its protocol. */

import { SeededRandom } from '../../core/random.ts';
import { protocolByName } from '../../protocols/registry.ts';
import { createBatchDigests } from '../../replica/batch-digest.ts';
import { lockHome } from '../../storage/home-lock.ts';
import { loadHome } from '../home.ts';
import { MISBEHAVIOURS } from '../sim/detect/tactics.ts';
import { turned } from '../sim/detect/world.ts';
import { createValidator } from '../validator.ts';

const [dir, lie] = process.argv.slice(2);
const home = await loadHome(dir!);
lockHome(home.dir);
const { genesis } = home.chain;
const tactic = MISBEHAVIOURS.find(({ name }) => name === lie)!.tactic!;
const { batchOf } = createBatchDigests(home.hasher);
const setting = {
  self: home.self!,
  n: genesis.validators.length,
  random: new SeededRandom(process.pid),
  batchOf,
};
const validator = await createValidator(home, {
  protocol: turned(protocolByName(genesis.protocol)!, tactic(setting)),
});
await validator.start();
process.on('disconnect', () => process.exit(0));
process.send!('ready');
