/**
 * Runs one planned scenario under all checkers: its faults, then the healing, then everything that was submitted has to
 * be executed everywhere within a bound. The same seed gives the same run, bit for bit. It is longer than most files:
 * the life of a run, from the building of its world to the verdict, reads best in one piece.
 */
import { type Delays } from '../core/delays.ts';
import type { Mask, Part } from './mask.ts';
import { type Observer } from './observer.ts';
import type { SimParts } from './parts.ts';
import { type Plan } from './plan.ts';
import type { FaultGroup, Profile } from './profile.ts';
import type { Subject } from './subject.ts';
export interface PlanRunSettings {
    readonly seed: number;
    /** The protocol under attack. Default: the simulator's. */
    readonly subject?: Subject;
    /** Default: the subject's, all as they should be. */
    readonly parts?: SimParts | undefined;
    /** Keep a line for everything that happens. */
    readonly verbose?: boolean | undefined;
    /** Sees all runs of a campaign. */
    readonly witness?: Observer | undefined;
    /** How far the replicas are apart; all times of the plan are stretched accordingly. Default: next to each other. */
    readonly delays?: Delays | undefined;
}
export interface RunSettings extends PlanRunSettings {
    readonly subject: Subject;
    readonly profile: Profile;
    readonly groups: ReadonlySet<FaultGroup>;
    /** Fixed size of the cluster; undefined: one of the profile's. */
    readonly validators: number | undefined;
    readonly mask: Mask;
}
export interface Failure {
    readonly checker: string;
    readonly message: string;
}
export interface RunResult {
    readonly seed: number;
    readonly n: number;
    readonly profile: string;
    /** Slots executed by the replica that executed most. */
    readonly commits: number;
    /** Faults that struck, lies and partitions among them. */
    readonly faults: number;
    /** Events of the simulated world, and how much virtual time they took, in ms. */
    readonly events: number;
    readonly virtualMs: number;
    /** The highest view that any honest replica was in. */
    readonly views: number;
    /** How many faults, lies and transactions the whole plan has, with those that are left out: for shrinking. */
    readonly parts: Readonly<Record<Part, number>>;
    readonly traceHash: string;
    readonly trace: readonly string[];
    readonly failure: Failure | undefined;
}
/** Runs the scenario of a seed. A violation is in the result; nothing is thrown for it. */
export declare function runPlanned(settings: RunSettings): RunResult;
/** Runs a scenario that is written down. The seed still decides what the network does to each packet. */
export declare function runPlan(planned: Plan, settings: PlanRunSettings): RunResult;
//# sourceMappingURL=run.d.ts.map