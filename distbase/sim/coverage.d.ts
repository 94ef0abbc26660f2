/** How much of a protocol's state space a campaign has seen: combinations of what is under way in a replica. */
import type { ReplicaId } from '../core/ids.ts';
import type { AnyMessage, Machine } from '../core/machine.ts';
import type { Observer } from './observer.ts';
import type { Subject } from './subject.ts';
export declare class Coverage implements Observer {
    #private;
    /** Combinations seen so far. */
    seen: number;
    constructor(subject?: Subject);
    stepped(_replica: ReplicaId, machine: Machine<AnyMessage, AnyMessage>): void;
}
//# sourceMappingURL=coverage.d.ts.map