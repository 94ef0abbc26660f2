/**
 * Why nothing is said and nothing is heard at present. A full disk is no end: what could not be written was not sent, and is
 * still queued, so that the machine stands still until it is written, and then goes on as if the disk had been slow.
 */
import type { Clock, ReplicaLog } from './ports.ts';
/** How long a full disk is left alone before it is tried again, ms. */
export declare const DISK_RETRY_MS = 250;
export interface StandstillOptions {
    readonly clock: Clock;
    readonly log: ReplicaLog;
    readonly stopped: () => boolean;
    /** Writes what waits; throws what the disk does. */
    readonly flush: () => void;
    /** Everything is written. */
    readonly resumed: () => void;
    readonly fail: (error: unknown) => void;
}
export declare class Standstill {
    private readonly o;
    private logFull;
    private historyFull;
    /** Why the state is being rolled back, while it is. */
    rollingBack: string | undefined;
    constructor(options: StandstillOptions);
    /** Undefined where nothing stands still. */
    get because(): string | undefined;
    /** The log was not written, at a moment when no step is half carried out. */
    unwritten(error: unknown): void;
    private pause;
    /**
     * The history was not written, or is again. Nothing that we promise is in it, but it must not fall behind for ever: what
     * the vote log may forget, the history must have.
     */
    historyUnwritten(error: unknown): void;
    /** Once for both. */
    private say;
    private roomAgain;
}
//# sourceMappingURL=standstill.d.ts.map