/**
 * How much one validator may have us read, before anything of it is decoded. The counters start anew every
 * `BUDGET_PERIOD_MS`, so that a frame costs two additions and no look at a clock. What is beyond is dropped and counted:
 * the protocols ask again for what they lack. A validator that others must hear is never cut off; one in quarantine has
 * the floor, which carries its votes.
 */
export declare const BUDGET_PERIOD_MS = 100;
export declare class Budget {
    #private;
    throttled: boolean;
    /** Whether a frame of so many bytes is read. */
    take(bytes: number): boolean;
    /** Something in a frame was not valid. */
    spoilt(): void;
    renew(): void;
}
//# sourceMappingURL=budget.d.ts.map