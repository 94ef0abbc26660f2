/** Whether q validators signed a checkpoint, for who has the genesis alone. */

import { createMessageCodec, type MessageCodec } from '../codec/message-codec.ts';
import type { Chain } from '../core/genesis.ts';
import type { ReplicaId } from '../core/ids.ts';
import { quorumSize } from '../core/quorum.ts';
import { certificateClaims } from '../crypto/certificate-claims.ts';
import type { Hasher } from '../crypto/hash.ts';
import type { Verifier } from '../crypto/interface.ts';
import { protocolByName } from '../protocols/registry.ts';
import type { StoredCheckpoint } from '../storage/interface.ts';
import { createBatchDigests } from './batch-digest.ts';
import { checkpointDigest, parseMeta, validatorsDigest } from './ledger-header.ts';

export type CheckpointMeta = NonNullable<ReturnType<typeof parseMeta>>;

export class CertificateChecker {
  private readonly chain: Chain;
  private readonly hasher: Hasher;
  private readonly verifier: Verifier;
  private readonly codec: MessageCodec;
  private readonly validators: string;
  readonly quorum: number;

  constructor(chain: Chain, hasher: Hasher, verifier: Verifier) {
    this.chain = chain;
    this.hasher = hasher;
    this.verifier = verifier;
    const { genesis } = chain;
    const n = genesis.validators.length;
    const { batchDigest } = createBatchDigests(hasher);
    const { messages } = protocolByName(genesis.protocol)!;
    this.codec = createMessageCodec(messages, { n, batchDigest, limits: genesis.parameters });
    this.quorum = quorumSize(n);
    this.validators = Buffer.from(validatorsDigest(hasher, genesis)).toString('hex');
    for (const { ed25519, mlDsa87 } of genesis.validators) {
      if (genesis.auth !== 'ed25519') verifier.prepare('ml-dsa-87', Buffer.from(mlDsa87, 'hex'));
      if (genesis.auth === 'ed25519' || genesis.auth === 'hybrid') {
        verifier.prepare('ed25519', Buffer.from(ed25519, 'hex'));
      }
    }
  }

  /** What the checkpoint binds, if its digest is that of its fields and q validators of the chain signed it; or why not. */
  check(checkpoint: StoredCheckpoint): CheckpointMeta | string {
    const { sequence, epoch, digest, certificate } = checkpoint;
    const meta = parseMeta(checkpoint.meta);
    if (meta === undefined || meta.header.sequence !== sequence) return 'its fields are none';
    if (checkpointDigest(this.hasher, this.chain.id, epoch, meta) !== digest) {
      return 'its digest is not that of its fields';
    }
    if (Buffer.from(meta.validators).toString('hex') !== this.validators) {
      return 'it names other validators than the genesis';
    }
    const signers = new Set<ReplicaId>();
    for (const one of certificate) {
      const why = this.vote(one, checkpoint);
      if (why !== undefined) return why;
      signers.add(one.from);
    }
    if (signers.size < this.quorum) return `${signers.size} validators signed it, and ${this.quorum} must`;
    return meta;
  }

  private vote(
    { from, body, signature }: StoredCheckpoint['certificate'][number],
    { sequence, digest }: StoredCheckpoint,
  ): string | undefined {
    const validator = this.chain.genesis.validators[from];
    const decoded = this.codec.decodeBody(body);
    if (validator === undefined || typeof decoded === 'string' || decoded.from !== from) {
      return `what validator ${from} signed is no message of its own`;
    }
    const { message } = decoded;
    const said = message as { sequence?: unknown; digest?: unknown };
    const always = this.codec.schemaOf(message).signed === 'always';
    // Nothing else that is signed in every setting names this digest: it is the hash of a checkpoint.
    if (!always || said.sequence !== sequence || said.digest !== digest) {
      return `validator ${validator.name} signed something else`;
    }
    const claims = certificateClaims(this.chain, validator, body, signature);
    if (claims === undefined || !claims.every((claim) => this.verifier.verifySync(claim))) {
      return `the signature of validator ${validator.name} does not hold`;
    }
    return undefined;
  }
}
