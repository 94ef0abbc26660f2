/**
 * Signatures, hashes and transactions without cryptography, after Dolev & Yao: a signature is a token that only its
 * signer's node can make, so that a scenario costs a millisecond. What a replica may assume of the real ones, it may
 * assume of these: an adversary signs as itself alone, passes on what others signed, and finds no collisions.
 */
import type { Batch } from '../core/batch.ts';
import type { Digest, Epoch, ReplicaId } from '../core/ids.ts';
import type { AnyMessage, Attested, Certificate, Machine } from '../core/machine.ts';
import type { ProtocolSchema } from '../core/schema.ts';
/** A running hash of integers and text: two lanes of 32 bits, mixed as in Murmur3's finaliser. Not for adversaries. */
export declare class Mixer {
    #private;
    int(value: number): this;
    text(value: string): this;
    /** A digest that is itself a mixer's value, or null: the rest of it is padding. */
    digest(value: Digest): this;
    /** 16 hex digits. */
    hex(): string;
}
/** A mixer's value in the shape of a digest: 64 hex digits. */
export declare function symbolicDigest(mixer: Mixer): Digest;
/** Signs as `signer`. A node hands this to nobody but its own machine, or to the adversary that holds its key. */
export declare function sign<M extends AnyMessage>(signer: ReplicaId, message: M): Attested<M>;
/** Checks a message's signature and those of the messages inside it, which the protocol's schema points at. */
export declare class SymbolicVerifier {
    #private;
    constructor(schema: ProtocolSchema);
    /** `machine`: what it knows for certified is not looked at again. `epoch`: all must be of it; undefined: of any. */
    verify<M extends AnyMessage>(attested: Attested<M>, machine?: Pick<Machine<M, never>, 'certified'>, epoch?: Epoch): boolean;
    /** Whether each of its signatures is its signer's, over its message. */
    certifies({ message, signers, signatures }: Certificate): boolean;
}
/** The clients of a run: they alone make transactions, each a token that is told by identity. */
export declare class Clients {
    readonly issued: Uint8Array[];
    /** A transaction that never was before. */
    issue(): Uint8Array;
    /** The transaction's number, or −1 where no client made it: what a check of its signature would find. */
    idOf(transaction: Uint8Array): number;
    /** A batch of transactions that exist. */
    batch(timeMs: number, transactions: readonly Uint8Array[]): Batch;
}
//# sourceMappingURL=symbolic.d.ts.map