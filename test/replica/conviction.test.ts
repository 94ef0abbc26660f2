/** Evidence on the ledger: every replica convicts alike, and removes where the genesis says so. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applicationByName } from '../../src/apps/registry.ts';
import { isErrorResult, readResult } from '../../src/apps/results.ts';
import { makeGenesis, validatorInfo } from '../../src/cli/genesis.ts';
import { decodeAccusation, encodeAccusation } from '../../src/codec/accusation-codec.ts';
import {
  approvalInput,
  decodeMembership,
  encodeApproved,
  encodeChange,
  encodeMembership,
} from '../../src/codec/membership-codec.ts';
import { createMessageCodec } from '../../src/codec/message-codec.ts';
import { encodeTransaction } from '../../src/codec/transaction.ts';
import type { Chain, Genesis } from '../../src/core/genesis.ts';
import { MAX_EVIDENCE_PER_SLOT } from '../../src/core/limits.ts';
import type { AnyMessage } from '../../src/core/machine.ts';
import { type Authenticator, createAuthenticator } from '../../src/crypto/authenticator.ts';
import { chainOf } from '../../src/crypto/chain.ts';
import { createHasher, type Hasher } from '../../src/crypto/hash.ts';
import type { Verifier } from '../../src/crypto/interface.ts';
import { generateIdentity, type Identity } from '../../src/crypto/keys.ts';
import { createSigner } from '../../src/crypto/signing.ts';
import { createVerifier } from '../../src/crypto/verifier.ts';
import { protocolByName } from '../../src/protocols/registry.ts';
import { createBatchDigests } from '../../src/replica/batch-digest.ts';
import { createExecutor, type Executor } from '../../src/replica/executor.ts';

const A = 'a'.repeat(64);
const B = 'b'.repeat(64);
const SLOTS = { checkpointInterval: 4, window: 8 };
const vote = (digest: string) => ({ type: 'prepare', epoch: 0, view: 3, sequence: 7, digest });
const checkpoint = (digest: string) => ({ type: 'checkpoint', epoch: 0, sequence: 8, digest });

let hasher: Hasher;
let verifier: Verifier;
let identities: Identity[];

beforeAll(async () => {
  hasher = await createHasher('blake3');
  verifier = await createVerifier({ threads: 0 });
  identities = await Promise.all(Array.from({ length: 5 }, () => generateIdentity()));
});
afterAll(() => verifier.close());

class World {
  readonly chain: Chain;
  readonly executor: Executor;
  private readonly digests = createBatchDigests(hasher);
  private readonly signers: Authenticator[];
  private readonly sender: Awaited<ReturnType<typeof createSigner>>;
  private nonce = 1;

  private constructor(
    chain: Chain,
    signers: Authenticator[],
    sender: Awaited<ReturnType<typeof createSigner>>,
  ) {
    this.chain = chain;
    this.signers = signers;
    this.sender = sender;
    this.executor = this.fresh();
  }

  static async make(n: number, more: Partial<Pick<Genesis, 'auth' | 'onEvidence'>>): Promise<World> {
    const validators = identities.slice(0, n).map((identity, i) => validatorInfo(`v${i}`, identity));
    const chain = chainOf(
      makeGenesis({ chain: 'court', createdMs: 1, validators, auth: 'ed25519', parameters: SLOTS, ...more }),
      hasher,
    );
    const { auth } = chain.genesis;
    const signers = await Promise.all(
      validators.map((_, self) =>
        createAuthenticator({ chain, auth, identity: identities[self]!, self, verifier }),
      ),
    );
    return new World(chain, signers, await createSigner('ed25519', identities[0]!.ed25519.secretKey));
  }

  fresh(): Executor {
    const app = applicationByName('kv').create({}, hasher);
    const verify = verifier.verifySync.bind(verifier);
    return createExecutor({ chain: this.chain, hasher, app, digests: this.digests, verify });
  }

  signed(from: number, message: object, by = from) {
    const { messages } = protocolByName('pbft')!;
    const codec = createMessageCodec(messages, {
      n: 5,
      batchDigest: this.digests.batchDigest,
      limits: this.chain.genesis.parameters,
    });
    const body = codec.encodeBody(message as AnyMessage, from);
    const always = messages[(message as AnyMessage).type]!.signed === 'always';
    return { body, signature: this.signers[by]!.sign(body, always) };
  }

  accuse(member: number, first: object, second: object, by = member): Uint8Array {
    return encodeAccusation({
      member,
      first: this.signed(member, first, by),
      second: this.signed(member, second, by),
    });
  }

  approve(member: number, change: Uint8Array): Uint8Array {
    const signature = this.signers[member]!.signInput(approvalInput(this.chain.id, change));
    return encodeApproved(change, [{ member, signature }]);
  }

  transaction(payload: Uint8Array, kind: 'evidence' | 'change' = 'evidence'): Uint8Array {
    const { publicKey } = this.sender;
    return encodeTransaction(
      { suite: 'ed25519', kind, nonce: this.nonce++, expiry: 1000, publicKey, payload },
      (input) => this.sender.sign(input),
      this.chain.id,
    );
  }

  /** Executes one slot with these payloads; their results. */
  slot(...payloads: Uint8Array[]) {
    return this.slotOf(
      this.executor,
      payloads.map((payload) => this.transaction(payload)),
    );
  }

  slotOf(executor: Executor, transactions: readonly Uint8Array[]) {
    const batch = this.digests.batchOf(20_000 + executor.sequence, transactions);
    return executor.execute(executor.sequence + 1, batch).transactions.map(({ result }) =>
      readResult(result, (reader) => ({
        name: reader.str(64),
        offence: reader.str(64),
        epoch: reader.uint(),
        since: reader.uint(),
        stays: reader.str(1024),
      })),
    );
  }
}

