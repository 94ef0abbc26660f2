/**
 * What strangers may cost: connections that have not finished their handshake are counted per address and per lane, and
 * answering their hellos gets at most a third of the thread, validators first, however many there are. Where answers come to
 * nothing, since those who asked go away or fail, a lane gets less and less of it, down to a fortieth. Whoever comes to the
 * validators' door from an address where a validator is known to be has a lane of its own, so that strangers in a validator's name
 * keep none of them out.
 */
import type { Door } from './socket.ts';
/** In the order in which they are served. */
declare const LANES: readonly ['trusted', 'peer', 'client'];
export type Lane = (typeof LANES)[number];
/** A connection in its handshake. */
export interface Guest {
    readonly remote: string;
    readonly door: Door;
    readonly lane: Lane;
    /** Ends it; calls `leave`. */
    evict(): void;
}
export declare function laneOf(door: Door, trusted: boolean): Lane;
export declare class Admission {
    private readonly perAddress;
    private readonly lanes;
    private timer;
    /** `validators`: after a restart all of them may dial at once. */
    constructor(validators: number);
    /** Counts a connection in, or refuses it. A full lane gives up whoever has been silent there for longest. */
    enter(guest: Guest): boolean;
    /** Counts it out: its handshake has ended. `completed`: with a session. */
    leave(guest: Guest, completed: boolean): void;
    /** After an answer that took c ms, this lane waits for so many times c. */
    rest(lane: Lane): number;
    /** Connections that are in their handshake. */
    get pending(): number;
    /** Runs the job that answers a guest's hello when its turn comes: one per guest. */
    answer(guest: Guest, job: () => void): void;
    /** The answer is on its way: now it is waited for. */
    answered(guest: Guest): void;
    stop(): void;
    private countOf;
    private schedule;
    private next;
}
export {};
//# sourceMappingURL=admission.d.ts.map