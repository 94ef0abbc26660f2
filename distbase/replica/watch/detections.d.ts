/** What a peer can be found at, and what of it each rejection shows. */
import type { RejectionCode } from '../../core/errors.ts';
import type { ReplicaId } from '../../core/ids.ts';
/** `equivocation` alone is proven to others; the rest is what this replica saw. */
export declare const DETECTIONS: readonly ['equivocation', 'invalid-signature', 'malformed-message', 'timing-violation', 'non-participation', 'wrong-state-hash', 'stale-replay', 'conflicting-result', 'withheld-batch'];
export type Detection = (typeof DETECTIONS)[number];
export declare function detectionOf(code: RejectionCode): Detection | undefined;
/** Counts per kind and peer; as large as the set. */
export declare class DetectionCounts {
    #private;
    readonly n: number;
    constructor(n: number);
    add(kind: Detection, peer: ReplicaId, by?: number): void;
    get(kind: Detection, peer: ReplicaId): number;
    copy(peer: ReplicaId, other: DetectionCounts, at: ReplicaId): void;
    /** What this peer was found at; kinds that never occurred are left out. */
    of(peer: ReplicaId): Partial<Record<Detection, number>>;
}
//# sourceMappingURL=detections.d.ts.map