/** What a closed-loop client records of itself: where its time goes, and every commit as it saw it. */
import { Timeline } from '../core/stopwatch.ts';
import type { ClientTrace } from './orders.ts';
export declare class ClientRecorder {
    readonly timeline: Timeline;
    private readonly clockUs;
    private readonly commits;
    private startUs;
    constructor();
    /** The next transaction is about to be handed to the client. */
    starts(): void;
    /** Its last answer is being handled. */
    settled(sequence: number, latencyMs: number): void;
    trace(): ClientTrace;
}
//# sourceMappingURL=client-recorder.d.ts.map