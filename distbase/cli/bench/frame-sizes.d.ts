/** How large the frames of a slot with one transaction are, so that the floor moves as many bytes as the protocol. */
import type { AuthSetting } from '../../core/genesis.ts';
import type { SuiteName } from '../../crypto/interface.ts';
import type { FloorSizes } from '../../load/floor.ts';
export declare function frameSizes(auth: AuthSetting, txAuth: SuiteName, payloadBytes: number): FloorSizes;
//# sourceMappingURL=frame-sizes.d.ts.map