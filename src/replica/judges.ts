/** Each epoch's validators, and how their messages are read: for who judges signed messages with the genesis alone. */

import { createMessageCodec, type MessageCodec } from '../codec/message-codec.ts';
import { fromHex } from '../core/bytes.ts';
import type { Chain } from '../core/genesis.ts';
import type { Epoch } from '../core/ids.ts';
import type { ValidatorSet } from '../core/membership.ts';
import type { Hasher } from '../crypto/hash.ts';
import type { Verifier, VerifyItem } from '../crypto/interface.ts';
import { certifiersOf, EpochChain } from '../proofs/epochs.ts';
import { protocolByName } from '../protocols/registry.ts';
import { createBatchDigests } from './batch-digest.ts';

export interface Judge {
  readonly set: ValidatorSet;
  readonly codec: MessageCodec;
  /** How many of the set certify. */
  readonly quorum: number;
}

export class Judges {
  readonly chain: Chain;
  private readonly hasher: Hasher;
  private readonly verifier: Verifier;
  private readonly epochs: EpochChain;
  /** What is judged comes mostly in the order of its epochs. */
  private last: Judge | undefined;
  /** Whether a signature holds. */
  readonly verify = (item: VerifyItem): boolean => this.verifier.verifySync(item);

  /** `proofs`: of the epochs after the genesis, oldest first, as `EpochChain` takes them; each is checked. */
  constructor(chain: Chain, hasher: Hasher, verifier: Verifier, proofs: readonly Uint8Array[]) {
    this.chain = chain;
    this.hasher = hasher;
    this.verifier = verifier;
    const protocol = protocolByName(chain.genesis.protocol)!;
    this.epochs = new EpochChain({
      chain,
      hasher,
      verify: this.verify,
      needed: (n) => certifiersOf(protocol, chain.genesis, n),
    });
    this.learn(proofs);
  }

  /** Takes proofs of epochs; false where one of them does not hold. */
  learn(proofs: readonly Uint8Array[]): boolean {
    return proofs.every((proof) => this.epochs.add(proof) !== 'bad');
  }

  /** Undefined where nothing proves who the validators of that epoch were. */
  of(epoch: Epoch): Judge | undefined {
    if (this.last?.set.epoch === epoch) return this.last;
    const set = this.epochs.setOf(epoch);
    if (set === undefined) return undefined;
    const { genesis } = this.chain;
    const protocol = protocolByName(genesis.protocol)!;
    const n = set.members.length;
    const { batchDigest } = createBatchDigests(this.hasher);
    for (const { ed25519, mlDsa87 } of set.members) {
      if (genesis.auth !== 'ed25519') this.verifier.prepare('ml-dsa-87', fromHex(mlDsa87)!);
      if (genesis.auth === 'ed25519' || genesis.auth === 'hybrid') {
        this.verifier.prepare('ed25519', fromHex(ed25519)!);
      }
    }
    this.last = {
      set,
      codec: createMessageCodec(protocol.messages, { n, epoch, batchDigest, limits: genesis.parameters }),
      quorum: certifiersOf(protocol, genesis, n),
    };
    return this.last;
  }
}
