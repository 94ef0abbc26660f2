/** Committed batches to the executor, results to whoever waits, and the states of checkpoints. */
import { encodeClientReply } from '../codec/client-messages.js';
import { NULL_BATCH } from '../core/batch.js';
import { bytesEqual } from '../core/bytes.js';
import { KEPT_CHECKPOINTS, MAX_PINNED_CHECKPOINTS } from '../core/limits.js';
/** A message as the store keeps it. */
export function signed({ from, envelope }) {
    return { from, body: envelope.body, signature: envelope.signature };
}
/** A batch this full, as a share of a limit, says that the primary is at capacity: to wait is then no offence. */
const FULL_SHARE = 0.5;
/** Hashes of a node in one turn, for a checkpoint: some 0.2 ms; and where the next checkpoint came before it was done. */
const HASHES_PER_TURN = 192;
const HASHES_IN_HASTE = 1_024;
/** Nodes looked at in one turn before a rollback: some 1.5 ms. */
const CHECKED_PER_TURN = 2_000;
/** How long a checkpoint is kept for whoever asked for it last, ms. */
const PINNED_MS = 10_000;
export class Execution {
    o;
    /** States at our checkpoints, from the last stable one on; they share all that did not change between them. */
    checkpoints = new Map();
    last;
    /** Checkpoints under way, in order. */
    jobs = [];
    sliced = false;
    /** Ends a rollback that is under way when it changes. */
    generation = 0;
    /** When each checkpoint that somebody is fetching was asked for last. */
    pinned = new Map();
    lastFullMs = -1;
    /** Bytes of the state that is on the disk; 0: none is. */
    savedBytes = 0;
    constructor(options) {
        this.o = options;
    }
    /** Installs the newest snapshot of the disk, or the genesis state. Throws `snapshot-damaged`. */
    restore() {
        const { snapshots, executor } = this.o;
        const saved = snapshots.load();
        if (saved !== undefined) {
            executor.restore(saved.sequence, saved.meta, saved.chunks);
            this.savedBytes = saved.chunks.reduce((sum, chunk) => sum + chunk.length, 0);
        }
        this.last = executor.checkpoint();
        this.checkpoints.set(this.last.sequence, this.last);
        return this.last;
    }
    /** Of the set that ruled the last slot: whose word an answer is. */
    get epoch() {
        return this.o.executor.membership.current.epoch;
    }
    get sequence() {
        return this.o.executor.sequence;
    }
    /** The last checkpoint made here. */
    get latest() {
        return this.last;
    }
    /** What the digest of a checkpoint that we hold binds. */
    metaAt(sequence) {
        return this.checkpoints.get(sequence)?.meta;
    }
    execute(sequence, batch) {
        const { executor, mempool, waiters, outbox, clock, telemetry, chain, store } = this.o;
        const executed = executor.execute(sequence, batch);
        telemetry.finalizedSlots++;
        // Queued: it is put into bytes, and written, when the replies have left.
        if (store.keepsSlots)
            store.add(executed.slot);
        if (batch === NULL_BATCH)
            return;
        const now = clock.nowMs();
        telemetry.finalizedTransactions += executed.transactions.length;
        telemetry.batchSize.observe(executed.transactions.length);
        let oldestMs = now;
        for (const { digest, sequence: at, result, failed } of executed.transactions) {
            if (failed)
                telemetry.transactionsFailed++;
            oldestMs = Math.min(oldestMs, mempool.arrivedMs(digest) ?? now);
            for (const session of waiters.take(digest)) {
                if (!session.open)
                    continue;
                telemetry.repliesSent++;
                outbox.reply(session, encodeClientReply({ kind: 'reply', transaction: digest, sequence: at, result, epoch: this.epoch }));
            }
        }
        telemetry.finalityMs.observe(now - oldestMs);
        mempool.committed(executed.transactions.map(({ digest }) => digest));
        for (const digest of mempool.expire(sequence))
            this.expired(digest);
        const { maxBatchTransactions, maxBatchBytes } = chain.genesis.parameters;
        const share = Math.max(batch.transactions.length / maxBatchTransactions, batch.bytes / maxBatchBytes);
        if (share >= FULL_SHARE)
            this.lastFullMs = now;
    }
    expired(transaction) {
        const message = 'its expiry sequence passed before it was ordered: sign it anew with a later one';
        for (const session of this.o.waiters.take(transaction)) {
            const code = 'transaction-expired';
            this.o.outbox.reply(session, encodeClientReply({ kind: 'refusal', transaction, code, message }));
        }
    }
    /** Since when somebody waits whom the primary could have served; −1: nobody. */
    demandSince() {
        const oldest = this.o.mempool.oldestMs;
        return oldest < 0 ? -1 : Math.max(oldest, this.lastFullMs);
    }
    /**
     * Begins the checkpoint of the state that execution just reached. It is made in slices, since hashing what changed may
     * take a tenth of a second; a small one is done at once.
     */
    checkpoint() {
        this.jobs.push(this.o.executor.beginCheckpoint());
        this.slice();
    }
    /** q validators signed this checkpoint, and we hold its state: history up to here can be proven. */
    certified(sequence, digest, certificate) {
        const state = this.checkpoints.get(sequence);
        if (state === undefined)
            return;
        this.o.store.certify({
            sequence,
            epoch: state.epoch,
            digest,
            meta: state.meta,
            certificate: certificate.map(signed),
        });
    }
    /** Gives up on whatever is done in slices. */
    stop() {
        this.jobs = [];
        this.generation++;
    }
    slice() {
        const budget = this.jobs.length > 1 ? HASHES_IN_HASTE : HASHES_PER_TURN;
        const made = this.jobs[0]?.step(budget);
        if (made !== undefined) {
            this.jobs.shift();
            this.last = made;
            this.checkpoints.set(made.sequence, made);
            this.o.onCheckpoint(made);
        }
        if (this.jobs.length === 0 || this.sliced)
            return;
        this.sliced = true;
        this.o.clock.endOfTurn(() => {
            this.sliced = false;
            this.slice();
        });
    }
    /** What lies below is kept only as long as somebody may ask for it. */
    forgetBelow(sequence) {
        const now = this.o.clock.nowMs();
        for (const [at, askedMs] of this.pinned)
            if (now - askedMs > PINNED_MS)
                this.pinned.delete(at);
        let below = 0;
        for (const at of this.checkpoints.keys())
            if (at < sequence)
                below++;
        // In the order in which they were made.
        for (const at of this.checkpoints.keys()) {
            if (below <= KEPT_CHECKPOINTS || at >= sequence)
                break;
            if (this.pinned.has(at))
                continue;
            this.checkpoints.delete(at);
            below--;
        }
    }
    /** A checkpoint that we hold, for a peer that fetches it; it is kept for as long as it is asked for. */
    serve(sequence) {
        const state = this.checkpoints.get(sequence);
        const pinned = this.pinned.has(sequence);
        if (state === undefined || (!pinned && this.pinned.size >= MAX_PINNED_CHECKPOINTS))
            return state;
        this.pinned.set(sequence, this.o.clock.nowMs());
        return state;
    }
    /** The application's states at the checkpoints at hand, newest last: for proofs. */
    held() {
        return [...this.checkpoints.values()].map(({ sequence, sections }) => ({
            sequence,
            state: sections[0],
        }));
    }
    /** Writes a checkpoint to the disk; false: we do not hold it. */
    save(sequence) {
        const state = this.checkpoints.get(sequence);
        if (state === undefined)
            return false;
        let bytes = 0;
        const counted = function* () {
            for (const chunk of state.chunks()) {
                bytes += chunk.length;
                yield chunk;
            }
        };
        this.o.snapshots.save(sequence, state.meta, counted());
        this.savedBytes = bytes;
        this.o.telemetry.snapshotsWritten++;
        return true;
    }
    /** Replaces the state by that of a checkpoint, proven. Throws `snapshot-damaged`. */
    adopt(meta, sections) {
        this.o.executor.adopt(meta, sections);
        this.stop();
        this.checkpoints.clear();
        this.pinned.clear();
        this.last = this.o.executor.checkpoint();
        this.checkpoints.set(this.last.sequence, this.last);
        this.settleWaiting();
    }
    /**
     * Puts the state of a checkpoint of ours back, after looking whether it is still what its digest says: in slices, then
     * `done` is told whether it is. Throws nothing.
     */
    rollback(sequence, done) {
        const state = this.checkpoints.get(sequence);
        const { executor, clock } = this.o;
        const roots = state && executor.sectionRoots(sequence, state.meta, state.digest);
        const named = roots?.every((root, i) => bytesEqual(root, state.sections[i].root)) === true;
        const checks = state === undefined || !named ? [] : state.sections.map((section) => section.check());
        const generation = ++this.generation;
        const slice = () => {
            if (generation !== this.generation)
                return;
            const at = checks.findIndex((check) => check.step(CHECKED_PER_TURN) === 0);
            if (at >= 0)
                return clock.endOfTurn(slice);
            const sound = checks.length > 0 && checks.every((check) => check.sound);
            if (sound)
                this.goBack(state);
            done(sound);
        };
        // Not within the step that found out: slots that it delivers execute first.
        clock.endOfTurn(slice);
    }
    goBack(state) {
        this.o.executor.adopt(state.meta, state.sections);
        this.jobs = [];
        for (const at of this.checkpoints.keys())
            if (at > state.sequence)
                this.checkpoints.delete(at);
        this.last = state;
        this.o.telemetry.rollbacks++;
    }
    /** After a step over slots that others executed: what waits here may have been among them. */
    settleWaiting() {
        const { mempool, executor, waiters, outbox, telemetry } = this.o;
        const gone = [];
        for (const { digest, client, nonce, expiry } of mempool) {
            const past = executor.past(client, nonce, expiry, digest);
            if (past.kind === 'new')
                continue;
            gone.push(digest);
            const sessions = waiters.take(digest);
            // Where the answer is not kept, those who executed it have given it.
            if (past.kind === 'refused')
                continue;
            for (const session of sessions) {
                telemetry.repliesSent++;
                const { sequence, result } = past;
                const { epoch } = this;
                const reply = { kind: 'reply', transaction: digest, sequence, result, epoch };
                outbox.reply(session, encodeClientReply(reply));
            }
        }
        mempool.committed(gone);
    }
    status() {
        const { executor } = this.o;
        const { sequence, digest, stateRoot } = this.last;
        return {
            sequence: executor.sequence,
            header: executor.header,
            timeMs: executor.timeMs,
            checkpoint: { sequence, digest, stateHash: stateRoot },
        };
    }
}
//# sourceMappingURL=execution.js.map