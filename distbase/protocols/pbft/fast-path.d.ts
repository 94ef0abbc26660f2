/**
 * The fast path: a batch that all n replicas prepared alike is committed without a commit phase. What makes that
 * safe across views is the rule of decide.ts; this file only decides how long a COMMIT is held back for it.
 *
 * A replica that prepared waits a little for the last PREPAREs, as long as they lately took to come, and sends its
 * COMMIT when they do not. Where one replica is slow or dead, that would cost every slot the wait: after a few
 * misses in a row the wait is left out for a while, twice as long each time, until one slot succeeds again.
 */
import type { Digest } from '../../core/ids.ts';
import type { Slot } from './slot.ts';
import type { State } from './state.ts';
export declare const FAST_TIMER = "fast";
/** Prepared: hold the COMMIT for the fast path, or send it. */
export declare function prepared(s: State, slot: Slot, digest: Digest): void;
/** All n prepared alike: no COMMIT is needed, unless somebody asks. */
export declare function preparedByAll(s: State, slot: Slot): void;
export declare function onFastTimer(s: State): void;
/** Sends the COMMIT that was held back: after the wait, or because somebody asks for it. */
export declare function sendCommit(s: State, slot: Slot, digest: Digest): void;
//# sourceMappingURL=fast-path.d.ts.map