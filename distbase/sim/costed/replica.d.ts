/**
 * The production machine of a protocol in a process whose work is counted in µs: what the driver does with it, in the
 * driver's order (see `replica/replica.ts`), with real encodings for the sizes of messages, and with signatures that are
 * as long as real ones and otherwise nothing.
 */
import type { MessageCodec } from '../../codec/message-codec.ts';
import type { Batch } from '../../core/batch.ts';
import type { Digest, ReplicaId } from '../../core/ids.ts';
import type { AnyMessage, MachineConfig, Protocol } from '../../core/machine.ts';
import { type Arrival, type Party, type Process } from './world.ts';
/** What a validator's work costs, µs of a core. */
export interface WorkCosts {
    /** A message's signature, all suites of the setting: made, and checked. */
    readonly signUs: number;
    readonly verifyUs: number;
    /** A client's transaction: its signature. */
    readonly transactionUs: number;
    /** A message of a peer: authenticated, decoded, and taken by the machine. One that no longer matters takes half. */
    readonly messageUs: number;
    /** A message of our own: encoded and logged. */
    readonly ownMessageUs: number;
    /** A write of the log. */
    readonly flushUs: number;
    /** What a slot takes beside its messages: the transaction's way in, execution, the ledger, the reply. */
    readonly slotUs: number;
}
export interface CostedSetting {
    readonly protocol: Protocol<AnyMessage, AnyMessage>;
    readonly config: Omit<MachineConfig, 'self'>;
    readonly codec: MessageCodec;
    readonly costs: WorkCosts;
    readonly pipelineDepth: number;
    /** Whether votes are signed; what is always signed is in any case. */
    readonly signsVotes: boolean;
    /** Signatures in a signed message, and their bytes. */
    readonly signaturesEach: number;
    readonly signatureBytes: number;
    readonly replyBytes: number;
    /** What goes round each item in its frame, once a frame. */
    readonly frameBytes: number;
    /** The batch that orders a client's request. */
    batch(request: number): Batch;
    requestOf(batch: Batch): number;
}
/** What it counts, as the telemetry of a validator does. */
export interface Counts {
    messages: number;
    bytes: number;
    signed: number;
    checked: number;
    slots: number;
}
export declare class CostedReplica implements Party {
    readonly counts: Counts;
    private readonly o;
    private readonly self;
    private readonly process;
    /** By id; then the client. */
    private readonly peers;
    private readonly client;
    private machine;
    private readonly events;
    private readonly out;
    private readonly timers;
    /** Requests that are not executed, when each came, and those that are in somebody's proposal. */
    private readonly waiting;
    private readonly proposed;
    private toAll;
    private readonly toOne;
    private readonly replies;
    private demandMs;
    private logged;
    private nowMs;
    private us;
    constructor(setting: CostedSetting, self: ReplicaId, process: Process, peers: readonly Process[], client: Process);
    turn(arrivals: readonly Arrival[], nowMs: number): number;
    private start;
    private timer;
    private request;
    private readonly known;
    private receive;
    private drain;
    private carryOut;
    private demand;
    private propose;
    private next;
    private effect;
    private sign;
    private readonly sizes;
    private itemOf;
    private post;
    private setTimer;
    private cancel;
    private execute;
    /** One frame for each peer, then the replies. */
    private flush;
}
/** A digest of 32 bytes as hex, of a number that stands for its content. */
export declare function digestOf(number: number): Digest;
//# sourceMappingURL=replica.d.ts.map