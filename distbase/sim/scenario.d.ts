/**
 * A whole scenario from a seed: a cluster, its clients, its faults and its liars; then the faults stop, and everything
 * that was submitted must be executed everywhere within a bound. The same seed gives the same run, bit for bit.
 */
import type { AnyMessage, Protocol } from '../core/machine.ts';
import { type AdversaryOf, type ClusterOptions } from './cluster.ts';
import { type FaultKind } from './faults.ts';
import { type Observer } from './observer.ts';
export interface ScenarioOptions<M extends AnyMessage, R extends AnyMessage> {
    readonly protocol: Protocol<M, R>;
    readonly n: number;
    readonly seed: number;
    /** Kinds of faults to draw from; empty: none. Default: all. */
    readonly faults?: readonly FaultKind[];
    /** Liars to draw from, by name; up to f replicas get up to three tactics each. Default: none. */
    readonly tactics?: readonly string[];
    readonly liar?: (...names: readonly string[]) => AdversaryOf<M, R>;
    /** Checkers beyond those that hold for every protocol. Made anew for each run. */
    readonly observers?: () => readonly Observer<M, R>[];
    /** How long faults last, in virtual ms. Default 400. */
    readonly faultyMs?: number;
    /** Transactions submitted while they last, and after. Default 40 and 10. */
    readonly transactions?: number;
    readonly laterTransactions?: number;
    /** In how much virtual time after the faults all must be executed, in ms. Default 60 000. */
    readonly progressMs?: number;
    readonly verbose?: boolean;
    readonly cluster?: Partial<ClusterOptions<M, R>>;
}
export interface ScenarioResult {
    readonly seed: number;
    readonly n: number;
    /** Slots executed by the replica that executed most. */
    readonly commits: number;
    /** The highest view that any honest replica was in. */
    readonly views: number;
    /** Faults that struck, by kind, and the liars' tactics, by replica. */
    readonly faults: Readonly<Record<string, number>>;
    readonly liars: Readonly<Record<number, readonly string[]>>;
    readonly events: number;
    readonly packets: number;
    /** When all was executed everywhere, in virtual ms after the faults stopped. */
    readonly recoveryMs: number;
    readonly traceHash: string;
    readonly trace: readonly string[];
    readonly failure: {
        readonly checker: string;
        readonly message: string;
    } | undefined;
}
/** Runs one scenario. A violation is in the result, with the seed in its message; nothing is thrown for it. */
export declare function runScenario<M extends AnyMessage, R extends AnyMessage>(options: ScenarioOptions<M, R>): ScenarioResult;
//# sourceMappingURL=scenario.d.ts.map