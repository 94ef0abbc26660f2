/** What a liar might have honest validators accused of, and what it might do to be accused of nothing itself. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applicationByName } from '../../src/apps/registry.ts';
import type { Misbehaviour } from '../../src/cli/sim/detect/tactics.ts';
import { runDetection } from '../../src/cli/sim/detect/world.ts';
import { createFrameDecoder, encodeFrame, PEER_FRAME_LIMITS } from '../../src/codec/frame.ts';
import { createMessageCodec, MESSAGE_ITEM } from '../../src/codec/message-codec.ts';
import { encodeValue } from '../../src/codec/value.ts';
import type { AnyMessage, Attested } from '../../src/core/machine.ts';
import { SeededRandom } from '../../src/core/random.ts';
import { Telemetry } from '../../src/core/telemetry.ts';
import { certificateClaims, voteClaims } from '../../src/crypto/certificate-claims.ts';
import { messages } from '../../src/protocols/pbft/messages.ts';
import { pbft } from '../../src/protocols/pbft/pbft.ts';
import { protocolByName } from '../../src/protocols/registry.ts';
import { ADDRESS_ITEM, type AddressBook } from '../../src/replica/addresses.ts';
import { createBatchDigests } from '../../src/replica/batch-digest.ts';
import { Replica } from '../../src/replica/replica.ts';
import { detectionOf } from '../../src/replica/watch/detections.ts';
import { EXHIBIT_ITEM, HELD_ITEM, Watch } from '../../src/replica/watch/watch.ts';
import { CALM, Network } from '../../src/sim/network.ts';
import { type RealSetting, realSetting } from '../../src/sim/real/index.ts';
import { SimTransport } from '../../src/sim/real/transport.ts';
import { Scheduler } from '../../src/sim/scheduler.ts';
import { MemoryEpochs } from '../../src/storage/epoch-store.ts';
import { MemorySnapshots } from '../../src/storage/memory-snapshots.ts';
import { MemoryStore } from '../../src/storage/memory-store.ts';
import { MemoryTables } from '../../src/storage/memory-tables.ts';
import { MemoryLogFile, openMemoryVoteLog } from '../../src/storage/memory-vote-log.ts';

const A = 'a'.repeat(64);
const B = 'b'.repeat(64);
const decode = createFrameDecoder(PEER_FRAME_LIMITS);
const itemOf = (item: Uint8Array) => (decode(encodeFrame([item])) as unknown[])[0] as unknown[];

let setting: RealSetting;

beforeAll(async () => {
  setting = await realSetting('ed25519', 4, { checkpointInterval: 16, window: 64, viewChangeTimeoutMs: 500 });
});
afterAll(() => setting.verifier.close());

/** A watch of validator 0 with everything real but the clock, and what it says to all. */
function watched() {
  const { chain, hasher, verifier, authenticators } = setting;
  const { batchDigest } = createBatchDigests(hasher);
  const codec = createMessageCodec(messages, { n: 4, batchDigest, limits: chain.genesis.parameters });
  let nowMs = 1_000_000;
  const said: unknown[][] = [];
  const evidence: string[] = [];
  const watch = new Watch({
    self: 0,
    n: 4,
    epoch: 0,
    clock: { nowMs: () => nowMs, wallMs: () => nowMs, after: () => () => {}, endOfTurn: () => {} },
    codec,
    contradicts: (first, second) => pbft.contradiction!(first as never, second as never),
    claims: ({ from, envelope: { body, signature } }, { signed }) => {
      const of = signed === 'always' ? certificateClaims : voteClaims;
      return of(chain, 0, chain.genesis.validators[from]!, body, signature) ?? 'signature-length';
    },
    holds: (claim) => verifier.verifySync(claim),
    broadcast: (item) => said.push(itemOf(item)),
    compare: () => {},
    onEvidence: ({ offence }) => evidence.push(offence),
    disputed: () => {},
    faulty: 1,
    quorum: 3,
    window: 64,
    primaryOf: (view) => view % 4,
    commitsSpared: true,
    connected: [true, true, true, true],
  });
  const sign = (from: number, message: object): Attested => {
    const body = codec.encodeBody(message as AnyMessage, from);
    const always = messages[(message as AnyMessage).type as keyof typeof messages]!.signed === 'always';
    const signature = authenticators[from]!.sign(body, always);
    return { from, message: message as AnyMessage, envelope: { body, signature } };
  };
  const spoilt = (attested: Attested): Attested => {
    const signature = attested.envelope.signature.slice();
    signature[5]! ^= 1;
    return { ...attested, envelope: { ...attested.envelope, signature } };
  };
  const exhibits = () => said.filter(([kind]) => kind === EXHIBIT_ITEM);
  return { watch, sign, spoilt, exhibits, evidence, advance: (ms: number) => (nowMs += ms) };
}

