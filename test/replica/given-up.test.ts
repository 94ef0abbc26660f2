import { afterAll, beforeAll, expect, it } from 'vitest';
import { createMessageCodec } from '../../src/codec/message-codec.ts';
import { createRecordCodec } from '../../src/codec/record-codec.ts';
import type { AnyMessage } from '../../src/core/machine.ts';
import { SeededRandom } from '../../src/core/random.ts';
import { protocolByName } from '../../src/protocols/registry.ts';
import { createBatchDigests } from '../../src/replica/batch-digest.ts';
import { CALM, Network } from '../../src/sim/network.ts';
import { type RealSetting, realSetting } from '../../src/sim/real/chain.ts';
import { RealNode } from '../../src/sim/real/node.ts';
import { Scheduler } from '../../src/sim/scheduler.ts';
import { openVoteLog } from '../../src/storage/file-vote-log.ts';

let setting: RealSetting;

beforeAll(async () => {
  setting = await realSetting('ed25519', 4);
});
afterAll(() => setting.verifier.close());

/** A replica whose log begins with what certifies a checkpoint, or does not, and whose state is that of the genesis. */
function started(begunAt: number) {
  const scheduler = new Scheduler();
  const random = new SeededRandom(7);
  const network = new Network(4, scheduler, random.fork(), CALM);
  const ports = [[0], [1], [2], [3]];
  const node = new RealNode(
    setting,
    scheduler,
    { self: 0, port: 0, ports, network, sent: () => {} },
    true,
    random,
  );
  const { chain, hasher } = setting;
  const protocol = protocolByName(chain.genesis.protocol)!;
  const { batchDigest } = createBatchDigests(hasher);
  const options = { n: 4, epoch: 0, batchDigest, limits: chain.genesis.parameters };
  const messages = createMessageCodec(protocol.messages, options);
  const records = createRecordCodec<AnyMessage, AnyMessage>(protocol.records, messages, options);
  if (begunAt > 0) {
    const files = node.disk.boot(() => {});
    const { log } = openVoteLog({ path: 'home/votes', chainId: chain.id, durability: 'power', files });
    const stable = { type: 'stable', sequence: begunAt, digest: 'ab'.repeat(32), certificate: [] };
    log.append(records.encodeRecord(stable));
    log.flush(log.appended);
    log.close();
  }
  node.start();
  expect(node.broken).toBeUndefined();
  return node.replica!.status();
}

it('a replica whose state is older than the beginning of its log votes for nothing that the log gave up', () => {
  const { checkpointInterval } = setting.chain.genesis.parameters;
  const begunAt = 3 * checkpointInterval;
  // Executed is what the state says; voted for is what lies above the certified checkpoint, whose state is fetched.
  expect(started(begunAt)).toMatchObject({
    sequence: 0,
    lowWatermark: begunAt,
    transfer: { sequence: begunAt },
  });
  expect(started(0)).toMatchObject({ sequence: 0, lowWatermark: 0, transfer: undefined });
});
