/** One closed-loop client against n validators, in virtual time with costs. */
import type { GenesisParameters } from '../../core/genesis.ts';
import type { AnyMessage, Protocol, ProtocolParameters } from '../../core/machine.ts';
import { ClosedLoop } from './client.ts';
import { type WorkCosts } from './replica.ts';
import { CostedWorld, type FrameCosts, type Party, Process } from './world.ts';
export interface CostedOptions {
    readonly protocol: Protocol<AnyMessage, AnyMessage>;
    readonly parameters: ProtocolParameters;
    readonly limits: GenesisParameters;
    readonly pipelineDepth: number;
    readonly validators: number;
    readonly signsVotes: boolean;
    readonly signaturesEach: number;
    readonly signatureBytes: number;
    /** Of one transaction; of the frames from and to the client; and what a frame adds to its items. */
    readonly transactionBytes: number;
    readonly requestBytes: number;
    readonly replyBytes: number;
    readonly frameBytes: number;
    readonly frames: FrameCosts;
    readonly work: WorkCosts;
    /** How much what a turn takes differs: see `CostedWorld`. */
    readonly spread: number;
    /** Cores of the one computer that all share, the client too; undefined: a computer each. */
    readonly cores: number | undefined;
    readonly delayMs?: ((from: number, to: number) => number) | undefined;
    /** Commits that are measured, and before them. */
    readonly commits: number;
    readonly warmup: number;
}
export interface CostedResult {
    /** Ascending. */
    readonly latenciesMs: readonly number[];
    readonly messagesPerCommit: number;
    readonly bytesPerCommit: number;
    readonly signaturesMadePerCommit: number;
    readonly signaturesCheckedPerCommit: number;
    /** Virtual time, ms. */
    readonly tookMs: number;
}
/** A cluster of parties and a client, on one computer or on one each. `delayMs` is between parties; the client is near. */
export declare function placeCluster(n: number, frames: FrameCosts, cores: number | undefined, delayMs: ((from: number, to: number) => number) | undefined, spread: number): {
    world: CostedWorld;
    validators: Process[];
    client: Process;
};
/** Lets a client commit one request after the other; false where that comes to a standstill, or takes too long. */
export declare function drive(placed: {
    world: CostedWorld;
    client: Process;
    validators: readonly Process[];
}, parties: readonly Party[], loop: ClosedLoop, rounds: number): boolean;
/** Undefined where the cluster comes to a standstill, or is too large to be simulated in a moment. */
export declare function runCosted(options: CostedOptions): CostedResult | undefined;
//# sourceMappingURL=run.d.ts.map