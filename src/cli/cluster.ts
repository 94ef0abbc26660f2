/** A cluster of real processes on the loopback: what `testnet`, `demo`, `bench` and the integration tests drive. */

import { LockstepError } from '../core/errors.ts';
import type { Genesis } from '../core/genesis.ts';
import type { ReplicaId } from '../core/ids.ts';
import type { StatusDocument } from '../ops/status.ts';
import { type ChildExit, describeExit, ValidatorChild } from './child.ts';
import {
  type ClusterFolder,
  type ClusterOptions,
  makeClusterFolder,
  openClusterFolder,
  removeClusterFolder,
} from './cluster-homes.ts';
import { getReply, getText, reasonOf } from './http.ts';

export type { ClusterOptions } from './cluster-homes.ts';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** `http://host:port` of a validator's `ws://host:port`. */
export const httpUrl = (url: string): string => url.replace(/^ws/, 'http');

/** Fetches a validator's status. Throws `not-connected` where it does not answer in `timeoutMs`. */
export async function fetchStatus(url: string, timeoutMs = 2000): Promise<StatusDocument> {
  try {
    return JSON.parse(await getText(`${httpUrl(url)}/status`, timeoutMs)) as StatusDocument;
  } catch (cause) {
    throw new LockstepError('not-connected', `no status from ${url}: ${reasonOf(cause)}`, { cause });
  }
}

export class LocalCluster {
  readonly #folder: ClusterFolder;
  readonly #children: (ValidatorChild | undefined)[];
  /** Called when a validator ends that nobody told to. It stays down. */
  onDeath: (id: ReplicaId, exit: ChildExit) => void = () => {};
  /** Further arguments of Node for the validators, such as `--cpu-prof`. */
  nodeArguments: readonly string[] = [];
  /** Further variables of the environment for the validators. */
  environment: Readonly<Record<string, string>> = {};

  private constructor(folder: ClusterFolder) {
    this.#folder = folder;
    this.#children = folder.homes.map(() => undefined);
  }

  /** Makes a new cluster's folder. Starts nothing. Throws `home-not-empty`, `bad-genesis`. */
  static async make(options: ClusterOptions): Promise<LocalCluster> {
    return new LocalCluster(await makeClusterFolder(options));
  }

  /** Opens a folder that `make` made, with its data. Starts nothing. Throws `home-missing`, `bad-config`. */
  static open(folder: string): LocalCluster {
    return new LocalCluster(openClusterFolder(folder));
  }

  /** The validators of a folder that was opened, or a choice of them. Starts nothing. */
  static of(folder: ClusterFolder): LocalCluster {
    return new LocalCluster(folder);
  }

  get folder(): string {
    return this.#folder.folder;
  }
  get genesis(): Genesis {
    return this.#folder.genesis;
  }
  /** `ws://127.0.0.1:port` by id. */
  get urls(): readonly string[] {
    return this.#folder.urls;
  }
  get homes(): readonly string[] {
    return this.#folder.homes;
  }
  get names(): readonly string[] {
    return this.#folder.names;
  }
  /** File with key pairs for a client. */
  get clientKeys(): string {
    return this.#folder.clientKeys;
  }
  get size(): number {
    return this.#folder.homes.length;
  }

  pid(id: ReplicaId): number | undefined {
    return this.#children[id]?.process.pid;
  }
  alive(id: ReplicaId): boolean {
    return this.#children[id]?.alive ?? false;
  }

  /** Starts every validator that is not running. Does not wait: see `waitReady`. */
  start(): void {
    for (let id = 0; id < this.size; id++) if (!this.alive(id)) this.#spawn(id);
  }

  #spawn(id: ReplicaId): void {
    const child = new ValidatorChild(this.#folder.homes[id]!, this.nodeArguments, this.environment);
    this.#children[id] = child;
    // A validator that was told to end is taken out of `#children` first.
    void child.exited.then((exit) => this.#children[id] === child && this.onDeath(id, exit));
  }

  /**
   * Resolves when every running validator is ready and connected to every other running one. Rejects with
   * `internal` where one of them ends, and with `timeout` after `timeoutMs`.
   */
  async waitReady(timeoutMs = 30_000): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    const running = this.#children.flatMap((child, id) => (child?.alive ? [{ id, child }] : []));
    const ended = this.#children.findIndex((child) => child && !child.alive);
    if (ended >= 0) {
      const why = describeExit(this.#children[ended]!.exit!);
      throw new LockstepError('internal', `validator ${this.names[ended]} ${why}`);
    }
    const late = (id: ReplicaId, what: string) =>
      new LockstepError(
        'timeout',
        `validator ${this.names[id]} ${what} within ${timeoutMs} ms; see ${running.find((r) => r.id === id)?.child.logFile}`,
      );
    for (const { id, child } of running) {
      let timer: NodeJS.Timeout | undefined;
      const timeout = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(late(id, 'was not ready')), Math.max(0, deadline - Date.now()));
      });
      await Promise.race([child.ready, timeout]).finally(() => clearTimeout(timer));
    }
    for (const { id, child } of running) {
      const others = running
        .filter((other) => other.id !== id)
        .map((other) => this.#folder.memberIds[other.id]!);
      for (;;) {
        const status = await this.status(id).catch(() => undefined);
        const connected = new Set(status?.peers.filter((peer) => peer.connected).map((peer) => peer.id));
        if (status && others.every((other) => connected.has(other))) break;
        if (!child.alive)
          throw new LockstepError('internal', `validator ${this.names[id]} ${describeExit(child.exit!)}`);
        if (Date.now() > deadline) throw late(id, 'did not connect to its peers');
        await pause(20);
      }
    }
  }

  /** Sends a signal and, for one that ends it, waits for the end. SIGSTOP and SIGCONT return at once. */
  async kill(id: ReplicaId, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.#children[id];
    if (!child?.alive) return;
    const pausing = signal === 'SIGSTOP' || signal === 'SIGCONT';
    if (!pausing) this.#children[id] = undefined;
    child.signal(signal);
    if (!pausing) await child.exited;
  }

  /** Starts a validator that is down, on the data that it left. Does not wait. */
  restart(id: ReplicaId): void {
    if (this.alive(id)) throw new LockstepError('home-in-use', `validator ${this.names[id]} is running`);
    this.#spawn(id);
  }

  /** The status of one validator. Throws `not-connected`. */
  status(id: ReplicaId): Promise<StatusDocument> {
    return fetchStatus(this.urls[id]!);
  }

  /** Why a validator does not vote at present, or `ok`; of one that does not answer, why not. */
  async readiness(id: ReplicaId, timeoutMs = 1000): Promise<string> {
    try {
      const { status, body } = await getReply(`${httpUrl(this.urls[id]!)}/readyz`, timeoutMs);
      return status === 200 ? 'ok' : String((JSON.parse(body) as { reason?: unknown }).reason);
    } catch (error) {
      return reasonOf(error);
    }
  }

  /** Whether a validator votes and has caught up, by its own word. */
  async isReady(id: ReplicaId): Promise<boolean> {
    return (await this.readiness(id)) === 'ok';
  }

  /** Stops all validators; those that do not end in time are killed. The data stays. */
  async stop(): Promise<void> {
    const running = this.#children.filter((child) => child?.alive);
    this.#children.fill(undefined);
    await Promise.all(running.map((child) => child!.stop()));
  }

  /** Stops all validators and removes the folder. */
  async remove(): Promise<void> {
    await this.stop();
    removeClusterFolder(this.folder);
  }
}
