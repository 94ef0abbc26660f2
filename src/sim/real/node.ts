/** One production replica in the simulated world: its driver is the very one that validators run. */

import type { StateMachine } from '../../apps/interface.ts';
import { applicationByName } from '../../apps/registry.ts';
import type { ReplicaId } from '../../core/ids.ts';
import { Telemetry } from '../../core/telemetry.ts';
import { protocolByName } from '../../protocols/registry.ts';
import type { Clock } from '../../replica/ports.ts';
import { Replica } from '../../replica/replica.ts';
import type { VoteLog } from '../../storage/interface.ts';
import { MemorySnapshots } from '../../storage/memory-snapshots.ts';
import { MemoryStore } from '../../storage/memory-store.ts';
import { MemoryTables } from '../../storage/memory-tables.ts';
import { MemoryLogFile, openMemoryVoteLog } from '../../storage/memory-vote-log.ts';
import { Violation } from '../observer.ts';
import type { Fireable, Scheduler } from '../scheduler.ts';
import type { RealSetting } from './chain.ts';
import { FRAME, type Packet, SimTransport, type SimTransportOptions } from './transport.ts';

export const TIMER = 1;
export const UP = 2;
export const SUBMIT = 3;

/** Writes that wait in the store, for a crash to lose. */
const STORE_LAG = 12;

/** The power goes in the middle of a turn, before the log is written. */
const POWER_CUT = new Error('power cut');

interface Callback {
  live: boolean;
  readonly call: () => void;
}

export class RealNode implements Fireable {
  readonly id: ReplicaId;
  readonly port: number;
  /** False: it runs twice, or spoils what it sends. */
  readonly honest: boolean;
  replica: Replica | undefined;
  app: StateMachine | undefined;
  store: MemoryStore | undefined;
  /** Counts down at each write of the log; at 0 the power goes. Undefined: it stays on. */
  flushesLeft: number | undefined;
  /** Something that is no fault of the run's: the driver stopped by itself. */
  broken: Violation | undefined;
  readonly #file = new MemoryLogFile();
  readonly #snapshots = new MemorySnapshots();
  readonly #tables = new MemoryTables();
  readonly #setting: RealSetting;
  readonly #scheduler: Scheduler;
  readonly #link: SimTransportOptions;
  #transport: SimTransport;

  constructor(setting: RealSetting, scheduler: Scheduler, link: SimTransportOptions, honest: boolean) {
    this.id = link.self;
    this.port = link.port;
    this.honest = honest;
    this.#setting = setting;
    this.#scheduler = scheduler;
    this.#link = link;
    this.#transport = new SimTransport(link);
  }

  start(): void {
    if (this.replica !== undefined) return;
    const { chain, hasher, verifier, authenticators } = this.#setting;
    const { log, records } = openMemoryVoteLog(this.#file);
    const { name, params } = chain.genesis.app;
    const telemetry = new Telemetry();
    this.store = new MemoryStore({ chainId: chain.id, tables: this.#tables, lag: STORE_LAG });
    this.app = applicationByName(name).create(params, hasher);
    this.#transport = new SimTransport(this.#link);
    const replica = new Replica({
      chain,
      self: this.id,
      protocol: protocolByName(chain.genesis.protocol)!,
      app: this.app,
      hasher,
      transport: this.#transport,
      authenticator: authenticators[this.id]!,
      verifier,
      voteLog: this.#watched(log),
      records,
      snapshots: this.#snapshots,
      store: this.store,
      clock: this.#clock(),
      telemetry,
      limits: {
        mempoolTransactions: 1_000,
        mempoolBytes: 1 << 20,
        pipelineDepth: 4,
        logCompactBytes: 64 << 10,
      },
      log: { info: () => {}, warn: () => {} },
      onFatal: (error) => this.#stopped(error),
    });
    this.replica = replica;
    void this.#transport.start({
      peerFrame: (from, items) => replica.peerFrame(from, items),
      peerUp: (peer) => replica.peerUp(peer),
      peerDown: () => {},
      clientFrame: (session, items) => replica.clientFrame(session, items),
      clientDown: () => {},
      rejected: (code) => telemetry.rejections.add(code),
    });
    replica.start();
  }

  /** Loses everything but what was written. */
  crash(): void {
    this.replica?.stop();
    this.replica = undefined;
    this.app = undefined;
    this.flushesLeft = undefined;
  }

  fire(tag: number, payload: unknown): void {
    if (tag === TIMER) {
      const callback = payload as Callback;
      if (callback.live) callback.call();
    } else if (this.replica === undefined) return;
    else if (tag === FRAME) this.#transport.receive(payload as Packet);
    else if (tag === UP) this.replica.peerUp(payload as ReplicaId);
    else this.replica.submit(payload as Uint8Array);
  }

  #stopped(error: unknown): void {
    if (error !== POWER_CUT && this.honest) {
      const reason = error instanceof Error ? error.message : String(error);
      this.broken = new Violation('invariant', `replica ${this.id} stopped: ${reason}`, { cause: error });
    }
    this.crash();
  }

  #watched(log: VoteLog): VoteLog {
    return {
      append: (record) => log.append(record),
      get appended() {
        return log.appended;
      },
      get durable() {
        return log.durable;
      },
      onDurable: () => {},
      tend: () => log.tend(),
      flush: (needed) => {
        if (this.flushesLeft !== undefined && this.flushesLeft-- === 0) throw POWER_CUT;
        log.flush(needed);
      },
      replace: (records) => log.replace(records),
      get bytes() {
        return log.bytes;
      },
      close: () => log.close(),
    };
  }

  #clock(): Clock {
    const scheduler = this.#scheduler;
    const after = (delayMs: number, call: () => void): Callback => {
      const callback: Callback = { live: true, call };
      scheduler.schedule(delayMs, this, TIMER, callback);
      return callback;
    };
    return {
      nowMs: () => scheduler.nowMs,
      wallMs: () => Math.floor(scheduler.nowMs),
      after: (delayMs, call) => {
        const callback = after(delayMs, call);
        return () => {
          callback.live = false;
        };
      },
      endOfTurn: (call) => {
        after(0, call);
      },
    };
  }
}
