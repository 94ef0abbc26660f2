/**
 * Addresses of strangers that keep failing at the door: refused at accept for a while, before a byte of theirs is read. An
 * address from which a validator ever proved itself is never banned, since what shares it with a validator may be a
 * router; nor are those that the configuration gives for validators.
 */
import type { RejectionCode } from '../core/errors.ts';
export interface Ban {
    readonly address: string;
    readonly reason: RejectionCode;
    /** How long it still lasts, ms. */
    readonly leftMs: number;
}
/** One form of an address: IPv4 in IPv6's clothes is IPv4. */
export declare function plainAddress(remote: string): string;
export declare class Bans {
    #private;
    constructor(nowMs?: () => number);
    /** A validator is, or proved itself, at this address. */
    trust(remote: string): void;
    /** Whether a validator is known to be there. */
    trusts(remote: string): boolean;
    /** Something of this address was not taken, and nobody proved who it is. */
    strike(remote: string, code: RejectionCode): void;
    banned(remote: string): boolean;
    list(): Ban[];
}
//# sourceMappingURL=bans.d.ts.map