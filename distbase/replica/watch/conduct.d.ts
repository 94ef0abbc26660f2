/**
 * What peers do over time: whose votes come, how late, and what that makes of each. Looked at a few times a second, off the
 * vote path, which only stores times of arrival (`slot-times.ts`).
 */
import type { ReplicaId, Sequence } from '../../core/ids.ts';
import type { Detection } from './detections.ts';
import { type Change, type Judgement, Reputation, type ReputationRules } from './reputation.ts';
import { SlotTimes } from './slot-times.ts';
/** A peer that has just connected catches up first: so long it is not judged by its votes, ms. */
export declare const GRACE_MS = 3000;
export interface PeerConduct {
    readonly id: ReplicaId;
    readonly score: number;
    readonly judgement: Judgement;
    readonly participation: number;
    readonly lateShare: number;
    /** Median time to its vote, ms; null where none came. */
    readonly medianAnswerMs: number | null;
    readonly samples: number;
    readonly history: readonly Change[];
}
export interface ConductOptions {
    readonly self: ReplicaId;
    readonly n: number;
    readonly faulty: number;
    readonly window: number;
    readonly primaryOf: (view: number) => ReplicaId | undefined;
    readonly rules?: ReputationRules;
    /** A pattern was found; once per look. */
    readonly onPattern: (kind: Detection, peer: ReplicaId) => void;
}
export declare class Conduct {
    #private;
    readonly slots: SlotTimes;
    readonly reputation: Reputation;
    /** Per peer: messages, and those among them that were not valid, or not right; they fade. */
    readonly messages: Float64Array;
    constructor(options: ConductOptions);
    /** Undefined for a peer without a connection. */
    up(peer: ReplicaId, nowMs: number): void;
    down(peer: ReplicaId, nowMs: number): void;
    /** The peer asks for what it lacks: its votes are for later. */
    catchingUp(peer: ReplicaId, nowMs: number): void;
    /** A message for a slot came from its author. `again` as `SlotTimes.note` says: whether it plays back what it had said. */
    heard(peer: ReplicaId, phase: number, sequence: Sequence, nowMs: number): boolean;
    /** A deed, or a pattern, that speaks against a peer. */
    found(kind: Detection, peer: ReplicaId, nowMs: number): void;
    /** The oldest transaction that waits came then; NaN: none waits. */
    waiting(sinceMs: number): void;
    /** The usual time of a slot here, ms; NaN: unknown. */
    get slotMs(): number;
    /** A proposal of another came: how long transactions had waited for it, where nothing else was on its way. */
    proposed(primary: ReplicaId, sequence: Sequence, nowMs: number): void;
    /** A look at what has happened since the last one. */
    look(nowMs: number): void;
    of(peer: ReplicaId): PeerConduct;
}
//# sourceMappingURL=conduct.d.ts.map