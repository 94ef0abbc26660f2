/** Runs attacks one by one, and says what each did: which counters moved, how fast honest clients were, what memory grew. */
import type { AuthSetting } from '../../core/genesis.ts';
import type { Progress } from '../bench/progress.ts';
import type { Attack } from './attack.ts';
import { Probe } from './probe.ts';
import { type Counts, Scene } from './scene.ts';
/** What shares a cluster: a validator that is found out is throttled, so that the worst come last. */
export declare const GROUPS: readonly (readonly Attack[])[];
export declare const ATTACKS: readonly Attack[];
export interface AttackSettings {
    readonly auth: AuthSetting;
    /** Slices of quiet, and as many of attack between them. */
    readonly slices: number;
    readonly sliceMs: number;
    readonly only: readonly string[];
}
export interface AttackRow {
    readonly attack: string;
    readonly title: string;
    readonly by: string;
    readonly strikes: number;
    /** How much each counter of the three honest validators moved. */
    readonly counted: Readonly<Record<string, number>>;
    /** Of the medians of the slices, the median. */
    readonly p50BeforeMs: number;
    readonly p50DuringMs: number;
    readonly ratio: number;
    readonly longestMs: number;
    readonly commits: number;
    /** Of the hungriest of the three, before and at most during and after. */
    readonly residentBeforeBytes: number;
    readonly residentMostBytes: number;
    readonly viewChanges: number;
    readonly failures: readonly string[];
}
export declare function moved(before: Counts, after: Counts): Record<string, number>;
/** Waits until the honest have counted what they ought to; some of it comes with a timeout. */
export declare function countedOf(scene: Scene, one: Attack, before: Counts): Promise<Record<string, number>>;
/** One attack between slices of quiet. */
export declare function runAttack(scene: Scene, probe: Probe, one: Attack, settings: AttackSettings): Promise<AttackRow>;
/** All that are asked for, each group on a cluster of its own. Throws the signal's reason where it is told to stop. */
export declare function runAttacks(settings: AttackSettings, progress: Progress, signal: AbortSignal, onRow: (row: AttackRow) => void): Promise<AttackRow[]>;
//# sourceMappingURL=run.d.ts.map