/** What a peer can make a machine keep is bounded, in every run and not only where somebody thought of it. */
import type { ReplicaId } from '../core/ids.ts';
import type { AnyMessage, Machine } from '../core/machine.ts';
import { type Observer } from './observer.ts';
/** Entries of all maps, sets and arrays that an object holds, at any depth; bytes count as nothing. */
export declare function entriesHeld(root: object): number;
/** No honest machine ever holds more than `limit` entries. */
export declare class SizeChecker implements Observer {
    #private;
    /** The most that any machine was seen to hold. */
    largest: number;
    constructor(limit: number);
    stepped(replica: ReplicaId, machine: Machine<AnyMessage, AnyMessage>): void;
}
//# sourceMappingURL=size-checker.d.ts.map