/** One client in a closed loop: the next request leaves when enough replies to the one before are in. */
import { type Arrival, type Party, type Process } from './world.ts';
export interface ReplyPayload {
    readonly reply: number;
}
export interface RequestPayload {
    readonly request: number;
}
export interface ClientOptions {
    readonly validators: readonly Process[];
    /** Matching replies that end a round. */
    readonly replies: number;
    readonly requestBytes: number;
    /** Rounds at the beginning that are not counted. */
    readonly warmup: number;
    /** What a reply takes to read, and a request to make, µs. */
    readonly replyUs: number;
    readonly requestUs: number;
}
export declare class ClosedLoop implements Party {
    readonly latenciesMs: number[];
    private readonly process;
    private readonly o;
    private round;
    private heard;
    private sentMs;
    constructor(process: Process, options: ClientOptions);
    /** All rounds that are over. */
    get rounds(): number;
    turn(arrivals: readonly Arrival[], nowMs: number): number;
    private next;
}
//# sourceMappingURL=client.d.ts.map