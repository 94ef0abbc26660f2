/**
 * One size under one setting: a cluster for each contender, all of them up, and one at a time awake. Turns go round, so
 * that what disturbs the machine for a while disturbs all alike; the others' processes are stopped meanwhile, so that
 * their heartbeats take nothing from whoever has its turn.
 */
import type { Delays } from '../../core/delays.ts';
import type { Progress } from '../bench/progress.ts';
import type { Contender } from './contenders.ts';
import { type CompareRow, type CompareSetting } from './row.ts';
export interface ArenaOptions {
    readonly contenders: readonly Contender[];
    readonly auth: string;
    readonly validators: number;
    readonly common: CompareSetting;
    readonly rounds: number;
    readonly warmupMs: number;
    readonly durationMs: number;
    readonly floorMs: number;
    /** 0: throughput is not reported. */
    readonly outstanding: number;
    readonly clients: number;
    readonly delays: Delays | undefined;
}
export declare function runArena(options: ArenaOptions, progress: Progress, signal: AbortSignal): Promise<CompareRow[]>;
//# sourceMappingURL=arena.d.ts.map