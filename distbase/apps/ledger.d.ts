/**
 * Accounts and transfers. An account is a client id, and only its client can spend from it. Requests and results as
 * bytes: see `ledger-codec.ts`.
 *
 * No money is made: a transfer subtracts what it adds, and all there is comes from the genesis. Balances are plain
 * numbers: the whole supply is at most 2⁵³ − 1 by the check on the genesis, so no balance, being a part of it, and
 * no sum of two can leave the range in which they are exact.
 *
 * State: under `00` the supply, under `01` ‖ client id (32 bytes) a balance, both 8 bytes big-endian. An account
 * without money has no entry, so dust does not outlive its owner's interest.
 */
import type { Hasher } from '../crypto/hash.ts';
import { type MapSnapshot } from './authenticated-map.ts';
import type { Command, ExecutionContext, StateMachine } from './interface.ts';
import { type AppParams } from './params.ts';
export declare class Ledger implements StateMachine {
    readonly name = "ledger";
    private state;
    private readonly hasher;
    private readonly maxAccounts;
    /**
     * Parameters: `allocations`, an object from client id (64 hex digits) to amount, and `maxAccounts` (1,000,000).
     * Throws `bad-genesis`.
     */
    constructor(params: AppParams, hasher: Hasher);
    check(command: Command): string | undefined;
    execute(_context: ExecutionContext, commands: readonly Command[]): Uint8Array[];
    query(payload: Uint8Array): Uint8Array;
    stateHash(): Uint8Array;
    snapshot(): MapSnapshot;
    restore(chunks: Iterable<Uint8Array>, root: Uint8Array): void;
    adopt(state: MapSnapshot): void;
    private run;
    private transfer;
    private balanceOf;
    private supply;
    /** Accounts with money: all entries but the supply. */
    private accounts;
    /** Writes the genesis balances and gives their sum. */
    private allocate;
}
//# sourceMappingURL=ledger.d.ts.map