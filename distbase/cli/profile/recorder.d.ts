/**
 * What a validator records of itself while it is profiled (`LOCKSTEP_PROFILE=1`): a timeline of parts, and for every
 * message that it sent, which event of the machine made it and when it was with whose socket. It sits around the
 * validator's own parts, so that one that is not profiled runs none of this.
 */
import type { ReplicaId, Sequence } from '../../core/ids.ts';
import type { AnyMessage, Protocol } from '../../core/machine.ts';
import { Timeline } from '../../core/stopwatch.ts';
import type { Verifier } from '../../crypto/interface.ts';
import { type TimelineText } from '../../load/timeline.ts';
import type { ProfileFigures } from '../../ops/status.ts';
import type { Clock } from '../../replica/ports.ts';
import type { VoteLog } from '../../storage/interface.ts';
import type { SocketTransport } from '../../transport/transport.ts';
/** What made the machine speak: a slot's message, a batch to propose, or neither (a timer, nothing known of the slot). */
export interface Cause {
    readonly kind: 'message' | 'propose' | 'none';
    readonly from: ReplicaId;
    readonly type: string;
    readonly sequence: Sequence;
    /** When the callback began that brought it, µs of the machine's clock. */
    readonly arrivedUs: number;
}
/** Something that the machine said in a step; `type` is the message's, or `reply` for the result of a slot. */
export interface Output {
    readonly type: string;
    readonly sequence: Sequence;
    readonly cause: Cause;
    /** When it was with each receiver's socket, by id, and after them the clients'; null where it was not sent. */
    sentUs: (number | null)[];
}
/** Answers `GET /profile`. */
export interface ProcessTrace {
    readonly id: ReplicaId;
    readonly timeline: TimelineText;
    readonly outputs: readonly Output[];
}
export declare class Recorder {
    readonly timeline: Timeline;
    private readonly id;
    private readonly n;
    private readonly clockUs;
    private readonly outputs;
    private next;
    private pending;
    private readonly lastMessage;
    constructor(id: ReplicaId, n: number);
    figures(): ProfileFigures;
    trace(): ProcessTrace;
    verifier(inner: Verifier): Verifier;
    voteLog(inner: VoteLog): VoteLog;
    clock(inner: Clock): Clock;
    transport(inner: SocketTransport): SocketTransport;
    protocol(inner: Protocol<AnyMessage, AnyMessage>): Protocol<AnyMessage, AnyMessage>;
    private machine;
    private said;
    private causeOf;
    private output;
    /** All that was said in this turn is with the sockets. */
    private left;
}
//# sourceMappingURL=recorder.d.ts.map