/**
 * One client's account on the ledger, as its acknowledged transfers describe it. A transfer's result is the balance
 * that it left behind, so that all transfers of a client make one chain: each starts from the balance that another
 * one left. A transfer that was acknowledged and lost lets a second one start from the same balance; one that was
 * executed twice leaves a gap that no transfer explains.
 */
export declare class AccountAudit {
    readonly name: string;
    /** What the chain has been followed to. */
    balance: number;
    acknowledged: number;
    /** Amounts of transfers whose outcome the client never learnt: each may have executed, once, or not. */
    readonly unknown: number[];
    readonly failures: string[];
    /** By the balance they started from: transfers ahead of the chain's end. */
    private readonly ahead;
    constructor(name: string, balance: number);
    /** A transfer of `amount` was acknowledged and left `after` behind. */
    settled(amount: number, after: number): void;
    private follow;
    /** Nothing is under way any more and the ledger says what is left: whether the chain explains it. */
    close(balance: number): void;
}
//# sourceMappingURL=account.d.ts.map