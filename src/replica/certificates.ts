/** Whether enough validators of its epoch signed a checkpoint, for who has the genesis and what proves the sets since. */

import type { Chain } from '../core/genesis.ts';
import type { ReplicaId } from '../core/ids.ts';
import { certificateClaims } from '../crypto/certificate-claims.ts';
import type { Hasher } from '../crypto/hash.ts';
import type { Verifier, VerifyItem } from '../crypto/interface.ts';
import { type CheckpointMeta, checkpointDigest, parseMeta } from '../proofs/ledger-header.ts';
import type { StoredCheckpoint } from '../storage/interface.ts';
import { type Judge, Judges } from './judges.ts';

export type { CheckpointMeta };

export class CertificateChecker {
  private readonly chain: Chain;
  private readonly hasher: Hasher;
  private readonly judges: Judges;

  constructor(chain: Chain, hasher: Hasher, verifier: Verifier, proofs: readonly Uint8Array[] = []) {
    this.chain = chain;
    this.hasher = hasher;
    this.judges = new Judges(chain, hasher, verifier, proofs);
  }

  /** Takes proofs of epochs; false where one of them does not hold. */
  learn(proofs: readonly Uint8Array[]): boolean {
    return this.judges.learn(proofs);
  }

  /** Whether a signature holds. */
  get verify(): (item: VerifyItem) => boolean {
    return this.judges.verify;
  }

  /**
   * What the checkpoint binds, if its digest is that of its fields and enough validators of its epoch signed it; or why
   * not.
   */
  check(checkpoint: StoredCheckpoint): CheckpointMeta | string {
    const { sequence, epoch, digest, certificate } = checkpoint;
    const meta = parseMeta(checkpoint.meta);
    if (meta === undefined || meta.header.sequence !== sequence) return 'its fields are none';
    if (meta.epoch !== epoch) return `it is of epoch ${meta.epoch}, and not of ${epoch}`;
    if (checkpointDigest(this.hasher, this.chain.id, meta) !== digest) {
      return 'its digest is not that of its fields';
    }
    const judge = this.judges.of(epoch);
    if (judge === undefined) return `nothing here proves who the validators of epoch ${epoch} were`;
    const signers = new Set<ReplicaId>();
    for (const one of certificate) {
      const why = this.vote(one, checkpoint, judge);
      if (why !== undefined) return why;
      signers.add(one.from);
    }
    if (signers.size < judge.quorum) return `${signers.size} validators signed it, and ${judge.quorum} must`;
    return meta;
  }

  private vote(
    { from, body, signature }: StoredCheckpoint['certificate'][number],
    { sequence, digest, epoch }: StoredCheckpoint,
    { set, codec }: Judge,
  ): string | undefined {
    const validator = set.members[from];
    const decoded = codec.decodeBody(body);
    if (validator === undefined || typeof decoded === 'string' || decoded.from !== from) {
      return `what validator ${from} signed is no message of its own`;
    }
    const { message } = decoded;
    const said = message as { sequence?: unknown; digest?: unknown };
    const always = codec.schemaOf(message).signed === 'always';
    // Nothing else that is signed in every setting names this digest: it is the hash of a checkpoint.
    if (!always || said.sequence !== sequence || said.digest !== digest) {
      return `validator ${validator.name} signed something else`;
    }
    const claims = certificateClaims(this.chain, epoch, validator, body, signature);
    if (claims === undefined || !claims.every(this.verify)) {
      return `the signature of validator ${validator.name} does not hold`;
    }
    return undefined;
  }
}
