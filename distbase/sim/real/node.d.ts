/** One production replica in the simulated world: its driver is the very one that validators run. */
import type { StateMachine } from '../../apps/interface.ts';
import type { ReplicaId } from '../../core/ids.ts';
import type { SeededRandom } from '../../core/random.ts';
import { Telemetry } from '../../core/telemetry.ts';
import { Replica } from '../../replica/replica.ts';
import { MemoryStore } from '../../storage/memory-store.ts';
import { SimDisk } from '../files.ts';
import { Violation } from '../observer.ts';
import type { Fireable, Scheduler } from '../scheduler.ts';
import type { RealSetting } from './chain.ts';
import { type SimTransportOptions } from './transport.ts';
export declare const TIMER = 1;
export declare const UP = 2;
export declare const SUBMIT = 3;
export declare class RealNode implements Fireable {
    #private;
    readonly id: ReplicaId;
    readonly port: number;
    /** False: it runs twice, or spoils what it sends. */
    readonly honest: boolean;
    /** Something wrote into its memory. */
    rotten: boolean;
    /** What it counted, life after life. */
    readonly lives: Telemetry[];
    replica: Replica | undefined;
    app: StateMachine | undefined;
    /** What it is told of, and its answers: a decoded item each. */
    answered: (item: unknown) => void;
    readonly disk: SimDisk;
    /** Its clock less the true time, ms. */
    wallSkewMs: number;
    /** Its log was tampered with, so that it may refuse to start. */
    tampered: boolean;
    /** It refused, and stays down. */
    refused: boolean;
    /** Something that is no fault of the run's: the driver stopped by itself. */
    broken: Violation | undefined;
    store: MemoryStore | undefined;
    constructor(setting: RealSetting, scheduler: Scheduler, link: SimTransportOptions, honest: boolean, random: SeededRandom);
    /** What its log was given is on the disk for good. */
    get durable(): boolean;
    start(): void;
    /** Changes its state behind its back, as damaged memory does. */
    rot(): void;
    /** Whether its state may be compared with the others'. */
    get sound(): boolean;
    /** Killed: what it wrote stays. */
    crash(): void;
    /** Without power: what was not synced may be gone. */
    losePower(): void;
    /** A client's transaction, to be answered. */
    submit(transaction: Uint8Array): void;
    fire(tag: number, payload: unknown): void;
}
//# sourceMappingURL=node.d.ts.map