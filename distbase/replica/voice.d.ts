/** What a replica says: bodies made and signed, items and records encoded, all of it counted. One for each epoch. */
import type { MessageCodec } from '../codec/message-codec.ts';
import type { RecordCodec } from '../codec/record-codec.ts';
import type { ReplicaId } from '../core/ids.ts';
import type { AnyMessage, Attested, Protocol } from '../core/machine.ts';
import type { Stopwatch } from '../core/stopwatch.ts';
import type { Telemetry } from '../core/telemetry.ts';
import type { Authenticator } from '../crypto/authenticator.ts';
import type { Outbox } from './outbox.ts';
import type { Surety } from './surety.ts';
import type { Watch } from './watch/watch.ts';
export interface VoiceOptions {
    readonly self: ReplicaId;
    /** Replicas of the set. */
    readonly n: number;
    readonly protocol: Protocol<AnyMessage, AnyMessage>;
    readonly codec: MessageCodec;
    readonly recordCodec: RecordCodec;
    readonly authenticator: Authenticator;
    readonly outbox: Outbox;
    readonly telemetry: Telemetry;
    readonly stopwatch: Stopwatch;
    readonly watch: Watch;
    /** Whether votes are signed now though sessions vouch for them. */
    readonly surety: Surety | undefined;
}
export declare class Voice {
    private readonly o;
    constructor(options: VoiceOptions);
    sign(message: AnyMessage): Attested;
    /** An item of the wire to one replica, or to all others. */
    post(to: ReplicaId | undefined, item: Uint8Array): void;
    encodeItem(attested: Attested): Uint8Array;
    encodeRecord(record: AnyMessage): Uint8Array;
    /** Throws `log-damaged` at a record that is none of this epoch's protocol. */
    decoded(records: Iterable<Uint8Array>): Generator<AnyMessage>;
    count(message: AnyMessage, to: ReplicaId | undefined): void;
}
//# sourceMappingURL=voice.d.ts.map