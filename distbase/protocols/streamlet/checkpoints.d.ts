/** Checkpoints, and what goes once one is certified by q signatures (Castro & Liskov, TOCS 2002, §4.3, §5.3). */
import type { Digest, Sequence } from '../../core/ids.ts';
import type { Attested } from '../../core/machine.ts';
import type { Checkpoint } from './messages.ts';
import type { State } from './state.ts';
interface Point {
    readonly sequence: Sequence;
    readonly digest: Digest;
}
/** Execution reached a checkpoint: say so, signed. */
export declare function onExecutedCheckpoint(s: State, { sequence, digest }: Point): void;
export declare function onCheckpoint(s: State, attested: Attested<Checkpoint>): void;
/**
 * Execution stands at the last stable checkpoint again, because it had come to another state than the others. Our votes
 * were for an order of batches and stay good; our wrong checkpoint stays our one signature for its sequence.
 */
export declare function onRolledBack(s: State): void;
/** Moves the low watermark and forgets what lies below. */
export declare function settle(s: State, sequence: Sequence, digest: Digest): void;
/** Asks the driver for the state of the pending certificate; again only after a timeout. */
export declare function askTransfer(s: State): void;
/** The driver installed a certified state. */
export declare function onInstalled(s: State, { sequence, digest }: Point): void;
/** This validator set ends with the checkpoint at `boundary`: whatever carries more dies with it. */
export declare function onBoundary(s: State, boundary: Sequence): void;
export {};
//# sourceMappingURL=checkpoints.d.ts.map