/** A validator contradicts itself: the others find it, have it ordered by themselves, and it is gone at a checkpoint. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { askSet } from '../../src/cli/changes.ts';
import { httpUrl, LocalCluster } from '../../src/cli/cluster.ts';
import { loadHome } from '../../src/cli/home.ts';
import { getText } from '../../src/cli/http.ts';
import { Client } from '../../src/client/index.ts';
import { createMessageCodec } from '../../src/codec/message-codec.ts';
import { encodeValue } from '../../src/codec/value.ts';
import type { AuthSetting } from '../../src/core/genesis.ts';
import { createAuthenticator } from '../../src/crypto/authenticator.ts';
import { createVerifier } from '../../src/crypto/verifier.ts';
import { messages, type PbftMessage } from '../../src/protocols/pbft/messages.ts';
import { createBatchDigests } from '../../src/replica/batch-digest.ts';
import { SIGN_ITEM } from '../../src/replica/surety.ts';
import { createTransport } from '../../src/transport/transport.ts';
import { lockstep } from './growing.ts';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

let folder: string;
let cluster: LocalCluster;
let stop: () => Promise<void>;
/** An item of ours to all, and who has asked us to sign our votes. */
let send: (item: Uint8Array) => void;
const asked = new Set<number>();

afterEach(async () => {
  await stop?.();
  await cluster?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** All but the last are processes; the last is us. */
async function start(validators: number, auth: AuthSetting, onEvidence: 'report' | 'remove') {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-conviction-'));
  cluster = await LocalCluster.make({
    folder: join(folder, 'net'),
    validators,
    auth,
    onEvidence,
    config: { logLevel: 'silent' },
  });
  const self = validators - 1;
  for (let id = 0; id < self; id++) cluster.restart(id);
  await cluster.waitReady(90_000);
  const { chain, identity, hasher, urls } = await loadHome(cluster.homes[self]!);
  const verifier = await createVerifier({ threads: 0 });
  const authenticator = await createAuthenticator({ chain, auth, identity, self, verifier });
  const codec = createMessageCodec<PbftMessage>(messages, {
    n: validators,
    batchDigest: createBatchDigests(hasher).batchDigest,
    limits: chain.genesis.parameters,
  });
  const peers = urls.map((url, id) => ({ id, url })).filter(({ id }) => id !== self);
  const transport = await createTransport({
    self,
    listen: { host: '127.0.0.1', port: 0 },
    peers,
    chain,
    identity,
    verifier,
  });
  stop = () => transport.stop();
  const nothing = () => {};
  const peerFrame = (from: number, items: readonly unknown[]) => {
    for (const item of items) if (Array.isArray(item) && item[0] === SIGN_ITEM) asked.add(from);
  };
  asked.clear();
  send = (item) => {
    transport.broadcast(item);
    transport.flush();
  };
  const handlers = { peerFrame, peerUp: nothing, peerDown: nothing, clientFrame: nothing };
  await transport.start({ ...handlers, clientDown: nothing, rejected: nothing });
  while (transport.stats().peers.some((backlog, id) => id < self && backlog < 0)) await pause(20);
  return (message: PbftMessage, signs = false): void => {
    const body = codec.encodeBody(message, self);
    const { signed } = codec.schemaOf(message);
    const signature = authenticator.sign(body, signs || signed === 'always');
    send(codec.encodeItem({ from: self, message, envelope: { body, signature } }));
  };
}

const vote = (digest: string): PbftMessage => ({ type: 'prepare', epoch: 0, view: 0, sequence: 50, digest });

async function setUntil(done: (set: Awaited<ReturnType<typeof askSet>>['set']) => boolean) {
  const deadline = Date.now() + 90_000;
  for (;;) {
    const { set } = await askSet(cluster.urls, 2_000);
    if (done(set) || Date.now() > deadline) return set;
    await pause(100);
  }
}

it('is removed at the next checkpoint where the genesis says so, without anybody doing anything', async () => {
  const say = await start(5, 'ed25519', 'remove');
  const client = await Client.connect({ home: cluster.folder });
  await client.submit({ op: 'put', key: 'a', value: '1' });
  say(vote('11'.repeat(32)));
  say(vote('22'.repeat(32)));
  const set = await setUntil(({ epoch }) => epoch === 1);
  expect(set.members.map(({ name }) => name)).toEqual(['v0', 'v1', 'v2', 'v3']);
  expect((await client.submit({ op: 'put', key: 'a', value: '2' })).result.ok).toBe(true);
  // Nobody honest is accused, and all agree.
  for (const id of [0, 1, 2, 3]) expect((await cluster.status(id)).violations).toEqual({ prepare: 1 });
  await client.close();
}, 240_000);

it('is convicted and stays where the policy is to report, or where it is one of four', async () => {
  const say = await start(4, 'channel', 'remove');
  const point = { type: 'checkpoint', epoch: 0, sequence: 64 } as const;
  say({ ...point, digest: '11'.repeat(32) });
  say({ ...point, digest: '22'.repeat(32) });
  const set = await setUntil(({ convicted }) => convicted !== undefined);
  expect(set).toMatchObject({ epoch: 0, convicted: [{ name: 'v3', offence: 'checkpoint' }] });
  // The same file by hand: checked here, and refused there, since it is done.
  const [document] = JSON.parse(await getText(`${httpUrl(cluster.urls[0]!)}/evidence`, 5_000));
  const file = join(folder, 'v3.evidence.json');
  writeFileSync(file, JSON.stringify(document));
  const again = await lockstep('evidence', 'submit', file, '--home', cluster.folder);
  expect(again.stderr).toMatch(/already-convicted: v3 is convicted already|v3 is convicted already/);
  expect(again.status).toBe(1);
  const listed = await lockstep('validators', 'list', '--home', cluster.folder);
  expect(listed.stdout).toMatch(/convicted: v3, of two of checkpoint/);
}, 240_000);

it('is convicted by what a validator found alone, and could not have ordered before it was killed', async () => {
  const say = await start(4, 'ed25519', 'report');
  // One of four is left: nothing can be ordered, and nobody else hears of it.
  await cluster.kill(1);
  await cluster.kill(2);
  say(vote('11'.repeat(32)));
  say(vote('22'.repeat(32)));
  const until = Date.now() + 60_000;
  const found = async () =>
    JSON.parse(await getText(`${httpUrl(cluster.urls[0]!)}/evidence`, 5_000)) as unknown[];
  while ((await found()).length === 0 && Date.now() < until) await pause(50);
  expect(await found()).toHaveLength(1);
  await cluster.kill(0);
  // From here on we say nothing that convicts anybody.
  for (const id of [0, 1, 2]) cluster.restart(id);
  await cluster.waitReady(90_000);
  const set = await setUntil(({ convicted }) => convicted !== undefined);
  expect(set).toMatchObject({ epoch: 0, convicted: [{ name: 'v3', offence: 'prepare' }] });
}, 240_000);

it('is asked for signatures where sessions vouch for votes, once it is suspected, and convicted by them', async () => {
  const say = await start(4, 'channel', 'report');
  // What nobody honest sends, until all think little of us.
  for (let i = 0; i < 10; i++) send(encodeValue([77, i]));
  const until = Date.now() + 60_000;
  while (asked.size < 3 && Date.now() < until) await pause(50);
  expect(asked.size).toBe(3);
  // Who goes on without signatures is counted for it.
  const rejected = async () => (await cluster.status(1)).rejections.unsigned ?? 0;
  while ((await rejected()) === 0 && Date.now() < until) {
    say({ type: 'commit', epoch: 0, view: 0, sequence: 40, digest: '33'.repeat(32) });
    await pause(200);
  }
  expect(await rejected()).toBe(1);
  say(vote('11'.repeat(32)), true);
  say(vote('22'.repeat(32)), true);
  const set = await setUntil(({ convicted }) => convicted !== undefined);
  expect(set).toMatchObject({ epoch: 0, convicted: [{ name: 'v3', offence: 'prepare' }] });
}, 240_000);
