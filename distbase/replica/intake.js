/**
 * From a client's frame to the mempool, and back with the answer. A transaction is parsed, compared with what was
 * executed, checked once for its signature, asked of the application, and then waits to be ordered.
 */
import { decodeClientRequest, encodeClientReply } from '../codec/client-messages.js';
import { parseTransaction, transactionSigningInput } from '../codec/transaction.js';
import { MAX_EXPIRY_SPAN } from '../core/limits.js';
/** A single check that costs no more than this, in µs, does not wait for a batch. */
const INLINE_US = 100;
/** How old a status may be that a client is given, ms. */
const STATUS_MS = 20;
export class Intake {
    o;
    constructor(options) {
        this.o = options;
    }
    clientFrame(session, items) {
        const { stopwatch } = this.o;
        const limits = this.o.chain.genesis.parameters;
        const candidates = [];
        for (const item of items) {
            stopwatch.enter('codec');
            const request = decodeClientRequest(item, limits);
            stopwatch.leave();
            if (typeof request === 'string')
                this.o.telemetry.rejections.add(request);
            else if (request.kind === 'submit')
                this.consider(request.transaction, session, candidates);
            else if (request.kind === 'query')
                this.answerQuery(session, request.requestId, request.payload);
            else if (request.kind === 'lease-query')
                this.answerLease(session, request.requestId, request.payload);
            else if (request.kind === 'status')
                this.answerStatus(session, request.requestId);
            else
                this.answerEpochs(session, request.above);
        }
        this.check(candidates);
    }
    /**
     * Transactions that another validator passed on, or that this process submits itself. `onForged`: one of them is none, or
     * its signature does not hold.
     */
    submit(transactions, onForged) {
        const candidates = [];
        for (const bytes of transactions) {
            if (this.consider(bytes, undefined, candidates) === 'transaction-malformed')
                onForged?.();
        }
        this.check(candidates, onForged);
    }
    /** What of a proposed batch this replica has not checked yet, or why the batch is invalid for everybody. */
    unchecked(transactions, digests) {
        const items = [];
        for (const [i, bytes] of transactions.entries()) {
            if (this.o.mempool.has(digests[i]))
                continue;
            const parsed = parseTransaction(bytes, this.o.chain.genesis.parameters.maxTransactionBytes);
            if (typeof parsed === 'string')
                return 'batch-invalid';
            items.push(this.claim(parsed));
        }
        return items;
    }
    consider(bytes, session, candidates) {
        const { telemetry, mempool, waiters, executor, hasher, chain } = this.o;
        telemetry.transactionsReceived++;
        const digest = hasher.hex('transaction', bytes);
        if (mempool.has(digest)) {
            telemetry.transactionsRepeated++;
            if (session !== undefined)
                waiters.add(digest, session);
            return undefined;
        }
        const parsed = parseTransaction(bytes, chain.genesis.parameters.maxTransactionBytes);
        if (typeof parsed === 'string')
            return this.refuse(session, digest, parsed);
        if (this.settled(parsed, digest, session))
            return undefined;
        const next = executor.sequence + 1;
        if (parsed.expiry < next)
            return this.refuse(session, digest, 'transaction-expired');
        if (parsed.expiry > next + MAX_EXPIRY_SPAN)
            return this.refuse(session, digest, 'transaction-expiry-too-far');
        candidates.push({ parsed, digest, session });
        return undefined;
    }
    /** Answers what has executed already or can never execute. */
    settled(parsed, digest, session) {
        const past = this.o.executor.lookup(parsed, digest);
        if (past.kind === 'new')
            return false;
        if (past.kind === 'refused')
            this.refuse(session, digest, past.code);
        else {
            this.o.telemetry.transactionsRepeated++;
            if (session !== undefined)
                this.reply(session, digest, past.sequence, past.result);
        }
        return true;
    }
    check(candidates, onForged) {
        if (candidates.length === 0)
            return;
        const { verifier, telemetry } = this.o;
        const items = candidates.map(({ parsed }) => this.claim(parsed));
        if (items.length === 1 && verifier.costUs(items[0]) <= INLINE_US) {
            const holds = verifier.verifySync(items[0]);
            if (!holds)
                onForged?.();
            this.admit(candidates[0], holds);
            return;
        }
        telemetry.verifyBatch.observe(items.length);
        verifier.verify(items, 'transaction').then((verdicts) => {
            if (!verdicts.every((verdict) => verdict === 1))
                onForged?.();
            for (const [i, candidate] of candidates.entries())
                this.admit(candidate, verdicts[i] === 1);
        }, () => {
            for (const { session, digest } of candidates)
                this.refuse(session, digest, 'overloaded');
        });
    }
    claim(parsed) {
        return {
            suite: parsed.suite,
            publicKey: parsed.publicKey,
            message: transactionSigningInput(parsed.bytes, this.o.chain.id),
            signature: parsed.signature,
        };
    }
    admit({ parsed, digest, session }, holds) {
        const { app, executor, mempool, waiters, clock, wake } = this.o;
        if (!holds)
            return void this.refuse(session, digest, 'transaction-signature');
        // While its signature was checked, another copy of it may have gone all the way.
        if (!mempool.has(digest) && this.settled(parsed, digest, session))
            return;
        const client = executor.clientOf(parsed);
        const readOnly = parsed.kind === 'read';
        let advice;
        if (parsed.kind === 'change')
            advice = adviceOf(executor.adviseChange(parsed.payload));
        else if (parsed.kind === 'evidence')
            advice = adviceOf(executor.adviseEvidence(parsed.payload));
        else if (this.o.advises())
            advice = app.check({ client, payload: parsed.payload, readOnly });
        if (advice !== undefined)
            return void this.refuse(session, digest, 'transaction-refused', advice);
        // A copy: the transaction outlives its frame, which may hold a thousand others.
        const code = mempool.add({
            digest,
            bytes: parsed.bytes.slice(),
            client,
            nonce: parsed.nonce,
            expiry: parsed.expiry,
            arrivedMs: clock.nowMs(),
        });
        if (code !== undefined)
            return void this.refuse(session, digest, code);
        if (session !== undefined)
            waiters.add(digest, session);
        wake();
    }
    refuse(session, transaction, code, why) {
        this.o.telemetry.rejections.add(code);
        if (session === undefined)
            return code;
        const message = why ?? EXPLAINED[code] ?? '';
        this.o.outbox.reply(session, encodeClientReply({ kind: 'refusal', transaction, code, message }));
        this.o.wake();
        return code;
    }
    reply(session, transaction, sequence, result) {
        this.o.telemetry.repliesSent++;
        const { epoch } = this.o.executor.membership.current;
        const reply = { kind: 'reply', transaction, sequence, result, epoch };
        this.o.outbox.reply(session, encodeClientReply(reply));
        this.o.wake();
    }
    answerQuery(session, requestId, payload) {
        this.o.telemetry.queriesAnswered++;
        const result = this.o.app.query(payload);
        const { sequence } = this.o.executor;
        this.o.outbox.reply(session, encodeClientReply({ kind: 'answer', requestId, sequence, result }));
        this.o.wake();
    }
    /** The time is taken here, after the query came: a lease that held before it proves nothing. */
    answerLease(session, requestId, payload) {
        const { readable, leader } = this.o.lease();
        if (readable)
            return this.answerQuery(session, requestId, payload);
        this.o.outbox.reply(session, encodeClientReply({ kind: 'no-lease', requestId, leader }));
        this.o.wake();
    }
    answerEpochs(session, above) {
        for (const proof of this.o.proofs(above)) {
            this.o.outbox.reply(session, encodeClientReply({ kind: 'epoch', proof }));
        }
        this.o.wake();
    }
    statusJson = '';
    statusMs = Number.NEGATIVE_INFINITY;
    answerStatus(session, requestId) {
        const nowMs = this.o.clock.nowMs();
        // To say it costs as much as a commit, so that it is put together anew only now and then.
        if (nowMs - this.statusMs >= STATUS_MS) {
            this.statusJson = JSON.stringify(this.o.status());
            this.statusMs = nowMs;
        }
        const json = this.statusJson;
        this.o.outbox.reply(session, encodeClientReply({ kind: 'status', requestId, json }));
        this.o.wake();
    }
}
/** Why a change of the validators, or evidence, would be refused at present. */
function adviceOf(refusal) {
    return refusal && `${refusal.code}: ${refusal.message}`;
}
/** What a client reads beside the code. */
const EXPLAINED = {
    'transaction-malformed': 'the bytes are no transaction of this chain, or more than the chain takes',
    'transaction-signature': 'the signature does not hold for this chain, key and content',
    'transaction-expired': 'its expiry sequence has passed: sign it anew with a later one',
    'transaction-expiry-too-far': `its expiry is more than ${MAX_EXPIRY_SPAN} sequences ahead`,
    'transaction-nonce': 'the nonce was used, or is below the window of this client',
    'too-many-clients': 'the chain keeps windows for as many clients as it may',
    'mempool-full': 'as many transactions wait as may: try again in a moment',
    'rate-limited': 'this client has as many transactions waiting as one client may',
    overloaded: 'more signatures wait to be checked than may: try again in a moment',
};
//# sourceMappingURL=intake.js.map