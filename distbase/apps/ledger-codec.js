/**
 * The ledger's requests and results. Browser-safe.
 *
 * | request                                   | payload                | result                  |
 * | ----------------------------------------- | ---------------------- | ----------------------- |
 * | `{ op: 'transfer', to, amount, memo? }`   | `[0, to, amount, memo]` | `{ balance }`: the sender's afterwards |
 * | `{ op: 'balance', account }`              | `[1, account]`         | `{ balance }`           |
 * | `{ op: 'supply' }`                        | `[2]`                  | `{ supply, accounts }`  |
 *
 * `to` and `account` are client ids in hex. Amounts are integers in the ledger's smallest unit, at most 2⁵³ − 1,
 * so that a plain number holds every one of them exactly. A memo is text of up to 256 bytes that the ledger orders
 * and does not keep.
 */
import { Writer } from '../codec/msgpack-writer.js';
import { accountBytes, badRequest, requestOf } from './codec.js';
import { readResult } from './results.js';
export const LEDGER_OP = { transfer: 0, balance: 1, supply: 2 };
/** The second element of a result that is `true`. */
export const LEDGER_RESULT = { balance: 0, supply: 1 };
/** A line of text: what a payment is for. */
export const MAX_MEMO_BYTES = 256;
const READS = { balance: ['account'], supply: [] };
const COMMANDS = { transfer: ['to', 'amount', 'memo'], ...READS };
function amountOf(value) {
    const amount = typeof value === 'bigint' ? Number(value) : value;
    if (typeof amount !== 'number' || !Number.isSafeInteger(amount) || amount < 1) {
        throw badRequest("'amount' must be an integer from 1 to 2^53 - 1");
    }
    return amount;
}
function memoOf(value) {
    if (value === undefined)
        return '';
    if (typeof value !== 'string' || new TextEncoder().encode(value).length > MAX_MEMO_BYTES) {
        throw badRequest(`'memo' must be text of at most ${MAX_MEMO_BYTES} bytes`);
    }
    return value;
}
function encodeQuery(query) {
    return encodeRead(requestOf('ledger', query, READS));
}
function encodeRead({ op, account }) {
    const writer = new Writer(64);
    if (op === 'supply') {
        writer.array(1);
        writer.uint(LEDGER_OP.supply);
    }
    else {
        writer.array(2);
        writer.uint(LEDGER_OP.balance);
        writer.bin(accountBytes(account, 'account'));
    }
    return writer.view();
}
function encodeCommand(command) {
    const request = requestOf('ledger', command, COMMANDS);
    if (request.op !== 'transfer')
        return encodeRead(request);
    const writer = new Writer(128);
    writer.array(4);
    writer.uint(LEDGER_OP.transfer);
    writer.bin(accountBytes(request.to, 'to'));
    writer.uint(amountOf(request.amount));
    writer.str(memoOf(request.memo));
    return writer.view();
}
function readFields(reader, fields) {
    const kind = reader.uint(LEDGER_RESULT.supply);
    if (fields !== (kind === LEDGER_RESULT.supply ? 3 : 2))
        reader.fail();
    if (kind === LEDGER_RESULT.balance)
        return { balance: reader.uint() };
    return { supply: reader.uint(), accounts: reader.uint() };
}
function decodeResult(bytes) {
    return readResult(bytes, readFields);
}
export const ledgerCodec = { name: 'ledger', encodeCommand, encodeQuery, decodeResult };
//# sourceMappingURL=ledger-codec.js.map