/**
 * A whole replica to throw frames at: the production driver on a clock that we move, with memory for a disk. What validator 3
 * signs holds, whatever it is, since it has its key; what it says that others signed does not.
 */

import { applicationByName } from '../../apps/registry.ts';
import type { Chain } from '../../core/genesis.ts';
import { Telemetry } from '../../core/telemetry.ts';
import { createAuthenticator } from '../../crypto/authenticator.ts';
import type { Hasher } from '../../crypto/hash.ts';
import type { Verifier, VerifyItem } from '../../crypto/interface.ts';
import type { Identity } from '../../crypto/keys.ts';
import { protocolByName } from '../../protocols/registry.ts';
import type { Clock } from '../../replica/ports.ts';
import { Replica } from '../../replica/replica.ts';
import { MemoryEpochs } from '../../storage/epoch-store.ts';
import { openSnapshots } from '../../storage/file-snapshots.ts';
import { MemoryStore } from '../../storage/memory-store.ts';
import { MemoryLogFile, openMemoryVoteLog } from '../../storage/memory-vote-log.ts';
import type { ClientSession, Transport, TransportStats } from '../../transport/interface.ts';

const LIAR = 3;

interface Timer {
  readonly dueMs: number;
  readonly call: () => void;
  live: boolean;
}

export interface Victim {
  readonly telemetry: Telemetry;
  /** A frame of validator 3. */
  frame(items: readonly unknown[]): void;
  /** A frame of a client. */
  client(items: readonly unknown[]): void;
  /** Time goes by. */
  advance(ms: number): Promise<void>;
  /** Why it stopped, if it did. */
  readonly fatal: unknown;
  stop(): void;
}

export async function openVictim(
  chain: Chain,
  hasher: Hasher,
  identity: Identity,
  folder: string,
): Promise<Victim> {
  const key = chain.genesis.validators[LIAR]!;
  const theirs = [key.ed25519, key.mlDsa87].map((text) => Buffer.from(text, 'hex'));
  const holds = ({ publicKey }: VerifyItem): boolean => theirs.some((bytes) => bytes.equals(publicKey));
  const verifier = {
    verify: async (items: readonly VerifyItem[]) => Uint8Array.from(items, (item) => Number(holds(item))),
    verifySync: holds,
    costUs: () => 1,
    prepare: () => {},
    stats: () => ({
      threads: 0,
      inline: 0,
      pooled: 0,
      failed: 0,
      queued: 0,
      queuedMax: 0,
      cacheHits: 0,
      cacheMisses: 0,
      cacheKeys: 0,
      cacheEvictions: 0,
      workersReplaced: 0,
      backends: { ed25519: '', 'ml-dsa-87': '' },
    }),
    close: async () => {},
  } as unknown as Verifier;

  let nowMs = 0;
  const timers: Timer[] = [];
  const after = (delayMs: number, call: () => void): (() => void) => {
    const timer: Timer = { dueMs: nowMs + delayMs, call, live: true };
    timers.push(timer);
    return () => {
      timer.live = false;
    };
  };
  const clock: Clock = {
    nowMs: () => nowMs,
    wallMs: () => 1_700_000_000_000 + nowMs,
    after,
    endOfTurn: (call) => void after(0, call),
  };
  const stats: TransportStats = {
    framesIn: 0,
    framesOut: 0,
    bytesIn: 0,
    bytesOut: 0,
    dropped: 0,
    reconnects: 0,
    clients: 0,
    peers: [-1, 0, 0, 0],
    server: 'none',
  };
  const nothing = (): void => {};
  const transport: Transport = {
    start: async () => {},
    send: nothing,
    broadcast: nothing,
    flush: nothing,
    route: nothing,
    setPeers: nothing,
    setBlocked: nothing,
    stats: () => stats,
    stop: async () => {},
  };
  const telemetry = new Telemetry();
  const { log, records } = openMemoryVoteLog(new MemoryLogFile());
  const { name, params } = chain.genesis.app;
  let fatal: unknown;
  const replica = new Replica({
    chain,
    self: 0,
    protocol: protocolByName(chain.genesis.protocol)!,
    app: applicationByName(name).create(params, hasher),
    hasher,
    transport,
    authenticator: await createAuthenticator({
      chain,
      auth: chain.genesis.auth,
      identity,
      self: 0,
      verifier,
    }),
    verifier,
    voteLog: log,
    records,
    snapshots: openSnapshots({ dir: folder, chainId: chain.id, durability: 'process' }),
    epochs: new MemoryEpochs(),
    store: new MemoryStore({ chainId: chain.id }),
    clock,
    telemetry,
    limits: {
      mempoolTransactions: 1_000,
      mempoolBytes: 1 << 20,
      pipelineDepth: 4,
      logCompactBytes: 64 << 10,
    },
    log: { info: nothing, warn: nothing },
    run: {
      id: new Uint8Array(16).fill(7),
      startedMs: 0,
      sign: () => new Uint8Array(4691),
      verify: () => false,
    },
    onFatal: (error) => {
      fatal ??= error;
    },
  });
  replica.start();
  for (const peer of [1, 2, LIAR]) replica.peerUp(peer);
  const session: ClientSession = { id: 1, remote: 'fuzz', open: true, send: () => true, close: nothing };
  return {
    telemetry,
    frame: (items) => replica.peerFrame(LIAR, items),
    client: (items) => replica.clientFrame(session, items),
    async advance(ms) {
      const end = nowMs + ms;
      for (;;) {
        await Promise.resolve();
        let next = -1;
        for (let i = 0; i < timers.length; i++) {
          if (timers[i]!.dueMs <= end && (next < 0 || timers[i]!.dueMs < timers[next]!.dueMs)) next = i;
        }
        if (next < 0) break;
        const [timer] = timers.splice(next, 1);
        nowMs = Math.max(nowMs, timer!.dueMs);
        if (timer!.live) timer!.call();
      }
      nowMs = end;
    },
    get fatal() {
      return fatal;
    },
    stop: () => replica.stop(),
  };
}
