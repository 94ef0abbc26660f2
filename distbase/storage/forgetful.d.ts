/**
 * The mark of a home that has forgotten what it promised: its vote log was lost, damaged, repaired, or is a copy. Such
 * a validator must not vote as the one that made those promises. It follows the others without a vote, asks to be taken
 * back as a new incarnation, and votes from the epoch in which the ledger holds the token of its mark.
 *
 * `data/incarnation.json`: `{ "version": 1, "token": "<32 hex digits>", "forgotten": true | false, "reason": "…" }`.
 * A home without the file is the one that the genesis, or its addition to the set, knows; its token is `NO_TOKEN`.
 * The token is drawn anew at every mark, so that a home need not know how often it has forgotten before: a copy of an
 * older incarnation has another token than the ledger, and sees that it is not meant.
 */
import { NO_TOKEN } from '../core/membership.ts';
export { NO_TOKEN };
export interface Incarnation {
    /** 32 lowercase hex digits: which incarnation this home is, or is to become. */
    readonly token: string;
    /** Until this token is final on the ledger, no vote of this home is a vote. */
    readonly forgotten: boolean;
    /** Why, for the operator; empty where nothing was forgotten. Of a log that was made anew with a loss it says so. */
    readonly reason: string;
}
/**
 * Marks the home whose data folder this is, durably, before anything of its log is changed. A second mark is a second
 * forgetting: the token is always a new one. Throws `storage-failed`.
 */
export declare function markForgetful(dataDir: string, reason: string): Incarnation;
/**
 * Takes the mark off a home that has a log again which may stand for the lost one, durably: `token` is what the ledger knows of
 * its validator; a reason stays where the log may lack what was promised. Throws `storage-failed`.
 */
export declare function unmarkForgetful(dataDir: string, token: string, reason: string): void;
/** Which incarnation the home is, and whether it may vote as such. Throws `log-damaged` where the file is none. */
export declare function readIncarnation(dataDir: string): Incarnation;
/** The mark of a forgetful home, or undefined where its promises are kept. */
export declare function readForgetful(dataDir: string): Incarnation | undefined;
/** The ledger holds this token for good: the home votes as this incarnation from now on. Before its first vote. */
export declare function settleIncarnation(dataDir: string): void;
//# sourceMappingURL=forgetful.d.ts.map