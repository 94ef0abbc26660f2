/** Attacks on the handshake: who is who, on which chain, in which version, and said when. */
import { type Attack } from './attack.ts';
export declare const HANDSHAKES: readonly Attack[];
//# sourceMappingURL=handshakes.d.ts.map