/**
 * The chain of validator sets, from the genesis on: each set but the first stands in the last checkpoint of the epoch
 * before it, which a quorum of that epoch's validators signed. Whoever has the genesis can follow it, whatever it missed.
 *
 * A proof travels and is stored as `[1, meta, [[body, signature], …]]`: the checkpoint's meta (`ledger-header.ts`) and the
 * CHECKPOINT messages that certify it. What they sign names the checkpoint's digest, which binds chain, epoch, sequence
 * and both sets; an honest validator signs that digest for no other reason, so any signed body that holds it will do,
 * whatever the protocol calls its fields.
 */

import { Reader } from '../codec/msgpack-reader.ts';
import { Writer } from '../codec/msgpack-writer.ts';
import { InvariantError } from '../core/assert.ts';
import type { Chain, Genesis } from '../core/genesis.ts';
import type { Digest, Epoch, ReplicaId, Sequence } from '../core/ids.ts';
import { MAX_EPOCH_META_BYTES, MAX_SIGNATURE_BYTES, MAX_VALIDATORS } from '../core/limits.ts';
import type { AnyMessage, Attested, Protocol } from '../core/machine.ts';
import { genesisMembership, type ValidatorSet } from '../core/membership.ts';
import { quorumSize } from '../core/quorum.ts';
import { messageInput, messagePrefix, signatureClaims } from '../crypto/authenticator.ts';
import type { Hasher } from '../crypto/hash.ts';
import type { VerifyItem } from '../crypto/interface.ts';
import type { EpochStore } from '../storage/interface.ts';
import { checkpointDigest, parseMeta } from './ledger-header.ts';

/** A CHECKPOINT's body: a few integers, the digest, and no list that could hold another message's. */
export const MAX_BODY_BYTES = 128;

export interface Vote {
  readonly from: ReplicaId;
  readonly body: Uint8Array;
  readonly signature: Uint8Array;
}

/** A set and what proves it, not verified yet. */
export interface EpochProof {
  readonly set: ValidatorSet;
  /** The last checkpoint of the epoch before it. */
  readonly sequence: Sequence;
  readonly digest: Digest;
  readonly votes: readonly Vote[];
  readonly bytes: Uint8Array;
}

/** How many of n must sign the last checkpoint of an epoch. */
export function certifiers(n: number, byzantine: boolean): number {
  return byzantine ? quorumSize(n) : Math.floor(n / 2) + 1;
}

/** The same for a chain: as its protocol says, where that has a quorum of its own. */
export function certifiersOf(
  protocol: Pick<Protocol<AnyMessage, AnyMessage>, 'quorum' | 'byzantine'>,
  { auth, protocolParameters: parameters = {} }: Genesis,
  n: number,
): number {
  return protocol.quorum?.({ n, auth, parameters }).quorum ?? certifiers(n, protocol.byzantine);
}

export function encodeProof(meta: Uint8Array, certificate: readonly Attested[]): Uint8Array {
  const writer = new Writer(16 << 10);
  writer.array(3);
  writer.uint(1);
  writer.bin(meta);
  writer.array(certificate.length);
  for (const { envelope } of certificate) {
    writer.array(2);
    writer.bin(envelope.body);
    writer.bin(envelope.signature);
  }
  return writer.take();
}

/** Reads a proof; undefined where it is none. No signature is checked. */
export function parseProof(bytes: Uint8Array, hasher: Hasher, chain: Chain): EpochProof | undefined {
  const reader = new Reader(bytes);
  reader.tuple(3);
  const version = reader.uint();
  const metaBytes = reader.bin(MAX_EPOCH_META_BYTES);
  const count = reader.array(MAX_VALIDATORS);
  if (reader.code !== undefined || version !== 1) return undefined;
  const meta = parseMeta(metaBytes);
  const pending = meta?.validators.pending;
  if (meta === undefined || pending === undefined || pending.set.since !== meta.header.sequence)
    return undefined;
  if (pending.set.epoch !== meta.epoch + 1) return undefined;
  const digest = checkpointDigest(hasher, chain.id, meta);
  const votes: Vote[] = [];
  for (let i = 0; i < count && reader.code === undefined; i++) {
    reader.tuple(2);
    const body = reader.bin(MAX_BODY_BYTES);
    const signature = reader.bin(MAX_SIGNATURE_BYTES);
    const from = authorOf(body, digest);
    if (from === undefined) return undefined;
    votes.push({ from, body, signature });
  }
  if (reader.code !== undefined || !reader.done) return undefined;
  return { set: pending.set, sequence: pending.set.since, digest, votes, bytes };
}

