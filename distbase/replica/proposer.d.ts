/** Natural batching (DESIGN §3): an idle primary proposes at once; while slots are in flight, arrivals gather. */
import type { Batch } from '../core/batch.ts';
import type { RejectionCode } from '../core/errors.ts';
import type { GenesisParameters } from '../core/genesis.ts';
import type { VerifyItem } from '../crypto/interface.ts';
import type { BatchDigests } from './batch-digest.ts';
import type { Executor } from './executor.ts';
import type { Intake } from './intake.ts';
import type { Mempool } from './mempool.ts';
import type { Clock } from './ports.ts';
export interface ProposerOptions {
    readonly limits: GenesisParameters;
    readonly pipelineDepth: number;
    readonly mempool: Mempool;
    readonly intake: Intake;
    readonly executor: Executor;
    readonly digests: BatchDigests;
    readonly clock: Clock;
}
export declare class Proposer {
    private readonly o;
    constructor(options: ProposerOptions);
    /** The next batch to propose, or undefined where nothing waits or enough is in flight. */
    next(inFlight: number): Batch | undefined;
    /** A batch of nothing, on the way to a checkpoint. Not at time 0, which is the null batch's. */
    empty(): Batch;
    /**
     * Whether a proposal may be voted for, as far as its content goes: its time is near ours, and its transactions are
     * transactions. Gives the signatures that this replica has not checked yet. An empty batch is taken at any time: it
     * is what leads an idle cluster to the checkpoint of a set change, which a backup may not have heard of yet; a primary
     * gains no more by it than by proposing again what was executed before.
     */
    inspect(batch: Batch): VerifyItem[] | RejectionCode;
    /** Somebody's proposal is on its way: what is in it waits for its outcome. */
    pending(batch: Batch): void;
    viewChanged(): void;
}
//# sourceMappingURL=proposer.d.ts.map