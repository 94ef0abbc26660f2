/** A local cluster whose validators come and go, changed by the commands that an operator has. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ValidatorChild } from '../../src/cli/child.ts';
import { fetchStatus, LocalCluster } from '../../src/cli/cluster.ts';
import type { ClusterOptions } from '../../src/cli/cluster-homes.ts';
import { loadHome } from '../../src/cli/home.ts';
import { Client } from '../../src/client/index.ts';
import type { MembershipFigures, StatusDocument } from '../../src/ops/status.ts';
import { type Finished, runHere } from '../cli/in-process.ts';

export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** What an operator types, without a process of its own each time. */
export const lockstep = (...args: string[]): Promise<Finished> => runHere(process.cwd(), args);

export class Growing {
  readonly folder: string;
  readonly cluster: LocalCluster;
  readonly #joined = new Map<string, { readonly child: ValidatorChild; readonly url: string }>();
  readonly #clients: Client[] = [];

  private constructor(folder: string, cluster: LocalCluster) {
    this.folder = folder;
    this.cluster = cluster;
  }

  static async start(options: Partial<ClusterOptions> = {}): Promise<Growing> {
    const folder = mkdtempSync(join(tmpdir(), 'lockstep-members-'));
    const cluster = await LocalCluster.make({
      auth: 'ed25519',
      parameters: { checkpointInterval: 8, window: 32 },
      ...options,
      config: { logLevel: 'info', ...options.config },
      folder: join(folder, 'net'),
    });
    cluster.start();
    await cluster.waitReady();
    return new Growing(folder, cluster);
  }

  home(name: string): string {
    return join(this.cluster.folder, name);
  }

  /** Makes the home of a validator that is to join, and starts it. */
  async newcomer(name: string): Promise<void> {
    const made = await lockstep(
      'init',
      '--home',
      this.home(name),
      '--join',
      this.cluster.folder,
      '--name',
      name,
    );
    if (made.status !== 0) throw new Error(made.stderr);
    await this.run(name);
  }

  async run(name: string): Promise<void> {
    const { url } = await loadHome(this.home(name));
    const child = new ValidatorChild(this.home(name));
    this.#joined.set(name, { child, url });
    await child.ready;
  }

  async end(name: string, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const id = this.#genesisId(name);
    if (id >= 0) return this.cluster.kill(id, signal);
    const { child } = this.#joined.get(name)!;
    child.signal(signal);
    await child.exited;
  }

  async again(name: string): Promise<void> {
    const id = this.#genesisId(name);
    if (id < 0) return this.run(name);
    this.cluster.restart(id);
  }

  #genesisId(name: string): number {
    return this.cluster.genesis.validators.findIndex((validator) => validator.name === name);
  }

  url(name: string): string {
    const id = this.#genesisId(name);
    return id >= 0 ? this.cluster.urls[id]! : this.#joined.get(name)!.url;
  }

  status(name: string): Promise<StatusDocument> {
    return fetchStatus(this.url(name), 5_000);
  }

  /** `lockstep validators …` on the cluster's folder. */
  validators(...args: string[]): Promise<Finished> {
    return lockstep('validators', ...args, '--home', this.cluster.folder);
  }

  add(name: string): Promise<Finished> {
    return this.validators('add', name, '--public', join(this.home(name), 'public.json'), '--json');
  }

  async set(): Promise<MembershipFigures> {
    return JSON.parse((await this.validators('list', '--json')).stdout) as MembershipFigures;
  }

  async connect(): Promise<Client> {
    const client = await Client.connect({ home: this.cluster.folder });
    this.#clients.push(client);
    return client;
  }

  /** Waits until these say so of themselves. */
  async until(
    names: readonly string[],
    what: (status: StatusDocument) => boolean,
    timeoutMs = 30_000,
  ): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const seen = await Promise.all(names.map((name) => this.status(name).catch(() => undefined)));
      if (seen.every((status) => status !== undefined && what(status))) return;
      if (Date.now() > deadline) {
        const shown = seen.map((status, i) => [
          names[i],
          status && {
            epoch: status.epoch,
            voting: status.voting,
            halted: status.halted,
            sequence: status.sequence,
          },
        ]);
        throw new Error(`not in ${timeoutMs} ms: ${JSON.stringify(shown)}`);
      }
      await pause(50);
    }
  }

  /** Waits until these have executed the same slot and say the same of it. */
  async agreement(names: readonly string[], timeoutMs = 30_000): Promise<StatusDocument> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const seen = await Promise.all(names.map((name) => this.status(name)));
      const [first] = seen;
      // A checkpoint is made in slices, after its slot.
      const alike = seen.every(
        ({ sequence, checkpoint }) =>
          sequence === first!.sequence && checkpoint.sequence === first!.checkpoint.sequence,
      );
      if (alike) {
        const said = new Set(seen.map(({ header, checkpoint }) => `${header} ${checkpoint.stateHash}`));
        if (said.size !== 1) throw new Error(`they differ: ${JSON.stringify([...said])}`);
        return first!;
      }
      if (Date.now() > deadline) throw new Error(`no common height: ${seen.map(({ sequence }) => sequence)}`);
      await pause(50);
    }
  }

  async stop(): Promise<void> {
    for (const client of this.#clients.splice(0)) await client.close();
    await this.cluster.stop();
    for (const { child } of this.#joined.values()) {
      child.signal('SIGKILL');
      await child.exited;
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Writers of one key each time, until told to stop; what was acknowledged is kept. */
export class Load {
  readonly acknowledged: string[] = [];
  readonly latenciesMs: number[] = [];
  #running = true;
  readonly #workers: Promise<void>;

  constructor(client: Client, workers: number) {
    const worker = async (id: number): Promise<void> => {
      for (let i = 0; this.#running; i++) {
        const key = `w${id}-${i}`;
        // Each key is created once: a second execution of the same transaction would find it there and fail.
        const { result, latencyMs } = await client.submit({ op: 'cas', key, expected: null, value: 'once' });
        if (!result.ok) throw new Error(`${key}: ${JSON.stringify(result)}`);
        this.acknowledged.push(key);
        this.latenciesMs.push(latencyMs);
        await pause(40);
      }
    };
    this.#workers = Promise.all(Array.from({ length: workers }, (_, id) => worker(id))).then(() => {});
    // Told by `stop`, or not at all where the test has failed before.
    this.#workers.catch(() => {});
  }

  async stop(): Promise<void> {
    this.#running = false;
    await this.#workers;
  }
}