/** Who says so in a body `[tag, from, …]` of integers and this one digest; undefined where it says something else. */
export function authorOf(body: Uint8Array, digest: Digest): ReplicaId | undefined {
  const reader = new Reader(body);
  const length = reader.array(8);
  reader.uint();
  const from = reader.uint();
  let found = false;
  for (let i = 2; i < length && reader.code === undefined; i++) {
    if (reader.peek() === 0xc4) found = reader.digest() === digest || reader.code !== undefined;
    else reader.uint();
  }
  return reader.code === undefined && reader.done && found ? from : undefined;
}

export interface EpochChainOptions {
  readonly chain: Chain;
  readonly hasher: Hasher;
  /** Default: what is proven is kept in memory alone. */
  readonly store?: EpochStore;
  readonly verify: (item: VerifyItem) => boolean;
  /** How many of n validators make a certificate. */
  readonly needed: (n: number) => number;
}

export class EpochChain {
  private readonly o: EpochChainOptions;
  private readonly proofs: EpochProof[] = [];
  private readonly genesis: ValidatorSet;

  /** Reads what the store holds, whose proofs were verified before they were stored. */
  constructor(options: EpochChainOptions) {
    this.o = options;
    this.genesis = genesisMembership(options.chain.genesis).current;
    for (const bytes of options.store?.load() ?? []) {
      const proof = parseProof(bytes, options.hasher, options.chain);
      if (proof?.set.epoch !== this.latest.epoch + 1) break;
      this.proofs.push(proof);
    }
  }

  get latest(): ValidatorSet {
    return this.proofs.at(-1)?.set ?? this.genesis;
  }

  setOf(epoch: Epoch): ValidatorSet | undefined {
    return epoch === 0 ? this.genesis : this.proofs[epoch - 1]?.set;
  }

  /** What proves an epoch's set: the checkpoint at which it begins. */
  proofOf(epoch: Epoch): EpochProof | undefined {
    return this.proofs[epoch - 1];
  }

  /** The proofs of the epochs above this one, oldest first. */
  after(epoch: Epoch, most: number): readonly EpochProof[] {
    return this.proofs.slice(epoch, epoch + most);
  }

  /** Takes the next epoch's proof, once it holds and is stored. A gap, an old one, or a lie changes nothing. */
  add(bytes: Uint8Array): 'added' | 'known' | 'gap' | 'bad' {
    const { hasher, chain } = this.o;
    const proof = parseProof(bytes, hasher, chain);
    if (proof === undefined) return 'bad';
    if (proof.set.epoch <= this.latest.epoch) return 'known';
    if (proof.set.epoch > this.latest.epoch + 1) return 'gap';
    if (!this.holds(proof)) return 'bad';
    this.keep(proof);
    return 'added';
  }

  /** The same for a certificate that our own machine gathered: its signatures are checked already. */
  certified(meta: Uint8Array, certificate: readonly Attested[]): void {
    const { hasher, chain } = this.o;
    const proof = parseProof(encodeProof(meta, certificate), hasher, chain);
    if (proof === undefined) throw new InvariantError("the certificate of an epoch's end is none");
    if (proof.set.epoch === this.latest.epoch + 1) this.keep(proof);
  }

  private keep(proof: EpochProof): void {
    // A copy of the bytes: they must not keep a frame.
    const bytes = proof.bytes.slice();
    this.o.store?.save(proof.set.epoch, bytes);
    this.proofs.push({ ...proof, bytes });
  }

  private holds({ votes }: EpochProof): boolean {
    return this.certifies(this.latest, votes);
  }

  /** Whether enough of a set signed these, each its own. What the bodies say is the caller's to check. */
  certifies({ members, epoch }: ValidatorSet, votes: readonly Vote[]): boolean {
    const { chain, verify } = this.o;
    const prefix = messagePrefix(chain.id, epoch);
    const signers = new Set<ReplicaId>();
    for (const { from, body, signature } of votes) {
      const member = members[from];
      if (member === undefined || signers.has(from)) return false;
      const claims = signatureClaims(chain.genesis.auth, member, messageInput(prefix, body), signature);
      if (!claims?.every(verify)) return false;
      signers.add(from);
    }
    return signers.size >= this.o.needed(members.length);
  }
}
