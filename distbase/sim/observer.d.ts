/** What a checker may see of a run, and how it says that something is wrong. */
import type { Batch } from '../core/batch.ts';
import type { Digest, ReplicaId, Sequence, View } from '../core/ids.ts';
import type { AnyMessage, Attested, Machine } from '../core/machine.ts';
import type { ValidatorSet } from '../core/membership.ts';
/** A property that does not hold. The seed in its message replays the run that shows it. */
export declare class Violation extends Error {
    readonly name = "Violation";
    readonly checker: string;
    constructor(checker: string, message: string, options?: {
        cause?: unknown;
    });
}
/**
 * Called by the nodes of honest replicas as things happen; every method may throw a `Violation`. `replica` is who
 * it happened to. Messages and records are the very objects that the machine made.
 */
export interface Observer<M extends AnyMessage = AnyMessage, R extends AnyMessage = AnyMessage> {
    /** A message leaves, to one replica or (undefined) to all. `signed` is there where it was signed before it was sent. */
    sent?(replica: ReplicaId, message: M, to: ReplicaId | undefined): void;
    /** A record was appended to the log. */
    persisted?(replica: ReplicaId, record: R): void;
    /** A signed message of our own came back to us and is on its way to all. */
    attested?(replica: ReplicaId, attested: Attested<M>): void;
    /** A slot was executed; `history` is the digest of everything up to it. */
    executed?(replica: ReplicaId, sequence: Sequence, view: View, batch: Batch, history: Digest): void;
    stable?(replica: ReplicaId, sequence: Sequence, digest: Digest): void;
    viewChanged?(replica: ReplicaId, view: View, active: boolean): void;
    crashed?(replica: ReplicaId): void;
    /** The machine was made anew from its log. */
    restarted?(replica: ReplicaId, machine: Machine<M, R>, records: readonly R[]): void;
    /** It is a member of the set of an epoch, whose last checkpoint before it has this digest; its machine is the next thing. */
    entered?(replica: ReplicaId, set: ValidatorSet, base: Digest): void;
    /** After each event that a machine took, for bounds on its size. */
    stepped?(replica: ReplicaId, machine: Machine<M, R>): void;
}
/** The observers of one run by what they watch: most of them watch two or three things of nine. */
export declare class Hooks<M extends AnyMessage, R extends AnyMessage> {
    #private;
    readonly sent: Observer<M, R>[];
    readonly persisted: Observer<M, R>[];
    readonly attested: Observer<M, R>[];
    readonly executed: Observer<M, R>[];
    readonly stable: Observer<M, R>[];
    readonly viewChanged: Observer<M, R>[];
    readonly crashed: Observer<M, R>[];
    readonly restarted: Observer<M, R>[];
    readonly entered: Observer<M, R>[];
    readonly stepped: Observer<M, R>[];
    /** Whoever is added to the array later is found by `refresh`. */
    constructor(observers: readonly Observer<M, R>[]);
    refresh(): void;
}
//# sourceMappingURL=observer.d.ts.map