/** Where in a signed body its epoch is, for who has no schema of the protocol at hand. */
import type { Epoch } from '../core/ids.ts';
/** The epoch that a signed body names: the field after its author, in every protocol. Undefined where it is none. */
export declare function epochOfBody(body: Uint8Array): Epoch | undefined;
//# sourceMappingURL=body-epoch.d.ts.map