/** A validator with everything real but disk, network and clock, whose book of addresses answers with what it is given. */
function alone() {
  const { chain, hasher, verifier, authenticators } = setting;
  const { log, records } = openMemoryVoteLog(new MemoryLogFile());
  const { name, params } = chain.genesis.app;
  const scheduler = new Scheduler();
  const network = new Network(4, scheduler, new SeededRandom(1), { ...CALM, ordered: true });
  const ports = [[0], [1], [2], [3]];
  const book = {
    onItem: ([, code]: readonly unknown[]) => code,
    items: () => [],
    urlOf: () => undefined,
    size: 0,
  } as unknown as AddressBook;
  const replica = new Replica({
    chain,
    self: 0,
    protocol: protocolByName(chain.genesis.protocol)!,
    app: applicationByName(name).create(params, hasher),
    hasher,
    transport: new SimTransport({ self: 0, port: 0, ports, network, mangle: undefined, sent: () => {} }),
    authenticator: authenticators[0]!,
    verifier,
    voteLog: log,
    records,
    snapshots: new MemorySnapshots(),
    epochs: new MemoryEpochs(),
    store: new MemoryStore({ chainId: chain.id, tables: new MemoryTables() }),
    clock: { nowMs: () => 1_000, wallMs: () => 1_000, after: () => () => {}, endOfTurn: () => {} },
    telemetry: new Telemetry(),
    limits: { mempoolTransactions: 10, mempoolBytes: 1 << 16, pipelineDepth: 4, logCompactBytes: 8 << 20 },
    log: { info: () => {}, warn: () => {} },
    onFatal: () => {},
    addresses: book,
  });
  replica.start();
  return { replica, stop: () => replica.stop() };
}

const checkpoint = (digest: string, sequence = 16) => ({ type: 'checkpoint', epoch: 0, sequence, digest });
const viewChange = (view: number, stable = 0) => ({
  type: 'view-change',
  epoch: 0,
  view,
  stable,
  checkpoints: [],
  prepared: [],
  preprepared: [],
});

describe('what an honest validator may do', () => {
  it('is no fault: what it shows, and was said in an epoch that is over here, or not begun', () => {
    const { watch, sign } = watched();
    const { body } = sign(3, { ...checkpoint(A), epoch: 1 }).envelope;
    // It is signed as what it is, of epoch 1: under the keys' use in this one nothing of it holds.
    expect(watch.onExhibit(1, [EXHIBIT_ITEM, body, new Uint8Array(64)])).toBe('epoch-mismatch');
    // Of a larger set, its author may have a place that nobody has here.
    const far = body.slice();
    far[2] = 9;
    expect(watch.onExhibit(1, [EXHIBIT_ITEM, far, new Uint8Array(64)])).toBe('epoch-mismatch');
    expect(detectionOf('epoch-mismatch')).toBeUndefined();
    const held = Array.from({ length: 9 }, (_, from) => [from, new Uint8Array(32)]);
    expect(watch.onHeld(1, [HELD_ITEM, 1, held])).toBeUndefined();
  });

  it('is no fault: frames that somebody on the line changed', () => {
    const { watch } = watched();
    for (let i = 0; i < 10; i++) watch.rejected(1, 'frame-mac');
    expect(watch.report(1)).toMatchObject({ score: 1, detections: {} });
  });

  it('is no fault: to pass on the address of who is a validator there already, or by its clock', async () => {
    const { replica, stop } = alone();
    const pass = (code: string) => replica.peerFrame(1, [[ADDRESS_ITEM, code]]);
    for (let i = 0; i < 20; i++) {
      pass('stranger');
      pass('time-drift');
    }
    const of = () => replica.peerReports().find(({ id }) => id === 1)!;
    expect(of()).toMatchObject({ score: 1, detections: {} });
    pass('signature-invalid');
    expect(of().detections).toEqual({ 'invalid-signature': 1 });
    stop();
  });
});

