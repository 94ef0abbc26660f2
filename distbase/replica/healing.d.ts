/**
 * Our state at a checkpoint is not the certified one. Until it is, we say nothing: the state goes back to the last
 * checkpoint at which it was, and the slots since then execute again. Where that helps, memory had been damaged for
 * a moment; where it does not, or where that checkpoint itself is damaged, nothing here is to be relied upon.
 */
import type { Digest, Sequence } from '../core/ids.ts';
import type { Telemetry } from '../core/telemetry.ts';
import type { LedgerStore } from '../storage/interface.ts';
import type { Execution } from './execution.ts';
import type { ReplicaLog } from './ports.ts';
import type { Standstill } from './standstill.ts';
export interface HealingOptions {
    readonly log: ReplicaLog;
    readonly telemetry: Telemetry;
    readonly store: LedgerStore;
    readonly execution: Execution;
    readonly standstill: Standstill;
    /** The state is a certified one again: the machine is to deliver what came after it. */
    readonly rolledBack: () => void;
    readonly fail: (error: unknown) => void;
}
export declare class Healing {
    private readonly o;
    /** Where the state was rolled back for, until a checkpoint shows that it helped. */
    private at;
    constructor(options: HealingOptions);
    /** `from`: the last certified checkpoint. Throws `diverged` where going back did not help before. */
    diverged(sequence: Sequence, own: Digest, certified: Digest, from: Sequence): void;
    private back;
    /** A checkpoint of ours is the certified one. */
    stable(sequence: Sequence): void;
    /** Our state is a certified one that was fetched. */
    installed(): void;
}
//# sourceMappingURL=healing.d.ts.map