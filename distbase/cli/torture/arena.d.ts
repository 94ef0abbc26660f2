/** What all campaigns share: a cluster of real processes, a load on it, books of everything, and the verdict. */
import type { ReplicaId } from '../../core/ids.ts';
import type { ProtocolParameters } from '../../core/machine.ts';
import { SeededRandom } from '../../core/random.ts';
import type { Progress } from '../bench/progress.ts';
import { LocalCluster } from '../cluster.ts';
import type { Load } from './load.ts';
import { type LogAudit } from './promise-audit.ts';
import { Sampler } from './sampler.ts';
import { Standstill } from './standstill.ts';
import { Wires } from './wires.ts';
export interface TortureSettings {
    readonly validators: number;
    readonly protocol: string;
    /** What differs from the protocol's defaults, by the names of its parameters. */
    readonly parameters: ProtocolParameters;
    readonly auth: string;
    readonly durability: string;
    readonly clients: number;
    /** Requests per second, of all clients together. */
    readonly rate: number;
    readonly runs: number;
    /** Strikes no more after so many seconds, though its runs are not over. */
    readonly seconds: number;
    readonly seed: number;
    /** Where the cluster is made; it stays. Default: a temporary folder that goes. */
    readonly home: string | undefined;
}
/** What a campaign is fought on. */
export interface Ground {
    readonly app: 'ledger' | 'kv';
    /** Whether it cuts lines between validators. */
    readonly cuts: boolean;
}
/** Most time for a validator to vote again, and for the cluster to commit again, after any fault, ms. */
export declare const CEILING_MS = 30000;
export declare const pause: (ms: number) => Promise<void>;
export declare class Arena {
    readonly settings: TortureSettings;
    readonly random: SeededRandom;
    readonly progress: Progress;
    readonly signal: AbortSignal;
    readonly cluster: LocalCluster;
    readonly load: Load;
    /** The lines between validators, where the campaign cuts them. */
    readonly wires: Wires;
    readonly votes: LogAudit;
    readonly sampler: Sampler;
    /** A clock that stands still when the machine does. */
    readonly standstill: Standstill;
    readonly failures: string[];
    /** How often a validator was found to have left its view alone. */
    leftAlone: number;
    private readonly cuts;
    private readonly folder;
    private readonly logs;
    private readonly timer;
    private readonly endMs;
    private constructor();
    /** Makes a cluster in a temporary folder, starts it, connects the clients and starts the load. */
    static open(settings: TortureSettings, ground: Ground, progress: Progress, signal: AbortSignal): Promise<Arena>;
    get faulty(): number;
    get ids(): readonly ReplicaId[];
    /** Kills with SIGKILL, at once, and reads what the dead had promised. */
    kill(ids: readonly ReplicaId[]): Promise<void>;
    /** Resolves with how long it took until all of these voted and had caught up, ms; a failure at the ceiling. */
    voting(ids: readonly ReplicaId[], sinceMs?: number): Promise<number>;
    /**
     * Where lines are cut, a validator may have given up its view alone, unless its protocol has it ask first, as PBFT's
     * does: it follows, and may not vote in that view any more until the others leave it too. That is no fault while there are
     * no more of them than may be faulty; it is counted.
     */
    private aloneOnly;
    /** A validator without a core of its own may take its time to answer; the ceiling counts all the same. */
    private ready;
    /** Waits for a random time up to `mostMs`, under load. */
    moment(mostMs: number): Promise<void>;
    /** Whether to strike no more: its time is up, or something is wrong already, and then a campaign need not go on. */
    get over(): boolean;
    /** Settles the books: every request, every vote, every state. */
    finish(): Promise<void>;
    close(): Promise<void>;
}
//# sourceMappingURL=arena.d.ts.map