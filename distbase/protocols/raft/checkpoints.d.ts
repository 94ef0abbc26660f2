/**
 * Checkpoints: what a snapshot is to the paper (§7), certified as in every protocol of this node. A majority of the
 * voters sign what execution gave them. One signature would prove as much where nobody lies; a majority is asked for so
 * that whatever majority is left, somebody among it has executed that far and serves the state, before anybody drops the
 * entries that led to it.
 */
import type { Digest, ReplicaId, Sequence } from '../../core/ids.ts';
import type { Attested } from '../../core/machine.ts';
import type { Checkpoint, RaftMessage } from './messages.ts';
import type { Term } from './rules.ts';
import type { Certificate, State } from './state.ts';
interface Point {
    readonly sequence: Sequence;
    readonly digest: Digest;
}
/** Execution reached a checkpoint: say so, signed. */
export declare function onExecutedCheckpoint(s: State, { sequence, digest }: Point): void;
export declare function onCheckpoint(s: State, attested: Attested<Checkpoint>): void;
/** The term of the entry at a certified checkpoint. */
export declare function entryTermOf({ votes }: Certificate): Term | undefined;
/**
 * Execution stands at the last stable checkpoint again, because it had come to another state than the others. What is
 * committed is so as before; our wrong checkpoint stays our one signature for its sequence.
 */
export declare function onRolledBack(s: State): void;
/** Where our log has the very entry that was certified, no leader need tell us that it is committed. */
export declare function usePending(s: State): void;
export declare function askTransfer(s: State): void;
/** This validator set ends with the checkpoint at `boundary`. */
export declare function onBoundary(s: State, boundary: Sequence): void;
/** The driver installed a certified state (InstallSnapshot, §7). */
export declare function onInstalled(s: State, { sequence, digest }: Point, votes: readonly Attested<RaftMessage>[] | undefined): void;
/**
 * What somebody needs whose last stable checkpoint is `theirs`: the latest certificate, and our votes above it. What is
 * younger than a tick is on its way.
 */
export declare function sendCheckpoints(s: State, to: ReplicaId, theirs: Sequence): void;
export {};
//# sourceMappingURL=checkpoints.d.ts.map