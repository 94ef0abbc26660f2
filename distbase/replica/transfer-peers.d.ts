/** Whom a state transfer asks: those who have the checkpoint, tell the truth, and answer in time. */
import type { ReplicaId } from '../core/ids.ts';
export declare class TransferPeers {
    private readonly peers;
    private turn;
    private dryUntilMs;
    /** `connected`: by id, whose connection is open. */
    constructor(self: ReplicaId, connected: readonly boolean[], first: number);
    /** All who may be asked, busy or not. */
    usable(nowMs: number): ReplicaId[];
    /** Requests that could be sent now. */
    free(nowMs: number): number;
    /** The least busy one that may be asked, each in its turn; undefined where all are busy. */
    pick(nowMs: number): ReplicaId | undefined;
    /** A request leaves; gives its deadline. */
    asked(id: ReplicaId, nowMs: number): number;
    answered(id: ReplicaId): void;
    /** Nothing came in time: others first, and one request at a time until it answers. */
    silent(id: ReplicaId, nowMs: number): void;
    /** Its connection is open, or is not any more; what it was asked is forgotten then. */
    reachable(id: ReplicaId, open: boolean): void;
    lacks(id: ReplicaId): void;
    /** Not asked again, as long as there are others. */
    spokeFalsely(id: ReplicaId): void;
    /** Whether all in reach who did not speak falsely said that they do not have it. */
    get nobodyHasIt(): boolean;
    /** Where nobody is left to ask, everybody is asked anew after a while. True: now. */
    startOver(nowMs: number): boolean;
    private of;
    private mayAsk;
    private room;
}
//# sourceMappingURL=transfer-peers.d.ts.map