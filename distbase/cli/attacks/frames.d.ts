/** Attacks on the session, and payloads that are no frames: by a validator, since nobody else has a session with validators. */
import { type Attack } from './attack.ts';
export declare const FRAMES: readonly Attack[];
//# sourceMappingURL=frames.d.ts.map