/** Whom the transport is to be connected with: the present set, the one that is coming, and for a while those who left. */
import type { MemberId, PendingChange, ValidatorSet } from '../core/membership.ts';
import type { Transport } from '../transport/interface.ts';
import type { Clock, ReplicaOptions } from './ports.ts';
export interface NeighboursOptions {
    readonly transport: Transport;
    readonly clock: Clock;
    readonly urlOf: ReplicaOptions['urlOf'];
    /** Whether somebody said that it listens elsewhere. */
    readonly moved: () => boolean;
    /** Our number in the genesis, if we have one. */
    readonly self: MemberId | undefined;
    /** Our place in a set; −1 where we have none. */
    readonly seatIn: (set: ValidatorSet) => number;
    /** This member will not be told anything any more. */
    readonly forget: (member: MemberId) => void;
}
export declare class Neighbours {
    private readonly o;
    /** Members that have left lately: still told what they missed. */
    private readonly leaving;
    /** Timers by which they are let go. */
    private readonly farewells;
    private peers;
    private set;
    private pending;
    /** The number by which the others know us, if they do. */
    own: MemberId | undefined;
    constructor(options: NeighboursOptions);
    /** Tells the transport. */
    are(set: ValidatorSet, pending: PendingChange | undefined): void;
    stop(): void;
    private bid;
}
//# sourceMappingURL=neighbours.d.ts.map