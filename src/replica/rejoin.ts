/** A forgetful validator asks to be taken back as a new incarnation: by itself, again and again until it is. */

import { approvalInput, encodeApproved, encodeChange } from '../codec/membership-codec.ts';
import { encodeTransaction } from '../codec/transaction.ts';
import type { Chain } from '../core/genesis.ts';
import type { Sequence } from '../core/ids.ts';
import { MAX_EXPIRY_SPAN } from '../core/limits.ts';
import type { Member, ValidatorSet } from '../core/membership.ts';
import type { Signer } from '../crypto/interface.ts';

export interface RejoinOptions {
  readonly chain: Chain;
  readonly member: Member;
  readonly set: ValidatorSet;
  readonly token: string;
  /** Our signature by the suites of what is always signed. */
  readonly approve: (input: Uint8Array) => Uint8Array;
  /** For the transaction around it, which anybody may send. */
  readonly signer: Signer;
  readonly nonce: number;
  /** The last slot that we know of. */
  readonly sequence: Sequence;
}

/** The signed transaction. */
export function rejoinTransaction(options: RejoinOptions): Uint8Array {
  const { chain, member, set, token, approve, signer, nonce, sequence } = options;
  const change = encodeChange({ kind: 'rejoin', epoch: set.epoch, name: member.name, token });
  const signature = approve(approvalInput(chain.id, change));
  const payload = encodeApproved(change, [{ member: member.id, signature }]);
  const expiry = sequence + MAX_EXPIRY_SPAN / 2;
  const { publicKey } = signer;
  return encodeTransaction(
    { suite: 'ed25519', kind: 'change', nonce, expiry, publicKey, payload },
    (input) => signer.sign(input),
    chain.id,
  );
}
