/**
 * What validators promised under PBFT, from their vote logs: whether one ever contradicted itself across all of its lives, and
 * whether two of them committed or certified differently. Records come in the order in which the log has them; that
 * one comes again, since a log is read after every kill and is rewritten at times, is no fault.
 */
import type { ReplicaId } from '../../core/ids.ts';
import type { AnyMessage } from '../../core/machine.ts';
import type { LogAudit } from './promise-audit.ts';
export declare class VoteAudit implements LogAudit {
    readonly failures: string[];
    /** Votes seen, each once. */
    votes: number;
    private readonly voters;
    private readonly committed;
    private readonly certified;
    /** Slots behind a voter's newest that are remembered: far more than a window, below which a vote is a fault anyhow. */
    private readonly kept;
    constructor(n: number, window: number);
    add(id: ReplicaId, entry: AnyMessage): void;
    private vote;
    private prune;
    /** One replica says one thing, once and for all. */
    private once;
    /** All replicas say the same. */
    private agree;
    private fail;
}
//# sourceMappingURL=vote-audit.d.ts.map