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

import { Reader } from '../codec/msgpack-reader.ts';
import { invariant } from '../core/assert.ts';
import { bytesEqual, fromHex } from '../core/bytes.ts';
import { readUint53, uint53Bytes } from '../core/uint53.ts';
import type { Hasher } from '../crypto/hash.ts';
import { AuthenticatedMap, type MapSnapshot } from './authenticated-map.ts';
import { executeEach } from './execute-each.ts';
import type { ClientId, Command, ExecutionContext, StateMachine } from './interface.ts';
import { LEDGER_OP, LEDGER_RESULT, MAX_MEMO_BYTES } from './ledger-codec.ts';
import { type AppParams, badParams, integerParam, onlyKnownParams } from './params.ts';
import { CommandError, errorResult, okResult } from './results.ts';

/** Bound on the state, agreed on in the genesis: clients can grow it. An account costs some 400 bytes of memory. */
const DEFAULT_MAX_ACCOUNTS = 1_000_000;

const ID_BYTES = 32;
const SUPPLY_KEY = Uint8Array.of(0);

interface LedgerRequest {
  readonly op: number;
  /** A view into the payload: `to` of a transfer, the account of a balance. */
  readonly account: Uint8Array;
  readonly amount: number;
}

const NONE = new Uint8Array(0);
const reader = new Reader();

/** Throws `CommandError` where the payload is no request. */
function parse(payload: Uint8Array): LedgerRequest {
  reader.reset(payload);
  const length = reader.array(4);
  const op = reader.uint(LEDGER_OP.supply);
  if (length !== (op === LEDGER_OP.transfer ? 4 : op === LEDGER_OP.balance ? 2 : 1)) reader.fail();
  const account = op === LEDGER_OP.supply ? NONE : reader.bin(ID_BYTES);
  if (op !== LEDGER_OP.supply && account.length !== ID_BYTES) reader.fail();
  const amount = op === LEDGER_OP.transfer ? reader.uint() : 0;
  if (op === LEDGER_OP.transfer) reader.str(MAX_MEMO_BYTES);
  if (reader.code !== undefined || !reader.done) {
    throw new CommandError('malformed', 'the payload is no request to the ledger');
  }
  return { op, account, amount };
}

function accountKey(id: Uint8Array): Uint8Array {
  const key = new Uint8Array(1 + ID_BYTES);
  key[0] = 1;
  key.set(id, 1);
  return key;
}

function balanceResult(balance: number): Uint8Array {
  return okResult(2, (writer) => {
    writer.uint(LEDGER_RESULT.balance);
    writer.uint(balance);
  });
}

export class Ledger implements StateMachine {
  readonly name = 'ledger';
  private state: AuthenticatedMap;
  private readonly hasher: Hasher;
  private readonly maxAccounts: number;

  /**
   * Parameters: `allocations`, an object from client id (64 hex digits) to amount, and `maxAccounts` (1,000,000).
   * Throws `bad-genesis`.
   */
  constructor(params: AppParams, hasher: Hasher) {
    onlyKnownParams('ledger', params, ['allocations', 'maxAccounts']);
    this.maxAccounts = integerParam('ledger', params, 'maxAccounts', DEFAULT_MAX_ACCOUNTS, 1, 100_000_000);
    this.hasher = hasher;
    this.state = new AuthenticatedMap(hasher);
    const supply = this.allocate(params.allocations ?? {});
    this.state.set(SUPPLY_KEY, uint53Bytes(supply));
  }

  check(command: Command): string | undefined {
    try {
      const { op, amount } = parse(command.payload);
      if (op !== LEDGER_OP.transfer) return undefined;
      if (command.readOnly) return 'a read cannot transfer';
      return amount > this.supply() ? 'there is not that much money' : undefined;
    } catch (error) {
      return error instanceof CommandError ? error.message : 'the payload is no request to the ledger';
    }
  }