describe('evidence on the ledger', () => {
  it('convicts once, is part of the state, and by default removes nobody', async () => {
    const world = await World.make(5, {});
    const payload = world.accuse(2, vote(A), vote(B));
    expect(world.executor.adviseEvidence(payload)).toBeUndefined();
    expect(world.slot(payload)).toEqual([
      {
        ok: true,
        name: 'v2',
        offence: 'prepare',
        epoch: 0,
        since: 0,
        stays: expect.stringMatching(/report/),
      },
    ]);
    expect(world.executor.membership).toMatchObject({
      pending: undefined,
      convicted: [{ member: 2, offence: 'prepare', sequence: 1 }],
    });
    expect(world.executor.adviseEvidence(payload)).toMatchObject({ code: 'already-convicted' });
    expect(world.slot(world.accuse(2, checkpoint(A), checkpoint(B)))).toMatchObject([
      { ok: false, code: 'already-convicted' },
    ]);
    const bytes = encodeMembership(world.executor.membership);
    expect(decodeMembership(bytes)).toEqual(world.executor.membership);
    const without = encodeMembership({ ...world.executor.membership, convicted: [] });
    expect(without).not.toEqual(bytes);
  });

  it('removes where the genesis says so: one at a time, at a checkpoint, never below four', async () => {
    const world = await World.make(5, { onEvidence: 'remove' });
    const results = world.slot(
      world.accuse(2, vote(A), vote(B)),
      world.accuse(4, checkpoint(A), checkpoint(B)),
    );
    expect(results).toMatchObject([
      { ok: true, name: 'v2', epoch: 1, since: 12, stays: '' },
      { ok: true, name: 'v4', epoch: 0, stays: expect.stringMatching(/another change/) },
    ]);
    while (world.executor.sequence < 13) world.slot();
    const { current, pending, convicted } = world.executor.membership;
    expect(current).toMatchObject({ epoch: 1, members: [0, 1, 3, 4].map((id) => ({ id })) });
    // Four are left: the other one stays until a fifth has come, and is not forgotten.
    expect(pending).toBeUndefined();
    expect(convicted).toEqual([{ member: 4, offence: 'checkpoint', sequence: 1 }]);
    expect(world.slot(world.accuse(3, vote(A), vote(B)))).toMatchObject([
      { ok: true, name: 'v3', epoch: 0, stays: expect.stringMatching(/3 validators, and 4 is the least/) },
    ]);
    expect(world.slot(world.accuse(2, vote(A), vote(B)))).toMatchObject([
      { ok: false, code: 'unknown-validator' },
    ]);
  });

  it('follows a validator to the keys that it gives itself: new ones undo nothing', async () => {
    for (const first of ['rotates', 'is convicted'] as const) {
      const world = await World.make(5, { onEvidence: first === 'rotates' ? 'remove' : 'report' });
      const { ed25519, mlDsa87 } = validatorInfo('v2', await generateIdentity());
      const change = encodeChange({
        kind: 'rotate',
        epoch: 0,
        name: 'v2',
        url: 'ws://h:1',
        ed25519,
        mlDsa87,
      });
      const approval = world.approve(2, change);
      const rotation = () => world.slotOf(world.executor, [world.transaction(approval, 'change')]);
      if (first === 'rotates') rotation();
      world.slot(world.accuse(2, vote(A), vote(B)));
      if (first === 'is convicted') rotation();
      expect(world.executor.membership.pending?.what).toBe('rotate the keys of v2');
      while (world.executor.membership.current.epoch === 0) world.slot();
      const { current, pending, convicted } = world.executor.membership;
      expect(current.members[2]).toMatchObject({ id: 5, name: 'v2', ed25519 });
      expect(convicted).toMatchObject([{ member: 5, offence: 'prepare' }]);
      if (first === 'rotates') expect(pending?.what).toBe('remove v2, convicted');
      expect(decodeMembership(encodeMembership(world.executor.membership))).toEqual(
        world.executor.membership,
      );
    }
  });

  it('convicts nobody by what proves nothing', async () => {
    const world = await World.make(5, { onEvidence: 'remove' });
    const good = decodeAccusation(world.accuse(1, vote(A), vote(B)))!;
    const spoilt = good.first.signature.slice();
    spoilt[9]! ^= 1;
    const cases: [Uint8Array, string][] = [
      [new Uint8Array(0), 'evidence-malformed'],
      [encodeAccusation(good).slice(0, -1), 'evidence-malformed'],
      [encodeAccusation({ ...good, member: 9 }), 'unknown-validator'],
      // Signed by another than the one whom it accuses.
      [encodeAccusation({ ...good, member: 3 }), 'evidence-proves-nothing'],
      [world.accuse(1, vote(A), vote(B), 3), 'evidence-proves-nothing'],
      [encodeAccusation({ ...good, second: good.first }), 'evidence-proves-nothing'],
      [encodeAccusation({ ...good, first: { ...good.first, signature: spoilt } }), 'evidence-proves-nothing'],
      [
        encodeAccusation({ ...good, first: { ...good.first, signature: new Uint8Array(0) } }),
        'evidence-proves-nothing',
      ],
      [world.accuse(1, vote(A), { ...vote(B), view: 4 }), 'evidence-proves-nothing'],
      [world.accuse(1, vote(A), { ...vote(B), epoch: 1 }), 'evidence-proves-nothing'],
      [world.accuse(1, vote(A), checkpoint(B)), 'evidence-proves-nothing'],
    ];
    for (const [payload, code] of cases) {
      expect(world.executor.adviseEvidence(payload)?.code).toBe(code);
      expect(world.slot(payload)).toMatchObject([{ ok: false, code }]);
    }
    expect(world.executor.membership.convicted).toBeUndefined();
  });

  it('is judged a few times per slot, and alike by whoever executes the same slots', async () => {
    const world = await World.make(5, {});
    const bad = Array.from({ length: MAX_EVIDENCE_PER_SLOT }, () => world.transaction(new Uint8Array(3)));
    const transactions = [...bad, world.transaction(world.accuse(1, vote(A), vote(B)))];
    const other = world.fresh();
    const results = world.slotOf(world.executor, transactions);
    expect(results.at(-1)).toMatchObject({ ok: false, code: 'too-much-evidence' });
    expect(world.slotOf(other, transactions)).toEqual(results);
    expect(other.header).toBe(world.executor.header);
    expect(isErrorResult(new Uint8Array([0x93, 0xc2]))).toBe(true);
  });

  it('needs signatures: votes that a session vouched for convict nobody, checkpoints do', async () => {
    const world = await World.make(5, { auth: 'channel' });
    expect(world.slot(world.accuse(1, vote(A), vote(B)))).toMatchObject([
      { code: 'evidence-proves-nothing' },
    ]);
    expect(world.slot(world.accuse(1, checkpoint(A), checkpoint(B)))).toMatchObject([
      { ok: true, name: 'v1' },
    ]);
  });
});
