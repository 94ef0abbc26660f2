/**
 * The shape of a message, said once by the protocol that owns it. The codec derives the encoder, the decoder and
 * every check from it, so that a field cannot be sent without being checked on arrival.
 *
 * On the wire a message is a positional array `[tag, from, ...fields]`; fields are in the order of `fields`.
 */
export type Field = 
/** An integer in [0, max], at most 2⁵³ − 1. */
{
    readonly kind: 'uint';
    readonly max: number;
} | {
    readonly kind: 'bool';
}
/** 32 bytes; a hex string in memory. */
 | {
    readonly kind: 'digest';
} | {
    readonly kind: 'bytes';
    readonly max: number;
} | {
    readonly kind: 'list';
    readonly of: Field;
    readonly max: number;
} | {
    readonly kind: 'record';
    readonly fields: Fields;
}
/** A whole signed message of another replica: an `Attested`, of one of the named types. */
 | {
    readonly kind: 'attested';
    readonly types: readonly string[];
}
/** Signatures of several replicas under one message of this type: a `Certificate`. */
 | {
    readonly kind: 'certificate';
    readonly of: string;
};
export type Fields = {
    readonly [name: string]: Field;
};
/** What protocols have in common, for counters: `vote` is a first or only vote, `commit-vote` one that follows it. */
export type MessageRole = 'proposal' | 'vote' | 'commit-vote' | 'view-change' | 'new-view' | 'fetch';
export interface MessageSchema {
    /** The number that stands for the type on the wire; unique in its protocol. */
    readonly tag: number;
    readonly fields: Fields;
    /**
     * `always`: signed in every setting, because it is forwarded or kept as evidence.
     * `vote`: signed unless the session's key authenticates the frame (`channel`).
     * `session`: never signed; the session's key authenticates the frame, so it is taken first-hand only.
     */
    readonly signed: 'always' | 'vote' | 'session';
    /**
     * The message has a property `batch` whose bytes travel beside the signed body, which binds them by its field
     * `digest`. The driver computes the digest before the message reaches the machine.
     */
    readonly batch?: true;
    /** What the message is to whoever counts; what has no role is counted by its type alone. */
    readonly role?: MessageRole;
    /** `one`: its first sending goes to one replica, so that sending to one is no repetition. */
    readonly first?: 'one';
    /** The digest is vouched for by others already, so the batch's transactions need no check of ours before the step. */
    readonly vouched?: true;
}
/** All messages of one protocol, by type. */
export type ProtocolSchema = {
    readonly [type: string]: MessageSchema;
};
export declare const uint: (max?: number) => Field;
export declare const bool: Field;
export declare const digest: Field;
export declare const bytes: (max: number) => Field;
export declare const list: (of: Field, max: number) => Field;
export declare const record: (fields: Fields) => Field;
export declare const certificate: (of: string) => Field;
export declare const attested: (...types: string[]) => Field;
//# sourceMappingURL=schema.d.ts.map