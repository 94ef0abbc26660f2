/** A key-value store. Requests and results as bytes: see `kv-codec.ts`. */
import { Reader } from '../codec/msgpack-reader.js';
import { bytesEqual } from '../core/bytes.js';
import { AuthenticatedMap } from './authenticated-map.js';
import { executeEach } from './execute-each.js';
import { KV_OP, KV_RESULT, MAX_KEY_BYTES } from './kv-codec.js';
import { integerParam, onlyKnownParams } from './params.js';
import { CommandError, errorResult, okResult } from './results.js';
/** Bounds on the state, agreed on in the genesis: clients can grow it. An entry costs some 400 bytes of memory besides. */
const DEFAULT_MAX_ENTRIES = 1_000_000;
const DEFAULT_MAX_BYTES = 1 << 30;
const NONE = new Uint8Array(0);
const reader = new Reader();
/** Views into the payload. Throws `CommandError` where it is no request. */
function parse(payload) {
    reader.reset(payload);
    const length = reader.array(4);
    const op = reader.uint(KV_OP.size);
    const parts = op === KV_OP.size ? 1 : op === KV_OP.put ? 3 : op === KV_OP.cas ? 4 : 2;
    if (length !== parts)
        reader.fail();
    const key = op === KV_OP.size ? NONE : reader.bin(MAX_KEY_BYTES);
    const expected = op === KV_OP.cas ? reader.bin(payload.length) : NONE;
    const value = op === KV_OP.put || op === KV_OP.cas ? reader.bin(payload.length) : NONE;
    const hole = (parts > 1 && key.length === 0) || (parts > 2 && value.length === 0);
    if (reader.code !== undefined || !reader.done || hole) {
        throw new CommandError('malformed', 'the payload is no request to kv');
    }
    return { op, key, expected, value };
}
export class KeyValueStore {
    name = 'kv';
    state;
    /** Sum of the lengths of keys and values. */
    bytes = 0;
    hasher;
    maxEntries;
    maxBytes;
    /** Parameters: `maxEntries` (1,000,000) and `maxBytes` (1 GiB), keys and values together. Throws `bad-genesis`. */
    constructor(params, hasher) {
        onlyKnownParams('kv', params, ['maxEntries', 'maxBytes']);
        this.maxEntries = integerParam('kv', params, 'maxEntries', DEFAULT_MAX_ENTRIES, 1, 100_000_000);
        this.maxBytes = integerParam('kv', params, 'maxBytes', DEFAULT_MAX_BYTES, 1, 2 ** 40);
        this.hasher = hasher;
        this.state = new AuthenticatedMap(hasher);
    }
    check(command) {
        try {
            const { op } = parse(command.payload);
            const reads = op === KV_OP.get || op === KV_OP.size;
            return reads || !command.readOnly ? undefined : 'a read cannot write';
        }
        catch (error) {
            return error instanceof CommandError ? error.message : 'the payload is no request to kv';
        }
    }
    execute(_context, commands) {
        return executeEach(this.state, commands, (command) => this.run(command.payload), (payload) => this.query(payload));
    }
    query(payload) {
        try {
            const { op, key } = parse(payload);
            if (op === KV_OP.get)
                return this.read(key);
            if (op !== KV_OP.size)
                return errorResult('read-only', 'a read cannot write');
            return okResult(3, (writer) => {
                writer.uint(KV_RESULT.size);
                writer.uint(this.state.size);
                writer.uint(this.bytes);
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
        this.adopt(AuthenticatedMap.fromChunks(this.hasher, chunks, root).snapshot());
    }
    adopt(state) {
        this.state = AuthenticatedMap.of(this.hasher, state);
        this.bytes = state.contentBytes;
    }
    run(payload) {
        const { op, key, expected, value } = parse(payload);
        switch (op) {
            case KV_OP.put:
                this.write(key, value);
                return DONE;
            case KV_OP.cas: {
                const before = this.state.get(key) ?? NONE;
                if (!bytesEqual(before, expected)) {
                    throw new CommandError('cas-mismatch', 'the key does not hold what was expected');
                }
                this.write(key, value);
                return DONE;
            }
            case KV_OP.delete:
                return this.remove(key);
            default:
                return this.query(payload);
        }
    }
    read(key) {
        const value = this.state.get(key);
        if (value === undefined)
            return ABSENT;
        return okResult(2, (writer) => {
            writer.uint(KV_RESULT.value);
            writer.bin(value);
        });
    }
    write(key, value) {
        const before = this.state.get(key);
        const grown = value.length - (before === undefined ? -key.length : before.length);
        if (before === undefined && this.state.size >= this.maxEntries) {
            throw new CommandError('state-full', `the store holds its ${this.maxEntries} entries; delete some`);
        }
        if (this.bytes + grown > this.maxBytes) {
            throw new CommandError('state-full', `the store holds its ${this.maxBytes} bytes; delete some`);
        }
        // Nothing throws from here on, so `bytes` needs no undoing. A copy, lest the value keep its transaction alive.
        this.state.set(key, Uint8Array.prototype.slice.call(value));
        this.bytes += grown;
    }
    remove(key) {
        const before = this.state.get(key);
        if (before !== undefined) {
            this.state.delete(key);
            this.bytes -= key.length + before.length;
        }
        return before === undefined ? NOT_DELETED : DELETED;
    }
}
const deleted = (existed) => okResult(2, (writer) => {
    writer.uint(KV_RESULT.deleted);
    writer.bool(existed);
});
const DELETED = deleted(true);
const NOT_DELETED = deleted(false);
const DONE = okResult(1, (writer) => writer.uint(KV_RESULT.done));
const ABSENT = okResult(1, (writer) => writer.uint(KV_RESULT.none));
//# sourceMappingURL=kv.js.map