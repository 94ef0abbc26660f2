/** A local cluster whose processes record where their time goes, a load against it, and what they recorded. */
import { type LoadProgress, type LoadResult } from '../../load/generator.ts';
import type { LoadOrder } from '../../load/orders.ts';
import type { Progress } from '../bench/progress.ts';
import type { Setting } from '../bench/row.ts';
import { LocalCluster } from '../cluster.ts';
import { type ProcessRow } from './processes.ts';
import type { ProcessTrace } from './recorder.ts';
/** A cluster to profile, and how to leave it. */
export interface Subject {
    readonly cluster: LocalCluster;
    readonly setting: Setting;
    /** Stops what was started for this, removes what was made for it, and says where CPU profiles are. */
    leave(): Promise<void>;
}
export interface SubjectOptions {
    readonly setting: Setting;
    readonly home: string | undefined;
    readonly cpuProfileDir: string | undefined;
}
/** What one load showed. */
export interface Observation {
    readonly load: LoadResult;
    readonly processes: readonly ProcessRow[];
}
/** Makes the folder for CPU profiles. Throws `bad-flag`, before anything was started. */
export declare function makeProfileFolder(dir: string): void;
/** A cluster whose validators record, ready. Throws `bad-flag`, `home-missing`, `internal`. */
export declare function subjectOf(options: SubjectOptions, progress: Progress): Promise<Subject>;
/** Runs a load, and takes the processes' figures near both ends of its measured window. */
export declare function observe({ cluster }: Subject, order: LoadOrder, onProgress: (state: LoadProgress) => void, signal: AbortSignal): Promise<Observation>;
/** What every process recorded. Throws `not-connected`. */
export declare function tracesOf({ cluster }: Subject): Promise<ProcessTrace[]>;
//# sourceMappingURL=cluster-run.d.ts.map