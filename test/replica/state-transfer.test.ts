/** Fetching a state from peers of whom one lies: it costs that peer's answers, and never the state. */

import { beforeAll, describe, expect, it } from 'vitest';
import { AuthenticatedMap } from '../../src/apps/authenticated-map.ts';
import { kvCodec } from '../../src/apps/kv-codec.ts';
import { decodeFrame, encodeFrame, PEER_FRAME_LIMITS } from '../../src/codec/frame.ts';
import { toHex } from '../../src/core/bytes.ts';
import { SeededRandom } from '../../src/core/random.ts';
import { Telemetry } from '../../src/core/telemetry.ts';
import { createHasher, type Hasher } from '../../src/crypto/hash.ts';
import type { CheckpointState } from '../../src/replica/executor.ts';
import type { Clock } from '../../src/replica/ports.ts';
import { STATE_PIECES_ITEM, STATE_REQUEST_ITEM } from '../../src/replica/state-items.ts';
import { StateServer } from '../../src/replica/state-server.ts';
import { StateTransfer, type Target } from '../../src/replica/state-transfer.ts';
import { MemorySnapshots } from '../../src/storage/memory-snapshots.ts';
import { type Node, testBatch, testChain, testNode, testTransaction } from './fixtures.ts';

let hasher: Hasher;
beforeAll(async () => {
  hasher = await createHasher('blake3');
});

/** A node whose state after `slots` slots has up to 50 keys from each. */
function executed(slots: number, from?: Node): Node {
  const node = from ?? testNode(hasher, testChain(hasher, { name: 'kv', params: {} }));
  for (let slot = node.executor.sequence + 1; slot <= slots; slot++) {
    const transactions = Array.from({ length: 50 }, (_, i) => {
      const key = `key-${slot <= 60 ? slot * 50 + i : (slot * 7 + i * 61) % 3_000}`;
      const payload = kvCodec.encodeCommand({ op: 'put', key, value: `value-${slot}-${'x'.repeat(10 * i)}` });
      return testTransaction(node.chain, { client: i, nonce: slot, expiry: 10_000, payload });
    });
    node.executor.execute(slot, testBatch(node, slot, transactions));
  }
  return node;
}

/** States at 60 and at 64 slots, made once: nobody changes them. */
let early: CheckpointState;
let late: CheckpointState;
beforeAll(() => {
  const node = executed(60);
  early = node.executor.checkpoint();
  late = executed(64, node).executor.checkpoint();
});

type Liar = (item: unknown[], to: number) => unknown[] | undefined;

interface Settings {
  /** What peer 0 makes of an answer of its own; undefined: it falls silent. */
  readonly lie?: Liar;
  /** Checkpoints that the peers hold, by sequence. */
  readonly held?: (peer: number) => readonly CheckpointState[];
  readonly node?: Node;
  readonly snapshots?: MemorySnapshots;
  /** The power goes after so many pieces. */
  readonly stopAfter?: number;
  /** Told after each piece that is taken. */
  readonly during?: (transfer: StateTransfer, taken: number) => void;
  readonly limitMs?: number;
  /** Peer 2 connects only after 20 ms. */
  readonly late?: boolean;
  /** Peer 1 goes away after so many ms, and what it was asked or says is lost. */
  readonly leaves?: number;
}

const targetOf = ({ sequence, digest }: CheckpointState): Target => ({ sequence, digest, certificate: [] });

