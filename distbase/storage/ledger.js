/**
 * The ledger in an ordered map: executed slots, their index, certified checkpoints, evidence, and cells. Synchronous
 * and on one thread; `ledger-store.ts` gives it a thread of its own.
 *
 * | key                               | value                                                              |
 * | --------------------------------- | ------------------------------------------------------------------ |
 * | 1 ‖ sequence (8)                  | a slot, see `slot-record.ts`                                       |
 * | 2 ‖ sequence (8)                  | a certified checkpoint, see `ledger-records.ts`                    |
 * | 3 ‖ run (8)                       | the run's transactions by digest, see `ledger-index.ts`            |
 * | 4 ‖ run (8)                       | the same by client                                                 |
 * | 5 ‖ validator (8) ‖ number (8)    | evidence; its epoch times `MAX_EVIDENCE_PER_VALIDATOR`, and so on  |
 * | 6 ‖ name                          | a cell: format, chain, witness                                     |
 */
import { epochOfBody } from '../codec/body-epoch.js';
import { bytesEqual, toHex } from '../core/bytes.js';
import { LockstepError } from '../core/errors.js';
import { MAX_EVIDENCE_PER_VALIDATOR } from '../core/limits.js';
import { readUint53, writeUint53 } from '../core/uint53.js';
import { findInTable, firstOf, RUN_SLOTS, RunBuilder, runOf } from './ledger-index.js';
import { decodeCheckpoint, decodeEvidence, openCell, sealCell } from './ledger-records.js';
import { forEachTag, headerOf, readSlot } from './slot-record.js';
export const STORE_VERSION = 1;
const SLOT = 1;
const CHECKPOINT = 2;
const BY_DIGEST = 3;
const BY_CLIENT = 4;
const EVIDENCE = 5;
const CELL = 6;
const NOTHING = new Uint8Array(0);
const LAST = Number.MAX_SAFE_INTEGER;
const MOST_EPOCHS = Math.floor(LAST / MAX_EVIDENCE_PER_VALIDATOR);
/** Slots removed in one transaction, at least: twice what it writes, so that pruning keeps up without a long pause. */
const PRUNED_AT_LEAST = 256;
/** Runs asked in one go, before others get their turn: some milliseconds. */
const RUNS_AT_ONCE = 256;
function keyOf(table, number) {
    const key = Buffer.allocUnsafe(9);
    key[0] = table;
    writeUint53(key, 1, number);
    return key;
}
const cellKey = (name) => Buffer.concat([Uint8Array.of(CELL), Buffer.from(name, 'latin1')]);
/** The error for a store whose bytes are not what was written. */
export function storeDamaged(path, what) {
    return new LockstepError('store-damaged', `${path}: ${what}. The store is history and no promise: \`lockstep repair --home DIR\` puts it aside; what the vote log ` +
        'and the snapshot hold is stored anew, and older history is what the other validators have');
}
export class Ledger {
    o;
    t;
    byDigest = new RunBuilder();
    byClient = new RunBuilder();
    run = 0;
    headSequence = 0;
    /** No slot at or below it is here any more, by way of pruning. */
    floor = 0;
    /** Sequences of the checkpoints kept, ascending; the last one only, where all are kept. */
    checkpoints = [];
    /** Throws `wrong-chain`, `too-new`, `store-damaged`, `storage-failed`. */
    constructor(options) {
        this.o = options;
        this.t = options.tables;
        this.checkCells();
        this.load();
    }
    get head() {
        return this.headSequence;
    }
    /** After a transaction that failed: what is known of the tables is read from them anew. */
    reload() {
        this.load();
    }
    /** The caller's own bytes, as they were at the last transaction; undefined where there are none. */
    get witness() {
        const bytes = this.cell('witness');
        return bytes && Uint8Array.from(bytes);
    }
    cell(name) {
        const record = this.t.get(cellKey(name));
        if (record === undefined)
            return undefined;
        const bytes = openCell(record);
        if (bytes === undefined)
            throw storeDamaged(this.o.path, `its cell ${name} is damaged`);
        return bytes;
    }
    checkCells() {
        const { path, chainId } = this.o;
        const format = this.cell('format');
        if (format === undefined) {
            this.t.transact(() => {
                this.t.put(cellKey('format'), sealCell(Uint8Array.of(STORE_VERSION)));
                this.t.put(cellKey('chain'), sealCell(chainId));
            });
            return;
        }
        if (format[0] !== STORE_VERSION) {
            throw new LockstepError('too-new', `${path} has store format ${format[0]}; this release reads format ${STORE_VERSION}. Start it with the release that wrote it`);
        }
        const chain = this.cell('chain');
        if (chain === undefined || !bytesEqual(chain, chainId)) {
            throw new LockstepError('wrong-chain', `${path} belongs to chain ${toHex(chain ?? new Uint8Array(0)).slice(0, 16)}…, the genesis of this home is chain ` +
                `${toHex(chainId).slice(0, 16)}…. Put back the genesis that the store was made with, or use another home`);
        }
    }
    load() {
        this.headSequence = this.lastOf(SLOT);
        const kept = Number.isFinite(this.o.retain) ? this.o.retain + 1 : 1;
        this.checkpoints = this.numbers(CHECKPOINT, { reverse: true, limit: kept }).reverse();
        this.floor = Math.max(0, this.firstSlot() - 1);
        this.fillRun();
    }
    firstSlot() {
        return this.numbers(SLOT, { limit: 1 })[0] ?? 0;
    }
    lastOf(table) {
        return this.numbers(table, { reverse: true, limit: 1 })[0] ?? 0;
    }
    numbers(table, { from = 0, to = LAST, reverse = false, limit = Number.POSITIVE_INFINITY }) {
        const range = { from: keyOf(table, from), to: keyOf(table, to), reverse, limit };
        return this.t.keys(range).map((key) => readUint53(key, 1));
    }
    /** Builds the index of the run that the head is in. */
    fillRun() {
        this.byDigest.clear();
        this.byClient.clear();
        this.run = runOf(Math.max(1, this.headSequence));
        for (const sequence of this.numbers(SLOT, { from: firstOf(this.run) })) {
            this.index(sequence, this.t.get(keyOf(SLOT, sequence)));
        }
    }
    index(sequence, record) {
        let index = 0;
        forEachTag(record, (digest, client) => {
            this.byDigest.add(digest, sequence, index);
            this.byClient.add(client, sequence, index++);
        });
    }
    /** Writes all of it, in order, in one transaction. Throws `storage-failed`: the ledger is then of no more use. */
    apply(ops) {
        this.t.transact(() => {
            let slots = 0;
            for (const op of ops) {
                if (op.kind === 'slot')
                    slots += this.putSlot(op.sequence, op.record) ? 1 : 0;
                else if (op.kind === 'checkpoint')
                    this.putCheckpoint(op.sequence, op.record);
                else if (op.kind === 'truncate')
                    this.truncate(op.sequence);
                else if (op.kind === 'evidence')
                    this.putEvidence(op.from, op.record);
                else
                    this.t.put(cellKey('witness'), sealCell(op.bytes));
            }
            this.prune(Math.max(PRUNED_AT_LEAST, 2 * slots));
        });
    }
    /** False where it was here already, or is pruned: a replica that restarted executes again what its log holds. */
    putSlot(sequence, record) {
        if (sequence <= this.headSequence) {
            if (sequence <= this.floor)
                return false;
            const known = this.t.get(keyOf(SLOT, sequence));
            // Below the head and not here: others executed it for us, and we took their state.
            if (known === undefined || bytesEqual(headerOf(known), headerOf(record)))
                return false;
            this.truncate(sequence - 1);
        }
        const run = runOf(sequence);
        if (run !== this.run)
            this.closeRun(run);
        this.t.put(keyOf(SLOT, sequence), record);
        this.index(sequence, record);
        this.headSequence = sequence;
        return true;
    }
    closeRun(next) {
        if (this.byDigest.size > 0) {
            this.t.put(keyOf(BY_DIGEST, this.run), this.byDigest.table());
            this.t.put(keyOf(BY_CLIENT, this.run), this.byClient.table());
        }
        this.byDigest.clear();
        this.byClient.clear();
        this.run = next;
    }
    putCheckpoint(sequence, record) {
        const last = this.checkpoints.at(-1) ?? 0;
        if (sequence <= last)
            return;
        this.t.put(keyOf(CHECKPOINT, sequence), record);
        if (!Number.isFinite(this.o.retain))
            this.checkpoints.length = 0;
        this.checkpoints.push(sequence);
    }
    putEvidence(from, record) {
        const key = (number) => Buffer.concat([keyOf(EVIDENCE, from), keyOf(0, number).subarray(1)]);
        const fresh = decodeEvidence(record);
        if (fresh === undefined)
            throw storeDamaged(this.o.path, 'what is to be kept is no evidence');
        // A place is another validator's in another epoch: each has room of its own.
        const epoch = epochOfBody(fresh.first.body) ?? 0;
        const first = epoch < MOST_EPOCHS ? epoch * MAX_EVIDENCE_PER_VALIDATOR : 0;
        const most = MAX_EVIDENCE_PER_VALIDATOR;
        const there = this.t.keys({ from: key(first), to: key(first + most), limit: most });
        if (there.length >= most)
            return;
        // Found again after a restart.
        for (const known of there) {
            const old = decodeEvidence(this.t.get(known));
            if (old !== undefined && samePair(old, fresh))
                return;
        }
        this.t.put(key(first + there.length), record);
    }
    truncate(sequence) {
        for (const table of [SLOT, CHECKPOINT]) {
            for (const above of this.numbers(table, { from: sequence + 1 }))
                this.t.remove(keyOf(table, above));
        }
        const reopened = runOf(sequence + 1);
        for (const table of [BY_DIGEST, BY_CLIENT]) {
            for (const run of this.numbers(table, { from: reopened }))
                this.t.remove(keyOf(table, run));
        }
        this.headSequence = this.lastOf(SLOT);
        this.floor = Math.min(this.floor, sequence);
        this.checkpoints = this.checkpoints.filter((kept) => kept <= sequence);
        if (this.checkpoints.length === 0) {
            const last = this.lastOf(CHECKPOINT);
            if (last > 0)
                this.checkpoints.push(last);
        }
        // The head may be in a run that is closed: it is opened again.
        for (const table of [BY_DIGEST, BY_CLIENT]) {
            this.t.remove(keyOf(table, runOf(Math.max(1, this.headSequence))));
        }
        this.fillRun();
    }
    /** Removes up to `budget` slots that the retention does not ask for, and what belongs to them. */
    prune(budget) {
        const { retain } = this.o;
        if (this.checkpoints.length <= retain)
            return;
        const base = this.checkpoints[this.checkpoints.length - Math.max(1, retain)];
        const gone = this.numbers(SLOT, { from: this.floor + 1, to: base, limit: budget });
        for (const sequence of gone)
            this.t.remove(keyOf(SLOT, sequence));
        if (gone.length === budget) {
            this.floor = gone.at(-1);
            return;
        }
        this.floor = Math.max(this.floor, base);
        for (const table of [BY_DIGEST, BY_CLIENT]) {
            const runs = this.numbers(table, { to: runOf(base + 1) - 1, limit: budget });
            for (const run of runs)
                if (firstOf(run) + RUN_SLOTS - 1 <= base)
                    this.t.remove(keyOf(table, run));
        }
        for (const sequence of this.numbers(CHECKPOINT, { to: base - 1, limit: budget })) {
            this.t.remove(keyOf(CHECKPOINT, sequence));
        }
        this.checkpoints = this.checkpoints.filter((sequence) => sequence >= base);
    }
    // ------------------------------------------------------------------------------------- reading
    summary() {
        return {
            head: this.headSequence,
            first: this.firstSlot(),
            checkpoint: this.checkpoints.at(-1) ?? 0,
            diskBytes: this.t.diskBytes,
        };
    }
    slot(sequence) {
        return this.t.get(keyOf(SLOT, sequence));
    }
    /** Sequences of stored slots from `from` on, at most `limit`. */
    slotsFrom(from, limit) {
        return this.numbers(SLOT, { from, limit });
    }
    /** The first certified checkpoint at or above a sequence. */
    checkpointFrom(from) {
        const sequence = this.numbers(CHECKPOINT, { from, limit: 1 })[0];
        return sequence === undefined ? undefined : this.t.get(keyOf(CHECKPOINT, sequence));
    }
    /** The last one at or below. */
    checkpointTo(to) {
        const sequence = this.numbers(CHECKPOINT, { to, reverse: true, limit: 1 })[0];
        return sequence === undefined ? undefined : this.t.get(keyOf(CHECKPOINT, sequence));
    }
    evidence(limit) {
        const range = { from: keyOf(EVIDENCE, 0), to: keyOf(EVIDENCE + 1, 0), limit };
        return this.t.keys(range).flatMap((key) => (key[0] === EVIDENCE ? [this.t.get(key)] : []));
    }
    /** Where a tag occurs before a place, or from the newest on: up to `limit`, and a part of the way at a time. */
    find(kind, tag, before, limit) {
        const table = kind === 'digest' ? BY_DIGEST : BY_CLIENT;
        const from = before ?? { sequence: this.headSequence + 1, index: 0 };
        const newest = runOf(Math.max(1, Math.min(from.sequence, this.headSequence)));
        const positions = [];
        /** False once there are enough. */
        const take = (found) => {
            for (const position of found) {
                const { sequence, index } = position;
                if (sequence <= this.floor || sequence > from.sequence)
                    continue;
                if (sequence === from.sequence && index >= from.index)
                    continue;
                positions.push(position);
                if (positions.length === limit)
                    return false;
            }
            return true;
        };
        if (newest >= this.run) {
            const builder = kind === 'digest' ? this.byDigest : this.byClient;
            if (!take(builder.find(this.run, tag)))
                return { positions, next: positions.at(-1) };
        }
        const runs = this.numbers(table, {
            to: Math.min(newest, this.run - 1),
            reverse: true,
            limit: RUNS_AT_ONCE,
        });
        for (const run of runs) {
            const found = findInTable(this.t.get(keyOf(table, run)), run, tag);
            if (found === undefined)
                throw storeDamaged(this.o.path, `the index of run ${run} is damaged`);
            if (!take(found))
                return { positions, next: positions.at(-1) };
        }
        if (runs.length < RUNS_AT_ONCE)
            return { positions, next: undefined };
        return { positions, next: { sequence: firstOf(runs.at(-1)), index: 0 } };
    }
    /** Reads everything. Throws `store-damaged` where anything is not what was written. */
    check() {
        const { path } = this.o;
        for (const sequence of this.numbers(SLOT, {})) {
            if (readSlot(this.slot(sequence) ?? NOTHING) === undefined) {
                throw storeDamaged(path, `slot ${sequence} is damaged`);
            }
        }
        for (const sequence of this.numbers(CHECKPOINT, {})) {
            if (decodeCheckpoint(this.checkpointFrom(sequence) ?? NOTHING) === undefined) {
                throw storeDamaged(path, `checkpoint ${sequence} is damaged`);
            }
        }
        for (const table of [BY_DIGEST, BY_CLIENT]) {
            for (const run of this.numbers(table, {})) {
                if (findInTable(this.t.get(keyOf(table, run)) ?? NOTHING, run, 0) === undefined) {
                    throw storeDamaged(path, `the index of run ${run} is damaged`);
                }
            }
        }
        if (this.evidence(Number.POSITIVE_INFINITY).some((record) => decodeEvidence(record) === undefined)) {
            throw storeDamaged(path, 'its evidence is damaged');
        }
    }
    close() {
        return this.t.close();
    }
}
/** Whether both hold the same two messages, in whichever order. */
function samePair(a, b) {
    const same = (x, y) => bytesEqual(x.body, y.body);
    return ((same(a.first, b.first) && same(a.second, b.second)) ||
        (same(a.first, b.second) && same(a.second, b.first)));
}
//# sourceMappingURL=ledger.js.map