/** The store's thread: it alone touches LMDB. Writes in the order in which groups arrive, and answers questions. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { LockstepError } from '../core/errors.js';
import { isDiskFull } from './files.js';
import { Ledger } from './ledger.js';
import { opsOf } from './ledger-groups.js';
import { ask } from './ledger-questions.js';
import { openLmdb } from './lmdb-tables.js';
import { COUNTERS, DONE, FAILED, FULL, REASON, REASON_BYTES, } from './store-protocol.js';
/** How long a full disk is left alone before it is tried again, ms. */
const RETRY_MS = 250;
/** What must be free before it is tried again, beside what waits, bytes. */
const ROOM_BYTES = 256 << 10;
const port = parentPort;
const { path, chainId, retain, progress } = workerData;
const counters = new Int32Array(progress, 0, COUNTERS);
const reason = new Uint8Array(progress, 4 * COUNTERS, REASON_BYTES);
const say = (message) => port.postMessage(message);
function plain(error) {
    if (error instanceof LockstepError)
        return { code: error.code, message: error.message };
    return {
        code: 'internal',
        message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
}
function explain(error, counter) {
    const text = new TextEncoder().encode(`${error.code} ${error.message}`).subarray(0, REASON_BYTES);
    reason.set(text);
    Atomics.store(counters, REASON, text.length);
    Atomics.store(counters, counter, 1);
    Atomics.notify(counters, DONE);
}
function fail(error) {
    const told = plain(error);
    say({ kind: 'failed', error: told });
    explain(told, FAILED);
}
/** Groups that a full disk did not take, in order; the first is tried again and again. */
const waiting = [];
function write(ledger) {
    while (waiting.length > 0 && Atomics.load(counters, FAILED) === 0) {
        try {
            ledger.apply(opsOf(waiting[0]));
        }
        catch (error) {
            if (!(error instanceof LockstepError) || error.code !== 'disk-full')
                return fail(error);
            // The transaction is undone; what the ledger had counted on is not.
            ledger.reload();
            if (Atomics.load(counters, FULL) === 0)
                say({ kind: 'full', error: plain(error) });
            explain(plain(error), FULL);
            setTimeout(() => retry(ledger), RETRY_MS);
            return;
        }
        waiting.shift();
        Atomics.store(counters, FULL, 0);
        say({ kind: 'written', head: ledger.head });
        Atomics.add(counters, DONE, 1);
        Atomics.notify(counters, DONE);
    }
}
/** Whether the disk takes twice what waits. LMDB is not asked before: it writes of each failure to standard error. */
function hasRoom() {
    const probe = join(path, 'room');
    try {
        writeFileSync(probe, new Uint8Array(ROOM_BYTES + 2 * (waiting[0]?.bytes.length ?? 0)));
        return true;
    }
    catch (error) {
        return !isDiskFull(error);
    }
    finally {
        rmSync(probe, { force: true });
    }
}
function retry(ledger) {
    if (waiting.length === 0)
        return;
    try {
        if (Atomics.load(counters, FULL) === 0 || hasRoom())
            write(ledger);
        else
            setTimeout(() => retry(ledger), RETRY_MS);
    }
    catch (error) {
        fail(error);
    }
}
try {
    const { tables, suspect } = await openLmdb({ path });
    const ledger = new Ledger({ tables, path, chainId, retain });
    if (suspect)
        ledger.check();
    port.on('message', (message) => {
        if (message.kind === 'question') {
            const { id, question } = message;
            try {
                say({ kind: 'answer', id, answer: ask(ledger, question) });
            }
            catch (error) {
                say({ kind: 'refused', id, error: plain(error) });
            }
            return;
        }
        if (message.kind === 'close') {
            // What a full disk did not take is in the vote log.
            waiting.length = 0;
            void ledger.close().then(() => {
                say({ kind: 'closed' });
                port.close();
            });
            return;
        }
        waiting.push(message.group);
        if (Atomics.load(counters, FULL) === 0)
            retry(ledger);
    });
    say({ kind: 'ready', head: ledger.head, witness: ledger.witness });
}
catch (error) {
    fail(error);
}
//# sourceMappingURL=store-worker.js.map