/** Replica 3 fetches `target` from 0, 1 and 2. Items travel in no time; time passes as timers ask for it. */
function run(target: CheckpointState, settings: Settings = {}) {
  const { lie = (item) => item, held = () => [early, late], limitMs = 60_000 } = settings;
  const node = settings.node ?? testNode(hasher, testChain(hasher, { name: 'kv', params: {} }));
  const snapshots = settings.snapshots ?? new MemorySnapshots();
  let now = 0;
  let order = 0;
  const timers: { at: number; order: number; act: () => void; live: boolean }[] = [];
  const after = (ms: number, act: () => void) => {
    const timer = { at: now + ms, order: order++, act, live: true };
    timers.push(timer);
    return () => {
      timer.live = false;
    };
  };
  const clock: Clock = { nowMs: () => now, wallMs: () => now, after, endOfTurn: (act) => void after(0, act) };
  const wired = (item: Uint8Array) => decodeFrame(encodeFrame([item]), PEER_FRAME_LIMITS) as unknown[][];
  const telemetry = new Telemetry();
  let installed: Target | undefined;
  let taken = 0;
  let stopped = false;
  const servers = [0, 1, 2].map((id) => {
    const counted = new Telemetry();
    const server = new StateServer({
      clock,
      telemetry: counted,
      backlog: () => 0,
      checkpoint: (sequence) => held(id).find((state) => state.sequence === sequence),
      send: (to, item) => {
        const [answer] = wired(item);
        const told = id === 0 ? lie(answer!, to) : answer!;
        const lost = id === 1 && now >= (settings.leaves ?? Number.POSITIVE_INFINITY);
        if (told !== undefined && !lost) after(0.1, () => void count(transfer.onPieces(id, told)));
      },
    });
    return { server, counted };
  });
  const count = (code: Parameters<typeof telemetry.rejections.add>[0] | undefined) => {
    if (code !== undefined) telemetry.rejections.add(code);
  };
  const transfer: StateTransfer = new StateTransfer({
    self: 3,
    n: 4,
    clock,
    hasher,
    telemetry,
    send: (to, item) => {
      const [request] = wired(item);
      const lost = () => to === 1 && now >= (settings.leaves ?? Number.POSITIVE_INFINITY);
      expect(settings.late && to === 2 ? now >= 20 : true).toBe(true);
      after(0.1, () => {
        if (!lost()) count(servers[to]!.server.onRequest(3, request!));
      });
    },
    reachable: (id) => id !== 2 || settings.late !== true,
    roots: (sequence, meta, digest) => node.executor.sectionRoots(sequence, meta, digest),
    present: () => node.executor.present(),
    kept: () => snapshots.parts(),
    keep: (part) => {
      snapshots.keepPart(part);
      taken++;
      if (taken === settings.stopAfter) stopped = true;
    },
    wanted: () => true,
    install: (reached, meta, sections) => {
      node.executor.adopt(meta, sections);
      installed = reached;
    },
    onFalse: () => {},
    onProgress: () => settings.during?.(transfer, taken),
  });
  expect(transfer.start(targetOf(target))).toBe(true);
  if (settings.late) after(20, () => transfer.peerUp(2));
  if (settings.leaves !== undefined) after(settings.leaves, () => transfer.peerDown(1));
  while (installed === undefined && !stopped && now < limitMs) {
    timers.sort((a, b) => a.at - b.at || a.order - b.order);
    const timer = timers.shift();
    if (timer === undefined) break;
    now = timer.at;
    if (timer.live) timer.act();
  }
  if (!stopped) expect(transfer.active).toBe(false);
  const served = servers.map(({ counted }) => counted.statePiecesServed);
  return { installed: installed?.sequence, node, now, telemetry, served, transfer, taken };
}

const stateOf = (node: Node) => node.executor.checkpoint().digest;

/** Spoils a byte of each piece. */
const spoil: Liar = ([kind, id, sequence, pieces]) => [
  kind,
  id,
  sequence,
  (pieces as Uint8Array[]).map((piece) => {
    const spoilt = piece.slice();
    spoilt[spoilt.length - 1]! ^= 1;
    return spoilt;
  }),
];

