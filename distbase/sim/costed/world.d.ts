/**
 * Time as a cluster of processes spends it. Each process is one thread: it wakes up when something arrives, takes all that
 * is there in one turn of its event loop, and its frames leave at the end of the turn, one by one. Processes that share a
 * computer share its cores. What things cost is given; by how much each turn differs from that is drawn by seed.
 */
import { type Fireable, Scheduler } from '../scheduler.ts';
/** What moving messages costs a process, µs of a core. */
export interface FrameCosts {
    /** From an arrival at an idle process until it runs. */
    readonly wakeUs: number;
    /** A turn of the event loop by itself. */
    readonly turnUs: number;
    readonly frameInUs: number;
    readonly frameOutUs: number;
    /** Each 1,000 bytes, at either end. */
    readonly kilobyteUs: number;
}
export interface Arrival {
    readonly from: number;
    readonly bytes: number;
    /** A peer's payload, or what the process told itself to remember. */
    readonly payload: unknown;
}
/** What runs in a process. */
export interface Party {
    /** Does what has come; gives what that took beside moving the frames, µs. `nowMs`: when the turn began. */
    turn(arrivals: readonly Arrival[], nowMs: number): number;
}
/** `from` of what a process sends itself. */
export declare const MYSELF = -1;
/** A computer. */
export declare class Host {
    private free;
    private readonly ready;
    constructor(cores: number);
    /** Somebody has something to do. */
    enqueue(process: Process): void;
    get crowded(): boolean;
    /** A core is free again. */
    release(): void;
}
export declare class Process implements Fireable {
    readonly id: number;
    party: Party;
    /** Time on a core, µs. */
    busyUs: number;
    private readonly world;
    private readonly host;
    private inbox;
    private waiting;
    private leaving;
    private sliceMs;
    constructor(world: CostedWorld, id: number, host: Host);
    /** In a turn: a frame to another process, which leaves when the turn's work is done. */
    post(to: Process, bytes: number, payload: unknown): void;
    /** Tells itself something later; the same object can be told once only. */
    remember(delayMs: number, payload: unknown): void;
    fire(tag: number, payload: unknown): void;
    /** It has a core. */
    begin(woken: boolean): void;
    private run;
    private end;
}
export declare class CostedWorld {
    readonly scheduler: Scheduler;
    readonly costs: FrameCosts;
    /** On the wire, ms, by the ids of processes. */
    readonly delayMs: (from: number, to: number) => number;
    /** How much turns differ: the standard deviation of the logarithm of what one takes. */
    private readonly spread;
    private readonly random;
    constructor(costs: FrameCosts, delayMs?: (from: number, to: number) => number, spread?: number);
    /** What a turn takes, over the usual: caches, collections of garbage, and whatever else a computer does. Median 1. */
    factor(): number;
    /**
     * Runs until `done`, or until nothing is left, or `mostMs` of virtual time are over, or the time of day is `untilMs`; gives
     * whether it is done.
     */
    run(done: () => boolean, mostMs: number, untilMs?: number): boolean;
}
//# sourceMappingURL=world.d.ts.map