/**
 * From a peer's frame to checked events. In order: shape, author, whether it still matters, signatures (its own
 * and those inside it), and for a proposal its transactions. What fails is counted and forgotten.
 */
import { type MessageCodec } from '../codec/message-codec.ts';
import type { Batch } from '../core/batch.ts';
import type { RejectionCode } from '../core/errors.ts';
import type { ReplicaId } from '../core/ids.ts';
import type { AnyMessage, Attested, Machine } from '../core/machine.ts';
import type { Stopwatch } from '../core/stopwatch.ts';
import type { Telemetry } from '../core/telemetry.ts';
import type { Authenticator } from '../crypto/authenticator.ts';
import type { Verifier, VerifyItem } from '../crypto/interface.ts';
import type { Surety } from './surety.ts';
import type { Watch } from './watch/watch.ts';
export interface InboundOptions {
    readonly self: ReplicaId;
    readonly codec: MessageCodec;
    readonly authenticator: Authenticator;
    readonly verifier: Verifier;
    readonly telemetry: Telemetry;
    readonly stopwatch: Stopwatch;
    readonly machine: () => Machine<AnyMessage, AnyMessage>;
    readonly watch: Watch;
    /** Where sessions vouch for votes: who is asked to sign them all the same. */
    readonly surety: Surety | undefined;
    /** Whether this is the id of somebody without a place in the set, whose messages count for nothing. */
    readonly isGuest: (id: ReplicaId) => boolean;
    /** A message of another epoch came, or one of a guest: its sender may have to catch up, or we. */
    readonly otherEpoch: (from: ReplicaId, epoch: unknown) => void;
    /** The items of the replica layer itself, whose kinds are above 0. */
    readonly other: (from: ReplicaId, item: readonly unknown[]) => void;
    /** Says why a proposed batch is refused, gives the transactions' signatures that are still to be checked. */
    readonly inspect: (batch: Batch) => VerifyItem[] | RejectionCode;
    /** A checked message, for the machine. */
    readonly deliver: (attested: Attested) => void;
}
export declare class Inbound {
    private readonly options;
    private readonly pooled;
    /** Certificates of what the machine knows for certified are not checked again. */
    private readonly known;
    constructor(options: InboundOptions);
    frame(from: ReplicaId, items: readonly unknown[]): void;
    private reject;
    private take;
    private claims;
    private cost;
    /** All claims of a frame in one batch on the pool. */
    private checkTogether;
    /** What is signed in every setting is compared with what its author signs elsewhere, as is what a message holds. */
    private witness;
    /** The message is its author's; a proposal's transactions are looked at before anybody votes on them. */
    private proceed;
}
//# sourceMappingURL=inbound.d.ts.map