/**
 * What a validator thinks of each of its peers: a score in [0, 1] with its history, and a state of health with how sure it is
 * and what to do about it. It informs people and sets how much bandwidth a stranger to good manners gets; it changes no
 * quorum and no vote. Pure.
 */
import type { ReplicaId } from '../../core/ids.ts';
import type { Detection } from './detections.ts';
export declare const HEALTH_STATES: readonly ['healthy', 'degraded', 'unreliable', 'suspicious', 'quarantined'];
export type Health = (typeof HEALTH_STATES)[number];
/** What changes a score: what a peer was found at, that it took part, that it was out of reach. */
export type Cause = Detection | 'agreement' | 'partition';
export interface ReputationRules {
    /** Of a new peer. */
    readonly start: number;
    readonly deltas: Readonly<Record<Cause, number>>;
    /**
     * Agreement counts once in this time, ms, however many slots a peer votes in: so faults are forgiven slowly. From 0 to 1
     * takes a hundred of them.
     */
    readonly agreementMs: number;
    /** What lasts (lateness, absence, being out of reach) counts once in this time, ms. */
    readonly lastingMs: number;
    /** To be out of reach takes a score no lower than this: whoever is down for a week has done nothing wrong. */
    readonly partitionFloor: number;
}
export declare const REPUTATION_RULES: ReputationRules;
export interface Change {
    readonly atMs: number;
    readonly cause: Cause;
    readonly delta: number;
    readonly score: number;
}
/** What is known of a peer's answers, in shares from 0 to 1. */
export interface Conduct {
    readonly samples: number;
    /** Median time to its vote, ms; NaN: unknown. */
    readonly medianMs: number;
    /** Answers that failed: missing or not valid. */
    readonly failures: number;
    readonly invalidSignatures: number;
    /** Answers that agreed with what was decided. */
    readonly right: number;
    readonly participation: number;
}
export interface Judgement {
    readonly health: Health;
    /** 0 to 1. */
    readonly confidence: number;
    readonly action: string;
    /** What speaks against it, in words. */
    readonly reasons: readonly string[];
}
export declare class Reputation {
    #private;
    constructor(n: number, rules?: ReputationRules);
    /** What another one thinks of somebody. */
    copy(peer: ReplicaId, other: Reputation, at: ReplicaId): void;
    score(peer: ReplicaId): number;
    /** Oldest first; agreement that changed nothing is left out. */
    history(peer: ReplicaId): readonly Change[];
    /** Whether it counted. */
    note(peer: ReplicaId, cause: Cause, nowMs: number): boolean;
    judge(peer: ReplicaId, conduct: Conduct): Judgement;
}
/** The state of health that the figures give; the gravest that applies. */
export declare function judge(score: number, conduct: Conduct): Judgement;
//# sourceMappingURL=reputation.d.ts.map