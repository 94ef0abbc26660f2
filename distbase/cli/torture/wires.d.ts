/**
 * The lines between validators, so that they can be cut: every connection from one validator to another goes through
 * a listener here. A cut line is one whose packets are lost: what was sent waits and arrives, in order, when the line
 * is whole again; nobody is told. One direction can be cut alone, and a line can be torn, which ends its connections.
 */
import type { ReplicaId } from '../../core/ids.ts';
export declare class Wires {
    private readonly lines;
    /** `from → to` of directions that are cut. */
    private readonly cuts;
    /** Lays the line that `from` dials `to` through. Resolves with the address to dial. */
    lay(from: ReplicaId, to: ReplicaId, url: string): Promise<string>;
    /** Nothing from any of `from` reaches any of `to`. */
    cut(from: readonly ReplicaId[], to: readonly ReplicaId[]): void;
    /** Two groups that do not hear each other. */
    split(some: readonly ReplicaId[], others: readonly ReplicaId[]): void;
    /** Ends all connections between the two, as a line that goes down and comes back. */
    tear(some: readonly ReplicaId[], others: readonly ReplicaId[]): void;
    heal(): void;
    close(): void;
    private connect;
    private apply;
    private applyTo;
}
//# sourceMappingURL=wires.d.ts.map