/** Wires one validator: disk, keys, pool, sockets, application and the driver between them. */
import type { StateMachine } from '../apps/interface.ts';
import { type StatusDocument } from '../ops/status.ts';
import type { Home } from './home.ts';
export interface Validator {
    /** Restores what the disk holds, listens, dials the others and takes part. Throws `port-taken`, `log-damaged`. */
    start(): Promise<void>;
    /** Puts a signed transaction (see `codec/transaction`) into this validator's mempool. */
    propose(transaction: Uint8Array): void;
    readonly isPrimary: boolean;
    status(): StatusDocument;
    /** Leaves in order: what was promised is in the log. Resolves when the port is free. */
    stop(): Promise<void>;
    /** Resolves when the set knows the keys of a rotation: they are the home's now, and a validator is to be made of it anew. */
    readonly rotated: Promise<void>;
    /** Resolves with the error that stopped the validator, if one does: a disk that failed, or a broken invariant. */
    readonly failed: Promise<unknown>;
}
export interface ValidatorOptions {
    /** Runs in place of the application that the genesis names. All validators of a chain need the same. */
    readonly application?: StateMachine;
}
/** Set to `1`, it has a validator record where its time goes: see `lockstep profile cluster`. */
export declare const PROFILE_VARIABLE = "LOCKSTEP_PROFILE";
/**
 * A validator from a checked home (see `loadHome`). The caller holds the home's lock. Throws `bad-genesis` for a
 * protocol or application that this version does not have, and what keys, log and snapshots are found guilty of.
 */
export declare function createValidator(home: Home, options?: ValidatorOptions): Promise<Validator>;
//# sourceMappingURL=validator.d.ts.map