/** Changes of the validator set from the command line: what they are made of, who approves them, how they are sent. */
import { type Accusation } from '../codec/accusation-codec.ts';
import { type Approval, type SetChange } from '../codec/membership-codec.ts';
import type { Chain } from '../core/genesis.ts';
import type { Identity } from '../crypto/keys.ts';
import type { MembershipFigures } from '../ops/status.ts';
/** Where a cluster's validators are, and its genesis. */
export interface Where {
    readonly chain: Chain;
    readonly urls: readonly string[];
    /** Homes on this machine whose keys may approve. */
    readonly homes: readonly string[];
}
/** A cluster's folder with all homes in it, or one validator's home. Throws `home-missing`, `bad-genesis`, … */
export declare function whereOf(dir: string): Promise<Where>;
export declare function chainFromGenesis(file: string): Promise<Chain>;
/** The set as the validators of these addresses say, the latest of them; and all addresses that it names. */
export declare function askSet(urls: readonly string[], timeoutMs: number): Promise<{
    set: MembershipFigures;
    urls: string[];
}>;
/** The approval of whoever has these keys, where the set holds them. */
export declare function approve(chain: Chain, set: MembershipFigures, change: Uint8Array, identity: Identity): Promise<(Approval & {
    readonly name: string;
}) | undefined>;
/** All approvals that the homes of this machine can give. */
export declare function approveFromHomes(chain: Chain, set: MembershipFigures, change: Uint8Array, homes: readonly string[]): Promise<Approval[]>;
export interface Ordered {
    /** The epoch that begins with the change, and the checkpoint at which it does. */
    readonly epoch: number;
    readonly from: number;
    /** Where the change was executed. */
    readonly sequence: number;
}
/** Has a change ordered. Throws `rejected` with what the validators say where they refuse it. */
export declare function sendChange(chain: Chain, urls: readonly string[], change: Uint8Array, approvals: readonly Approval[], timeoutMs: number): Promise<Ordered>;
export interface Convicted {
    readonly validator: string;
    readonly offence: string;
    /** The slot that holds the evidence. */
    readonly sequence: number;
    /** The epoch in which it is gone, and the checkpoint at which that begins; 0 where it stays. */
    readonly epoch: number;
    readonly from: number;
    /** Why it stays; empty where it leaves. */
    readonly stays: string;
}
/** Has evidence ordered. Throws `rejected` with what the validators say where they refuse it. */
export declare function sendEvidence(chain: Chain, urls: readonly string[], accusation: Accusation, timeoutMs: number): Promise<Convicted>;
/** Waits until a validator says that the epoch has begun. Throws `timeout`. */
export declare function untilEpoch(urls: readonly string[], epoch: number, timeoutMs: number): Promise<MembershipFigures>;
/** A change in a file, with who approves it so far. */
export interface ChangeFile {
    readonly version: 1;
    readonly chain: string;
    readonly change: SetChange;
    readonly approvals: readonly {
        readonly name: string;
        readonly member: number;
        readonly signature: string;
    }[];
}
export declare function readChangeFile(file: string, chain: Chain): ChangeFile;
//# sourceMappingURL=changes.d.ts.map