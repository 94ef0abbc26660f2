/** Watermarks follow what was executed: nobody honest makes room beyond a window past what somebody honest did. */
import type { ReplicaId, Sequence } from '../core/ids.ts';
import type { AnyMessage, Machine } from '../core/machine.ts';
import { type Observer } from './observer.ts';
export declare class WatermarkChecker implements Observer {
    #private;
    /** A new machine has exactly one window above where it starts. */
    restarted(_replica: ReplicaId, machine: Machine<AnyMessage, AnyMessage>): void;
    executed(_replica: ReplicaId, sequence: Sequence): void;
    stepped(replica: ReplicaId, machine: Machine<AnyMessage, AnyMessage>): void;
}
//# sourceMappingURL=watermark-checker.d.ts.map