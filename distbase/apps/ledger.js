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
import { Reader } from '../codec/msgpack-reader.js';
import { invariant } from '../core/assert.js';
import { bytesEqual, fromHex } from '../core/bytes.js';
import { readUint53, uint53Bytes } from '../core/uint53.js';
import { AuthenticatedMap } from './authenticated-map.js';
import { executeEach } from './execute-each.js';
import { LEDGER_OP, LEDGER_RESULT, MAX_MEMO_BYTES } from './ledger-codec.js';
import { badParams, integerParam, onlyKnownParams } from './params.js';
import { CommandError, errorResult, okResult } from './results.js';
/** Bound on the state, agreed on in the genesis: clients can grow it. An account costs some 400 bytes of memory. */
const DEFAULT_MAX_ACCOUNTS = 1_000_000;
const ID_BYTES = 32;
const SUPPLY_KEY = Uint8Array.of(0);
const NONE = new Uint8Array(0);
const reader = new Reader();
/** Throws `CommandError` where the payload is no request. */
function parse(payload) {
    reader.reset(payload);
    const length = reader.array(4);
    const op = reader.uint(LEDGER_OP.supply);
    if (length !== (op === LEDGER_OP.transfer ? 4 : op === LEDGER_OP.balance ? 2 : 1))
        reader.fail();
    const account = op === LEDGER_OP.supply ? NONE : reader.bin(ID_BYTES);
    if (op !== LEDGER_OP.supply && account.length !== ID_BYTES)
        reader.fail();
    const amount = op === LEDGER_OP.transfer ? reader.uint() : 0;
    if (op === LEDGER_OP.transfer)
        reader.str(MAX_MEMO_BYTES);
    if (reader.code !== undefined || !reader.done) {
        throw new CommandError('malformed', 'the payload is no request to the ledger');
    }
    return { op, account, amount };
}
function accountKey(id) {
    const key = new Uint8Array(1 + ID_BYTES);
    key[0] = 1;
    key.set(id, 1);
    return key;
}
function balanceResult(balance) {
    return okResult(2, (writer) => {
        writer.uint(LEDGER_RESULT.balance);
        writer.uint(balance);
    });
}
export class Ledger {
    name = 'ledger';
    state;
    hasher;
    maxAccounts;
    /**
     * Parameters: `allocations`, an object from client id (64 hex digits) to amount, and `maxAccounts` (1,000,000).
     * Throws `bad-genesis`.
     */
    constructor(params, hasher) {
        onlyKnownParams('ledger', params, ['allocations', 'maxAccounts']);
        this.maxAccounts = integerParam('ledger', params, 'maxAccounts', DEFAULT_MAX_ACCOUNTS, 1, 100_000_000);
        this.hasher = hasher;
        this.state = new AuthenticatedMap(hasher);
        const supply = this.allocate(params.allocations ?? {});
        this.state.set(SUPPLY_KEY, uint53Bytes(supply));
    }
    check(command) {
        try {
            const { op, amount } = parse(command.payload);
            if (op !== LEDGER_OP.transfer)
                return undefined;
            if (command.readOnly)
                return 'a read cannot transfer';
            return amount > this.supply() ? 'there is not that much money' : undefined;
        }
        catch (error) {
            return error instanceof CommandError ? error.message : 'the payload is no request to the ledger';
        }
    }
    execute(_context, commands) {
        return executeEach(this.state, commands, (command) => this.run(command), (payload) => this.query(payload));
    }
    query(payload) {
        try {
            const { op, account } = parse(payload);
            if (op === LEDGER_OP.balance)
                return balanceResult(this.balanceOf(accountKey(account)));
            if (op !== LEDGER_OP.supply)
                return errorResult('read-only', 'a read cannot transfer');
            return okResult(3, (writer) => {
                writer.uint(LEDGER_RESULT.supply);
                writer.uint(this.supply());
                writer.uint(this.accounts());
            });
        }
        catch (error) {
            if (error instanceof CommandError)
                return errorResult(error.code, error.message);
            throw error;
        }
    }
    stateHash() {
        return this.state.root();
    }
    snapshot() {
        return this.state.snapshot();
    }
    restore(chunks, root) {
        this.state = AuthenticatedMap.fromChunks(this.hasher, chunks, root);
    }
    adopt(state) {
        this.state = AuthenticatedMap.of(this.hasher, state);
    }
    run(command) {
        const { op, account, amount } = parse(command.payload);
        if (op !== LEDGER_OP.transfer)
            return this.query(command.payload);
        return this.transfer(command.client, account, amount);
    }
    transfer(client, to, amount) {
        const sender = fromHex(client);
        invariant(sender?.length === ID_BYTES, 'a client id is 32 bytes of hex');
        if (amount < 1)
            throw new CommandError('bad-amount', 'an amount is at least 1');
        const fromKey = accountKey(sender);
        const has = this.balanceOf(fromKey);
        if (has < amount) {
            throw new CommandError('insufficient-funds', `the account has ${has} and cannot spend ${amount}`);
        }
        if (bytesEqual(sender, to))
            return balanceResult(has);
        const toKey = accountKey(to);
        const receives = this.state.get(toKey);
        const opens = receives === undefined && has > amount;
        if (opens && this.accounts() >= this.maxAccounts) {
            throw new CommandError('too-many-accounts', `the ledger holds its ${this.maxAccounts} accounts`);
        }
        if (has === amount)
            this.state.delete(fromKey);
        else
            this.state.set(fromKey, uint53Bytes(has - amount));
        this.state.set(toKey, uint53Bytes((receives === undefined ? 0 : readUint53(receives, 0)) + amount));
        return balanceResult(has - amount);
    }
    balanceOf(key) {
        const bytes = this.state.get(key);
        return bytes === undefined ? 0 : readUint53(bytes, 0);
    }
    supply() {
        return this.balanceOf(SUPPLY_KEY);
    }
    /** Accounts with money: all entries but the supply. */
    accounts() {
        return this.state.size - 1;
    }
    /** Writes the genesis balances and gives their sum. */
    allocate(allocations) {
        if (typeof allocations !== 'object' || allocations === null || Array.isArray(allocations)) {
            throw badParams('ledger', "parameter 'allocations' must be an object from client id to amount");
        }
        let supply = 0;
        for (const [id, amount] of Object.entries(allocations)) {
            const bytes = fromHex(id);
            if (bytes?.length !== ID_BYTES)
                throw badParams('ledger', `'${id}' is no client id of 64 hex digits`);
            if (typeof amount !== 'number' || !Number.isSafeInteger(amount) || amount < 1) {
                throw badParams('ledger', `the allocation of ${id} must be an integer from 1 to 2^53 - 1`);
            }
            const key = accountKey(bytes);
            if (this.state.get(key) !== undefined)
                throw badParams('ledger', `${id} is allocated twice`);
            this.state.set(key, uint53Bytes(amount));
            supply += amount;
            if (!Number.isSafeInteger(supply))
                throw badParams('ledger', 'the allocations exceed 2^53 - 1 together');
        }
        if (this.state.size > this.maxAccounts) {
            throw badParams('ledger', `more allocations than 'maxAccounts', ${this.maxAccounts}`);
        }
        return supply;
    }
}
//# sourceMappingURL=ledger.js.map