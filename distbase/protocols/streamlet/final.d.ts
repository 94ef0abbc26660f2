/** What is final, and in which order it executes. */
import { type Block } from './block.ts';
import type { Height } from './messages.ts';
import type { State } from './state.ts';
/** The block and all before it are final. */
export declare function finalise(s: State, block: Block): void;
/** Hands final batches to execution, in order and without gaps. */
export declare function deliverReady(s: State): void;
/**
 * The height below which blocks that we need are missing here; 0: none. What is not executed must be found down to the
 * last executed block, whose round may be the first of three.
 */
export declare function gapHeight(s: State): Height;
/** Forgets what can no longer matter: rounds before the final block, and what others fetch as a state. */
export declare function prune(s: State): void;
/**
 * Batches that we voted for and that the longest chain has left out are free to be proposed again. A block whose round
 * has only just ended may still be notarised.
 */
export declare function releaseClaims(s: State): void;
//# sourceMappingURL=final.d.ts.map