describe('a state transfer', () => {
  it('takes pieces from all peers at once, and ends with the certified state', () => {
    const { installed, node, served, now, telemetry } = run(late);
    expect(installed).toBe(64);
    expect(stateOf(node)).toBe(late.digest);
    for (const pieces of served) expect(pieces).toBeGreaterThan(5);
    expect(now).toBeLessThan(1_000);
    expect(telemetry.rejections.total()).toBe(0);
  });

  it('counts false pieces against who gave them, and asks others for them', () => {
    const { node, telemetry, served, now } = run(late, { lie: spoil });
    expect(stateOf(node)).toBe(late.digest);
    expect(telemetry.falsePieces.snapshot()).toEqual({ 0: expect.any(Number) });
    expect(telemetry.rejections.get('bad-piece')).toBe(telemetry.falsePieces.get('0'));
    // It is not asked again once it was caught.
    expect(telemetry.falsePieces.get('0')).toBeLessThanOrEqual(3);
    expect(served[1]! + served[2]!).toBeGreaterThan(20);
    expect(now).toBeLessThan(1_000);
  });

  it('passes over a peer that tells the truth first and lies later', () => {
    let told = 0;
    const { node, telemetry } = run(late, { lie: (item, to) => (told++ < 4 ? item : spoil(item, to)) });
    expect(stateOf(node)).toBe(late.digest);
    expect(telemetry.falsePieces.total()).toBeGreaterThan(0);
  });

  it('passes over a peer that is silent, from the start or in the middle', () => {
    for (const words of [0, 3]) {
      let told = 0;
      const { node, now, telemetry } = run(late, { lie: (item) => (told++ < words ? item : undefined) });
      expect(stateOf(node)).toBe(late.digest);
      expect(now).toBeLessThan(5_000);
      expect(telemetry.falsePieces.total()).toBe(0);
      expect(telemetry.stateTimeouts).toBeGreaterThan(0);
    }
  });

  it('asks nobody whom it cannot reach, and loses no time over one that goes away or comes late', () => {
    const calm = run(late).now;
    expect(run(late, { late: true }).installed).toBe(late.sequence);
    for (const leaves of [0.05, 1.5, 5, 10]) {
      const { installed, now, telemetry } = run(late, { leaves });
      expect(installed).toBe(late.sequence);
      expect(telemetry.stateTimeouts).toBe(0);
      expect(now).toBeLessThan(4 * calm);
    }
  });

  it('passes over a peer that gives another checkpoint, says that it has none, or gives too much', () => {
    const other = run(late, {
      held: (peer) => (peer === 0 ? [{ ...early, sequence: 64 }] : [late]),
    });
    expect(stateOf(other.node)).toBe(late.digest);
    expect(other.telemetry.falsePieces.get('0')).toBeGreaterThan(0);
    const none = run(late, { lie: ([kind, id, sequence]) => [kind, id, sequence, []] });
    expect(stateOf(none.node)).toBe(late.digest);
    expect(none.telemetry.falsePieces.total()).toBe(0);
    const more = run(late, {
      lie: ([kind, id, sequence, pieces]) => [
        kind,
        id,
        sequence,
        [...(pieces as Uint8Array[]), Uint8Array.of(1)],
      ],
    });
    expect(stateOf(more.node)).toBe(late.digest);
    expect(more.telemetry.falsePieces.get('0')).toBeGreaterThan(0);
  });

  it('passes over a peer that answers with the pieces of another request, or in another order', () => {
    let last: unknown;
    const stale = run(late, {
      lie: ([kind, id, sequence, pieces]) => {
        const told = [kind, id, sequence, last ?? pieces];
        last = pieces;
        return told;
      },
    });
    expect(stateOf(stale.node)).toBe(late.digest);
    const turned = run(late, {
      lie: ([kind, id, sequence, pieces]) => [kind, id, sequence, [...(pieces as Uint8Array[])].reverse()],
    });
    expect(stateOf(turned.node)).toBe(late.digest);
  });

  it('is not held up by a peer that gives branches where it could give entries, one at a time', () => {
    const { node, now } = run(late, {
      lie: ([kind, id, sequence, pieces]) => [kind, id, sequence, (pieces as Uint8Array[]).slice(0, 1)],
    });
    expect(stateOf(node)).toBe(late.digest);
    expect(now).toBeLessThan(2_000);
  });

  it('fetches only what an older state lacks', () => {
    const behind = executed(60);
    const fresh = run(late);
    const { node, telemetry, transfer } = run(late, { node: behind });
    expect(stateOf(node)).toBe(late.digest);
    expect(transfer.status()).toBeUndefined();
    expect(telemetry.stateBytesTaken).toBeLessThan(fresh.telemetry.stateBytesTaken / 2);
  });

  it('takes nothing over from a state that is not sound', () => {
    const spoilt = executed(60);
    const map = AuthenticatedMap.of(hasher, spoilt.app.snapshot());
    for (let i = 0; i < 40; i++) map.set(new TextEncoder().encode(`key-${i * 60}`), Uint8Array.of(i));
    spoilt.app.adopt(map.snapshot());
    expect(stateOf(run(early, { node: spoilt }).node)).toBe(early.digest);
  });

  it('keeps what was proven over a restart', () => {
    const fresh = run(late);
    const snapshots = new MemorySnapshots();
    const half = run(late, { snapshots, stopAfter: Math.floor(fresh.taken / 2) });
    expect(half.installed).toBeUndefined();
    const { node, telemetry } = run(late, { snapshots });
    expect(stateOf(node)).toBe(late.digest);
    const all = fresh.telemetry.stateBytesTaken;
    expect(telemetry.stateBytesTaken).toBeLessThan(0.7 * all);
    // What the disk made of it meanwhile is believed by nobody.
    const random = new SeededRandom(3);
    const damaged = new MemorySnapshots();
    for (const { section, piece } of snapshots.parts()) {
      const bytes = piece.slice();
      if (random.chance(0.3)) bytes[random.below(bytes.length)]! ^= 4;
      damaged.keepPart({ section: random.chance(0.1) ? 9 : section, piece: bytes });
    }
    expect(stateOf(run(late, { snapshots: damaged }).node)).toBe(late.digest);
  });

  it('goes over to a newer checkpoint where nobody keeps the one that it fetches, with what it has', () => {
    let gone = false;
    let told = false;
    const { node, installed, telemetry } = run(early, {
      held: () => (gone ? [late] : [early]),
      during: (transfer, taken) => {
        if (taken < 30 || told) return;
        told = true;
        gone = true;
        transfer.start(targetOf(late));
      },
    });
    expect(installed).toBe(64);
    expect(stateOf(node)).toBe(late.digest);
    expect(telemetry.rejections.total()).toBe(0);
  });

  it('finishes what is on its way as long as it is kept', () => {
    const { installed, node } = run(early, {
      during: (transfer, taken) => {
        if (taken > 30) expect(transfer.start(targetOf(late))).toBe(false);
      },
    });
    expect(installed).toBe(60);
    expect(stateOf(node)).toBe(early.digest);
  });

  it('asks anew where nobody has it, and where all but a liar are away', () => {
    let from = 0;
    const { node, now } = run(late, { held: () => (from++ < 9 ? [] : [late]) });
    expect(stateOf(node)).toBe(late.digest);
    expect(now).toBeGreaterThan(1_000);
  });

  it('takes no answer that it did not ask for', () => {
    const { transfer } = run(late, { stopAfter: 5 });
    expect(transfer.onPieces(1, [STATE_PIECES_ITEM, 9_999, 64, [Uint8Array.of(1)]])).toBe('unrequested');
    expect(transfer.onPieces(1, [STATE_PIECES_ITEM, 1, 64])).toBe('body-malformed');
    expect(transfer.onPieces(1, [STATE_PIECES_ITEM, 1, 64, [7]])).toBe('body-malformed');
    const many = new Array(65).fill(Uint8Array.of(1));
    expect(transfer.onPieces(1, [STATE_PIECES_ITEM, 1, 64, many])).toBe('body-malformed');
  });
});

