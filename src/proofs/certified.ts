/**
 * Whether a checkpoint is certified, for who has the genesis and knows no protocol's messages: a client, in a browser too. What a
 * validator signs for one names the checkpoint's digest, and an honest one signs that digest for no other reason (`epochs.ts`).
 */

import type { Chain } from '../core/genesis.ts';
import type { Hasher } from '../crypto/hash.ts';
import type { VerifyItem } from '../crypto/interface.ts';
import type { StoredCheckpoint } from '../storage/interface.ts';
import { authorOf, certifiers, EpochChain, MAX_BODY_BYTES } from './epochs.ts';
import { type CheckpointMeta, checkpointDigest, parseMeta } from './ledger-header.ts';
import type { Certifying } from './proof-check.ts';

export class Certified implements Certifying {
  private readonly chain: Chain;
  private readonly hasher: Hasher;
  private readonly epochs: EpochChain;

  constructor(chain: Chain, hasher: Hasher, verify: (item: VerifyItem) => boolean) {
    this.chain = chain;
    this.hasher = hasher;
    this.epochs = new EpochChain({
      chain,
      hasher,
      verify,
      needed: (n) => certifiers(n, chain.genesis.byzantine),
    });
  }

  learn(proofs: readonly Uint8Array[]): boolean {
    return proofs.every((proof) => this.epochs.add(proof) !== 'bad');
  }

  check({ sequence, epoch, digest, meta: bytes, certificate }: StoredCheckpoint): CheckpointMeta | string {
    const meta = parseMeta(bytes);
    if (meta === undefined || meta.header.sequence !== sequence) return 'its fields are none';
    if (meta.epoch !== epoch) return `it is of epoch ${meta.epoch}, and not of ${epoch}`;
    if (checkpointDigest(this.hasher, this.chain.id, meta) !== digest)
      return 'its digest is not that of its fields';
    const set = this.epochs.setOf(epoch);
    if (set === undefined) return `nothing here proves who the validators of epoch ${epoch} were`;
    for (const { from, body } of certificate) {
      if (body.length > MAX_BODY_BYTES || authorOf(body, digest) !== from)
        return `what validator ${from} signed is no message of its own, or something else`;
    }
    return this.epochs.certifies(set, certificate)
      ? meta
      : 'too few validators signed it, or a signature does not hold';
  }
}
