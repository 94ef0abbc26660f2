/**
 * Where validators listen, as they say themselves: records that each signs with its identity key, with a number that grows. They
 * pass from validator to validator, so that one that moves is found again without a restart of the others.
 *
 * Who is a validator the ledger says, and nothing here: a record of somebody outside the set is refused, and one that lies about
 * its address sends others to a place where nobody can prove to be it. The handshake is what counts; this only says where to
 * try. Hence Ed25519 alone signs here: whoever breaks it can misdirect a dialler, and nothing more.
 */
import type { RejectionCode } from '../core/errors.ts';
import type { Member, MemberId } from '../core/membership.ts';
import type { VerifyItem } from '../crypto/interface.ts';
import type { Item } from '../transport/interface.ts';
import type { Clock } from './ports.ts';
/** The item `[18, record]`. A record is msgpack `[member, number, url, signature]`, as bytes. */
export declare const ADDRESS_ITEM = 18;
export interface AddressBookOptions {
    readonly chainId: Uint8Array;
    readonly clock: Clock;
    /** The set of now, as the ledger says it, and who comes next. */
    readonly members: () => readonly Member[];
    readonly verify: (item: VerifyItem) => boolean;
    /** Signs with our Ed25519 identity key. */
    readonly sign: (input: Uint8Array) => Uint8Array;
    /** Where others reach us; empty where that is not known. */
    readonly url: string;
    /** Our number, if we have one. */
    readonly self: () => MemberId | undefined;
    /** Something is new: to be kept, and for the transport. */
    readonly changed: () => void;
}
export declare class AddressBook {
    #private;
    constructor(options: AddressBookOptions);
    /** Where this member says that it listens; undefined where it said nothing. */
    urlOf(member: MemberId): string | undefined;
    get size(): number;
    /** All that we know, our own first: for whoever connects, and for the disk. */
    records(): Uint8Array[];
    items(): Item[];
    /** Our own record: a new one where our address is another than we last said. */
    own(): Uint8Array | undefined;
    /** What a validator passes on; `pass`: it is news, for all others. */
    onItem(item: readonly unknown[]): RejectionCode | {
        readonly pass: Item | undefined;
    };
    /** A record, from wherever it came. `known`: no newer than what we have. */
    take(record: Uint8Array): 'new' | 'known' | RejectionCode;
}
//# sourceMappingURL=addresses.d.ts.map