describe('serving a state', () => {
  const server = () => {
    const sent: unknown[] = [];
    const timers: (() => void)[] = [];
    const clock: Clock = {
      nowMs: () => 0,
      wallMs: () => 0,
      endOfTurn: () => {},
      after: (_ms, act) => {
        timers.push(act);
        return () => {};
      },
    };
    const state = new StateServer({
      clock,
      telemetry: new Telemetry(),
      send: (_to, item) => sent.push(item),
      backlog: (to) => (to === 2 ? 1 << 24 : 0),
      checkpoint: (sequence) => (sequence === 64 ? late : undefined),
    });
    return { state, sent, tick: () => timers.shift()?.() };
  };

  it('refuses what is no request, and more of them than one peer may have', () => {
    const { state } = server();
    const place = Uint8Array.of(1);
    const bad: unknown[][] = [
      [STATE_REQUEST_ITEM],
      [STATE_REQUEST_ITEM, 1, 'x'],
      [STATE_REQUEST_ITEM, 1, 64, 0],
      [STATE_REQUEST_ITEM, 1, 64, 0, true, []],
      [STATE_REQUEST_ITEM, 1, 64, 0, 1, [place]],
      [STATE_REQUEST_ITEM, 1, 64, 0, true, [Uint8Array.of(16)]],
      [STATE_REQUEST_ITEM, 1, 64, 0, true, [new Uint8Array(65)]],
      [STATE_REQUEST_ITEM, 1, 64, 0, true, new Array(65).fill(place)],
      [STATE_REQUEST_ITEM, 1, 64, 0, true, [3]],
    ];
    for (const item of bad) expect(state.onRequest(1, item)).toBe('body-malformed');
    const codes = Array.from({ length: 9 }, (_, id) => state.onRequest(1, [STATE_REQUEST_ITEM, id, 64]));
    expect(codes.filter((code) => code === undefined)).toHaveLength(8);
    expect(codes[8]).toBe('rate-limited');
  });

  it('gives one answer at a time, to each peer in its turn, and none where much waits already', () => {
    const { state, sent, tick } = server();
    for (const peer of [1, 2, 3]) {
      for (let id = 1; id <= 2; id++) state.onRequest(peer, [STATE_REQUEST_ITEM, id, 64]);
    }
    for (let ticks = 1; ticks <= 4; ticks++) {
      tick();
      expect(sent).toHaveLength(ticks);
    }
    tick();
    expect(sent).toHaveLength(4);
  });

  it('answers for sections and places that there are none of with nothing', () => {
    const { state, sent, tick } = server();
    const deep = new Uint8Array(64);
    for (const [section, place] of [
      [7, Uint8Array.of()],
      [0, deep],
    ] as const) {
      expect(state.onRequest(1, [STATE_REQUEST_ITEM, 1, 64, section, true, [place]])).toBeUndefined();
    }
    expect(state.onRequest(1, [STATE_REQUEST_ITEM, 1, 8])).toBeUndefined();
    for (let i = 0; i < 3; i++) tick();
    expect(sent.map((item) => toHex(item as Uint8Array).slice(-2))).toEqual(['90', '90', '90']);
  });
});
