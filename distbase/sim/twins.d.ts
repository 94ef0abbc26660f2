/**
 * Twins (Bano et al., OPODIS 2021): a replica whose two halves share a key and know nothing of each other equivocates in
 * every way that two honest machines can. What a scenario has of them is data: who is the twin, and for each of
 * seven rounds how the five nodes are cut in two.
 *
 * Two parts of five nodes: sixteen ways, all together among them; seven rounds and four twins: 16⁷ × 4 = 2³⁰
 * scenarios. A seed names one of them, and 2³⁰ seeds in a row name each once: an odd factor permutes the numbers.
 * Seeds above that, and how long a round lasts, vary what else there is. PBFT's leaders go by the view alone, so there
 * is none to choose per round; which leaders there are follows from which views the partitions let fail.
 */
import type { ReplicaId } from '../core/ids.ts';
import type { AnyMessage } from '../core/machine.ts';
import type { Cluster } from './cluster.ts';
import type { Plan } from './plan.ts';
export declare const TWIN_ROUNDS = 7;
export declare const TWINS_CLUSTER: {
    readonly checkpointInterval: 4;
    readonly window: 8;
    readonly maxBatch: 2;
    readonly pipeline: 2;
    readonly timeoutFloorMs: 10;
    readonly timeoutCeilingMs: 80;
    readonly clientRetryMs: 25;
};
/** The same where everything takes so many times as long. */
export declare function twinsClusterAt(factor: number): {
    checkpointInterval: 4;
    window: 8;
    maxBatch: 2;
    pipeline: 2;
    timeoutFloorMs: number;
    timeoutCeilingMs: number;
    clientRetryMs: number;
};
/** Which of the four replicas is the twin. */
export declare function twinOf(seed: number): ReplicaId;
/** Runs the rounds of the scenario that the seed names, each so many times as long. Gives the number of rounds in which something was cut. */
export declare function divideByRounds(cluster: Cluster<AnyMessage, AnyMessage>, { submissions, undivided }: Plan, seed: number, factor?: number): number;
//# sourceMappingURL=twins.d.ts.map