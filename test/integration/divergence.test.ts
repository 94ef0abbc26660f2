/** One validator of four comes to another state than the others: three real processes, and one here, whose memory we can reach. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuthenticatedMap, type MapSnapshot } from '../../src/apps/authenticated-map.ts';
import type { Command, ExecutionContext, StateMachine } from '../../src/apps/interface.ts';
import { KeyValueStore } from '../../src/apps/kv.ts';
import { LocalCluster } from '../../src/cli/cluster.ts';
import { loadHome } from '../../src/cli/home.ts';
import { createValidator, type Validator } from '../../src/cli/validator.ts';
import { Client } from '../../src/client/index.ts';
import { createHasher, type Hasher } from '../../src/crypto/hash.ts';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/** The key-value store, with a way into its memory. */
class Damaged implements StateMachine {
  readonly name = 'kv';
  /** Writes something of its own with every batch, as an application that is not deterministic does. */
  wild = false;
  private readonly inner: KeyValueStore;
  private readonly hasher: Hasher;

  constructor(hasher: Hasher) {
    this.hasher = hasher;
    this.inner = new KeyValueStore({}, hasher);
  }

  write(key: string, value: string): void {
    const map = AuthenticatedMap.of(this.hasher, this.inner.snapshot());
    map.set(text(key), text(value));
    this.inner.adopt(map.snapshot());
  }

  /** Flips a bit where the value lies, under all snapshots that share it. */
  flip(key: string): void {
    this.inner.snapshot().get(text(key))![0]! ^= 1;
  }

  check(command: Command): string | undefined {
    return this.inner.check(command);
  }
  execute(context: ExecutionContext, commands: readonly Command[]): Uint8Array[] {
    const results = this.inner.execute(context, commands);
    if (this.wild) this.write('wild', `${Math.random()}`);
    return results;
  }
  query(payload: Uint8Array): Uint8Array {
    return this.inner.query(payload);
  }
  stateHash(): Uint8Array {
    return this.inner.stateHash();
  }
  snapshot(): MapSnapshot {
    return this.inner.snapshot();
  }
  restore(chunks: Iterable<Uint8Array>, root: Uint8Array): void {
    this.inner.restore(chunks, root);
  }
  adopt(state: MapSnapshot): void {
    this.inner.adopt(state);
  }
}

let folder: string;
let cluster: LocalCluster;
let client: Client;
let last: Validator | undefined;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-test-'));
  cluster = await LocalCluster.make({
    folder: join(folder, 'net'),
    parameters: { checkpointInterval: 8, window: 32 },
    config: { logLevel: 'silent' },
  });
  for (const id of [0, 1, 2]) cluster.restart(id);
  await cluster.waitReady();
  client = await Client.connect({ home: cluster.folder });
}, 60_000);

afterAll(async () => {
  await client?.close();
  await last?.stop();
  await cluster?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The fourth validator, on what the last one left behind. */
async function start() {
  await last?.stop();
  const app = new Damaged(await createHasher('blake3'));
  const validator = await createValidator(await loadHome(cluster.homes[3]!), { application: app });
  last = validator;
  await validator.start();
  await until(() => validator.status().connectedPeers === 3);
  return { app, validator };
}

async function put(count: number, key: (i: number) => string): Promise<void> {
  for (let i = 0; i < count; i++) await client.submit({ op: 'put', key: key(i), value: `v${i}` });
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('it did not come to that');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** It stands where the others stand, with the same header and state. */
async function agrees(validator: Validator): Promise<boolean> {
  const [other, own] = [await cluster.status(0), validator.status()];
  const same = other.sequence === own.sequence && other.checkpoint.sequence === own.checkpoint.sequence;
  if (same) expect([own.header, own.checkpoint]).toEqual([other.header, other.checkpoint]);
  return same;
}

describe('a validator whose state is made to differ', () => {
  it('notices at the next checkpoint, goes back to the last certified one, and is well again, as often as it happens', async () => {
    const { app, validator } = await start();
    await put(20, (i) => `k${i}`);
    app.write('k3', 'something else');
    app.write('nobody wrote this', 'x');
    await put(20, (i) => `m${i}`);
    await until(() => validator.status().counters.rollbacks === 1);
    await put(10, (i) => `n${i}`);
    await until(() => agrees(validator));
    const { counters, halted } = validator.status();
    expect(counters).toMatchObject({ divergences: 1, rollbacks: 1, stateTransfers: 0 });
    expect(halted).toBeNull();
    expect(app.snapshot().get(text('nobody wrote this'))).toBeUndefined();
    // It votes: with another one standing still, nothing commits without it.
    await cluster.kill(1, 'SIGSTOP');
    await put(3, (i) => `o${i}`);
    await cluster.kill(1, 'SIGCONT');
    expect((await cluster.status(0)).violations).toEqual({});
    // Another time, after checkpoints that agreed, is no second failure of the first.
    app.write('m3', 'something else');
    await put(20, (i) => `u${i}`);
    await until(() => validator.status().counters.rollbacks === 2);
    await put(10, (i) => `w${i}`);
    await until(() => agrees(validator));
    expect(validator.status().halted).toBeNull();
  }, 60_000);

  it('stops and says why where it differs again', async () => {
    const { app, validator } = await start();
    app.wild = true;
    await put(20, (i) => `p${i}`);
    expect(await validator.failed).toMatchObject({
      code: 'diverged',
      message: expect.stringMatching(/checkpoint \d+ is not the certified one .* not deterministic/),
    });
    // The others go on without it.
    await put(3, (i) => `q${i}`);
  }, 60_000);

  it('stops and says why where the checkpoint that it would go back to is damaged, too; and starts again from its disk', async () => {
    const { app, validator } = await start();
    await put(10, (i) => `r${i}`);
    await until(() => agrees(validator));
    app.flip('k7');
    // Nothing shows before somebody reads it through the ledger.
    await client.query({ op: 'get', key: 'k7' });
    await put(20, (i) => `s${i}`);
    expect(await validator.failed).toMatchObject({
      code: 'diverged',
      message: expect.stringContaining('is damaged as well'),
    });
    const again = await start();
    await put(10, (i) => `t${i}`);
    await until(() => agrees(again.validator));
    expect(again.validator.status().counters.divergences).toBe(0);
  }, 60_000);
});
