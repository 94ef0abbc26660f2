/** What must hold for a signed message to be a validator's: for who judges without a place in the set. */
import type { Chain, ValidatorInfo } from '../core/genesis.ts';
import type { Epoch } from '../core/ids.ts';
import type { VerifyItem } from './interface.ts';
/** Of a message that is signed in every setting. Undefined where the signature's length is wrong. */
export declare function certificateClaims(chain: Chain, epoch: Epoch, validator: ValidatorInfo, body: Uint8Array, signature: Uint8Array): VerifyItem[] | undefined;
/** The same for a vote: none where sessions authenticate votes and this one is not signed all the same. */
export declare function voteClaims(chain: Chain, epoch: Epoch, validator: ValidatorInfo, body: Uint8Array, signature: Uint8Array): VerifyItem[] | undefined;
//# sourceMappingURL=certificate-claims.d.ts.map