describe('a validator that shows what others sign', () => {
  it('shows nothing whose signature does not hold: whoever gets it would hold that against it', () => {
    const { watch, sign, spoilt, exhibits } = watched();
    watch.stable(16, A);
    // Of no use to the machine any more, hence kept without a look at its signature.
    watch.words(spoilt(sign(3, checkpoint(B))), false);
    expect(exhibits()).toEqual([]);
    expect(watch.report(3).detections).toMatchObject({ 'invalid-signature': 1 });
    // Kept before the checkpoint is certified, too.
    watch.words(spoilt(sign(2, checkpoint(B, 32))), false);
    watch.stable(32, A);
    expect(exhibits()).toEqual([]);
    // And what holds is shown.
    watch.words(sign(1, checkpoint(B, 32)), false);
    expect(exhibits()).toHaveLength(1);
    expect(watch.report(1).detections).toMatchObject({ 'wrong-state-hash': 1 });
  });

  it('is asked for words of a validator, and shows none that are not its own', () => {
    const { watch, sign, spoilt, exhibits } = watched();
    watch.words(spoilt(sign(3, viewChange(1))), false);
    expect(watch.onHeld(2, [HELD_ITEM, 1, [[3, new Uint8Array(32)]]])).toBeUndefined();
    expect(exhibits()).toEqual([]);
  });

  it('is not kept from seeing a contradiction by a false word that came first', () => {
    const { watch, sign, spoilt, evidence } = watched();
    watch.words(spoilt(sign(3, checkpoint(A))), false);
    watch.words(sign(3, checkpoint(A)), true);
    watch.words(sign(3, checkpoint(B)), true);
    expect(evidence).toEqual(['checkpoint']);
  });

  it('has room for what speaks against a liar, however often that one has its own words shown', () => {
    const { watch, sign, exhibits } = watched();
    watch.words(sign(3, viewChange(1)), true);
    for (let i = 0; i < 128; i++) watch.onHeld(3, [HELD_ITEM, 1, [[3, new Uint8Array(32)]]]);
    const before = exhibits().length;
    expect(before).toBeLessThanOrEqual(32);
    watch.show(sign(3, { type: 'prepare', epoch: 0, view: 0, sequence: 7, digest: B }));
    expect(exhibits()).toHaveLength(before + 1);
  });
});

it('a liar whose old checkpoints are badly signed is found, and those who hear of it find nobody else', async () => {
  const lie: Misbehaviour = {
    name: 'old checkpoints, other states, no signatures',
    kind: 'invalid-signature',
    provable: false,
    primary: false,
    tactic: () => {
      let at = 0;
      return {
        hear(event) {
          if (event.kind === 'checkpoint') at = event.sequence;
        },
        add(out) {
          if (at < 32) return;
          const message = { type: 'checkpoint', epoch: 0, sequence: at - 16, digest: B } as const;
          for (const to of [0, 1, 2, 3]) out.push({ kind: 'send', to, message, afterPersist: false });
          at = 0;
        },
      };
    },
    mangle: () => (item) => {
      const value = itemOf(item);
      if (value[0] !== MESSAGE_ITEM || value.length !== 4) return item;
      const [kind, epoch, body, signature] = value as [number, number, Uint8Array, Uint8Array];
      if (body[1] !== messages.checkpoint!.tag || !body.includes(0xbb)) return item;
      const spoilt = signature.slice();
      spoilt[5]! ^= 1;
      return encodeValue([kind, epoch, body.slice(), spoilt]);
    },
  };
  const { findings, liar, wrong, suspected, broken } = await runDetection(setting, 3, lie);
  expect(broken).toBeUndefined();
  expect(wrong).toEqual([]);
  expect(suspected).toEqual([]);
  expect(findings.filter(({ of }) => of !== liar)).toEqual([]);
  expect(findings.filter(({ kind }) => kind === 'invalid-signature').length).toBeGreaterThan(0);
}, 60_000);
