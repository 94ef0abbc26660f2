/** Signed checkpoints on their way to a certificate: q signatures under one digest. Every protocol collects them alike. */
import type { Digest, ReplicaId, Sequence } from './ids.ts';
import type { AnyMessage, Attested } from './machine.ts';
/** ⟨CHECKPOINT, n, d⟩, whatever else is in it. */
export interface CheckpointMessage extends AnyMessage {
    readonly sequence: Sequence;
    readonly digest: Digest;
}
/** Per sequence, each replica's signed checkpoint, by id. */
export type CheckpointVotes<C extends CheckpointMessage> = Map<Sequence, (Attested<C> | undefined)[]>;
/** The signatures under one digest. */
export declare function votesFor<C extends CheckpointMessage>(votes: readonly (Attested<C> | undefined)[], digest: Digest): Attested<C>[];
/**
 * A replica far behind must keep checkpoint messages from above its window, and a liar must not fill its memory: each
 * sender has so many places (as many as fit a window, two more for overlap), and its lowest gives way. But a liar may
 * fill its places with inventions above the one checkpoint under which its signature is needed, because it gave that
 * signature to one replica alone: so what more others signed takes the place of what fewer did, too. Whether there is
 * room for this one now.
 */
export declare function makeRoom<C extends CheckpointMessage>(all: CheckpointVotes<C>, places: number, from: ReplicaId, { sequence, digest }: {
    readonly sequence: Sequence;
    readonly digest: Digest;
}): boolean;
//# sourceMappingURL=checkpoint-votes.d.ts.map