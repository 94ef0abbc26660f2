/**
 * Votes that a session vouches for prove nothing to others. A validator that has reason to suspect another asks it to sign its votes
 * for a few seconds, again and again while the suspicion lasts: what it says then can convict it. To sign costs a tenth of a
 * millisecond per vote, so that a validator does it for each that asks for a bounded part of the time. One that goes on without
 * signatures is counted for it, as is one whose signatures do not hold.
 */
import type { RejectionCode } from '../core/errors.ts';
import type { ReplicaId } from '../core/ids.ts';
import type { Item } from '../transport/interface.ts';
import type { Clock } from './ports.ts';
/** The item `[10]`: sign your votes for a while. */
export declare const SIGN_ITEM = 10;
export interface SuretyOptions {
    readonly n: number;
    readonly clock: Clock;
    /** Peers whom we suspect, by places. */
    readonly suspects: () => readonly ReplicaId[];
    readonly send: (to: ReplicaId, item: Item) => void;
    /** A peer that was asked goes on without signatures: once per time that it was asked. */
    readonly refused: (peer: ReplicaId) => void;
}
export declare class Surety {
    #private;
    /** Whether our votes are signed now: somebody asked. */
    signing: boolean;
    /** Whether anybody is asked now, so that votes are looked at. */
    watching: boolean;
    constructor(options: SuretyOptions);
    start(): void;
    stop(): void;
    /** A peer asks us. */
    onItem(from: ReplicaId, item: readonly unknown[]): RejectionCode | undefined;
    /** A vote came while somebody is asked. */
    heard(peer: ReplicaId, signed: boolean): void;
}
//# sourceMappingURL=surety.d.ts.map