  execute(_context: ExecutionContext, commands: readonly Command[]): Uint8Array[] {
    return executeEach(
      this.state,
      commands,
      (command) => this.run(command),
      (payload) => this.query(payload),
    );
  }

  query(payload: Uint8Array): Uint8Array {
    try {
      const { op, account } = parse(payload);
      if (op === LEDGER_OP.balance) return balanceResult(this.balanceOf(accountKey(account)));
      if (op !== LEDGER_OP.supply) return errorResult('read-only', 'a read cannot transfer');
      return okResult(3, (writer) => {
        writer.uint(LEDGER_RESULT.supply);
        writer.uint(this.supply());
        writer.uint(this.accounts());
      });
    } catch (error) {
      if (error instanceof CommandError) return errorResult(error.code, error.message);
      throw error;
    }
  }

  stateHash(): Uint8Array {
    return this.state.root();
  }

  snapshot(): MapSnapshot {
    return this.state.snapshot();
  }

  restore(chunks: Iterable<Uint8Array>, root: Uint8Array): void {
    this.state = AuthenticatedMap.fromChunks(this.hasher, chunks, root);
  }

  adopt(state: MapSnapshot): void {
    this.state = AuthenticatedMap.of(this.hasher, state);
  }

  private run(command: Command): Uint8Array {
    const { op, account, amount } = parse(command.payload);
    if (op !== LEDGER_OP.transfer) return this.query(command.payload);
    return this.transfer(command.client, account, amount);
  }

  private transfer(client: ClientId, to: Uint8Array, amount: number): Uint8Array {
    const sender = fromHex(client);
    invariant(sender?.length === ID_BYTES, 'a client id is 32 bytes of hex');
    if (amount < 1) throw new CommandError('bad-amount', 'an amount is at least 1');
    const fromKey = accountKey(sender);
    const has = this.balanceOf(fromKey);
    if (has < amount) {
      throw new CommandError('insufficient-funds', `the account has ${has} and cannot spend ${amount}`);
    }
    if (bytesEqual(sender, to)) return balanceResult(has);
    const toKey = accountKey(to);
    const receives = this.state.get(toKey);
    const opens = receives === undefined && has > amount;
    if (opens && this.accounts() >= this.maxAccounts) {
      throw new CommandError('too-many-accounts', `the ledger holds its ${this.maxAccounts} accounts`);
    }
    if (has === amount) this.state.delete(fromKey);
    else this.state.set(fromKey, uint53Bytes(has - amount));
    this.state.set(toKey, uint53Bytes((receives === undefined ? 0 : readUint53(receives, 0)) + amount));
    return balanceResult(has - amount);
  }

  private balanceOf(key: Uint8Array): number {
    const bytes = this.state.get(key);
    return bytes === undefined ? 0 : readUint53(bytes, 0);
  }

  private supply(): number {
    return this.balanceOf(SUPPLY_KEY);
  }

  /** Accounts with money: all entries but the supply. */
  private accounts(): number {
    return this.state.size - 1;
  }

  /** Writes the genesis balances and gives their sum. */
  private allocate(allocations: unknown): number {
    if (typeof allocations !== 'object' || allocations === null || Array.isArray(allocations)) {
      throw badParams('ledger', "parameter 'allocations' must be an object from client id to amount");
    }
    let supply = 0;
    for (const [id, amount] of Object.entries(allocations)) {
      const bytes = fromHex(id);
      if (bytes?.length !== ID_BYTES) throw badParams('ledger', `'${id}' is no client id of 64 hex digits`);
      if (typeof amount !== 'number' || !Number.isSafeInteger(amount) || amount < 1) {
        throw badParams('ledger', `the allocation of ${id} must be an integer from 1 to 2^53 - 1`);
      }
      const key = accountKey(bytes);
      if (this.state.get(key) !== undefined) throw badParams('ledger', `${id} is allocated twice`);
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
