/**
 * From a payload to its result: takes a nonce, or waits for one; signs; sends to all validators; counts what they
 * answer; sends again what stays unanswered; gives up what is late.
 */
import { encodeClientRequest } from '../codec/client-messages.js';
import { LockstepError } from '../core/errors.js';
import { MAX_CLIENT_WAITING } from '../core/limits.js';
import { initialNonce, NonceWindow } from './nonces.js';
import { EXPIRY_SPAN } from './options.js';
import { Outstanding } from './outstanding.js';
/** First time between two sendings of a transaction that is not settled, ms; doubled each time. */
const RESEND_FIRST_MS = 2_000;
export class Submissions {
    o;
    outstanding;
    /** By validator: answers that were not those of f + 1 others. */
    conflicts;
    nonces;
    waiting = [];
    closed = false;
    constructor(options) {
        this.o = options;
        this.conflicts = new Array(options.n).fill(0);
        this.outstanding = new Outstanding(options.n, options.needed, options.refusals, (from) => {
            this.conflicts[from] = (this.conflicts[from] ?? 0) + 1;
        });
        this.nonces = new NonceWindow(initialNonce(Date.now()), options.limits.maxOutstanding);
    }
    /** Transactions sent and not settled. */
    get size() {
        return this.outstanding.size;
    }
    /** Signs a payload, has it ordered, and resolves with its decoded result. */
    order(kind, payload, options, decode) {
        const { author, heights, limits } = this.o;
        return new Promise((resolve, reject) => {
            this.requireOpen();
            const startedMs = performance.now();
            const deadlineMs = startedMs + (options.timeoutMs ?? limits.timeoutMs);
            let taken;
            let over = false;
            const end = () => {
                over = true;
                if (taken !== undefined)
                    this.release(taken);
            };
            const waiter = heed(options.signal, {
                settled({ sequence, result, latencyMs }) {
                    end();
                    resolve({ sequence, result: decode(result), latencyMs });
                },
                failed(error) {
                    end();
                    reject(error);
                },
            });
            const send = (nonce) => {
                try {
                    const expiry = options.expiry ?? heights.current + EXPIRY_SPAN;
                    this.send(author.sign({ kind, payload, nonce, expiry }), waiter, startedMs, deadlineMs);
                }
                catch (error) {
                    waiter.failed(error);
                }
            };
            const sendAs = (nonce) => {
                taken = nonce;
                send(nonce);
            };
            if (options.nonce !== undefined)
                send(options.nonce);
            else
                this.whenNonce({ deadlineMs, alive: () => !over, send: sendAs, fail: waiter.failed });
        });
    }
    /** Sends a transaction that is signed already. */
    transmit(transaction, waiter, timeoutMs = this.o.limits.timeoutMs) {
        if (this.closed)
            return waiter.failed(closedError());
        const startedMs = performance.now();
        this.send(transaction, waiter, startedMs, startedMs + timeoutMs);
    }
    /** A validator's answer. */
    reply(from, transaction, sequence, result, nowMs) {
        if (this.outstanding.reply(from, transaction, sequence, result, nowMs))
            this.o.heights.executed(sequence);
    }
    refusal(from, transaction, code, message, nowMs) {
        this.outstanding.refusal(from, transaction, code, message, nowMs);
    }
    /** Another set of validators: what is outstanding goes to all of them. */
    resize(n, needed, refusals, members) {
        this.outstanding.resize(n, needed, refusals, members, performance.now());
    }
    /** The encoded requests that are outstanding, oldest first. */
    items() {
        return this.outstanding.items();
    }
    tick(nowMs) {
        this.outstanding.tick(nowMs, (item) => this.o.transmitter.broadcast(item));
        if (this.waiting.length === 0)
            return;
        const late = this.waiting.filter((one) => one.alive() && nowMs >= one.deadlineMs);
        this.waiting = this.waiting.filter((one) => one.alive() && nowMs < one.deadlineMs);
        for (const one of late) {
            one.fail(new LockstepError('timeout', 'its time was up before the transactions ahead of it were settled'));
        }
    }
    close() {
        this.closed = true;
        const waiting = this.waiting;
        this.waiting = [];
        for (const one of waiting)
            if (one.alive())
                one.fail(closedError());
        this.outstanding.failAll(closedError());
    }
    requireOpen() {
        if (this.closed)
            throw closedError();
    }
    send(transaction, waiter, startedMs, deadlineMs) {
        const { hasher, maxTransactionBytes, transmitter } = this.o;
        const digest = hasher.hex('transaction', transaction);
        if (transaction.length > maxTransactionBytes) {
            const why = `the transaction has ${transaction.length} bytes, and this chain takes ${maxTransactionBytes}`;
            return waiter.failed(new LockstepError('bad-request', why));
        }
        if (this.outstanding.has(digest)) {
            return waiter.failed(new LockstepError('bad-request', 'this very transaction is outstanding already'));
        }
        const item = encodeClientRequest({ kind: 'submit', transaction });
        this.outstanding.add({
            digest,
            item,
            waiter,
            startedMs,
            deadlineMs,
            resendAtMs: startedMs + RESEND_FIRST_MS,
            resendAfterMs: RESEND_FIRST_MS,
            candidates: [],
            refusals: [],
        });
        transmitter.broadcast(item);
    }
    /** Sends with the next nonce, now or when there is one. */
    whenNonce(one) {
        const nonce = this.waiting.length === 0 ? this.nonces.take() : undefined;
        if (nonce !== undefined)
            one.send(nonce);
        else if (this.waiting.length < MAX_CLIENT_WAITING)
            this.waiting.push(one);
        else
            one.fail(new LockstepError('busy', `${MAX_CLIENT_WAITING} transactions wait in this client already`));
    }
    release(nonce) {
        this.nonces.release(nonce);
        while (this.waiting.length > 0) {
            const next = this.nonces.take();
            if (next === undefined)
                return;
            const one = this.waiting.shift();
            if (one?.alive())
                one.send(next);
            else
                this.nonces.release(next);
        }
    }
}
export function closedError() {
    return new LockstepError('closed', 'the client was closed');
}
/** Fails with the signal's reason as soon as it is aborted; what comes later is not heard. */
export function heed(signal, waiter) {
    if (signal === undefined)
        return waiter;
    signal.throwIfAborted();
    let over = false;
    const end = (then) => {
        if (over)
            return;
        over = true;
        signal.removeEventListener('abort', abort);
        then();
    };
    const abort = () => end(() => waiter.failed(signal.reason));
    signal.addEventListener('abort', abort);
    return {
        settled: (outcome) => end(() => waiter.settled(outcome)),
        failed: (error) => end(() => waiter.failed(error)),
    };
}
//# sourceMappingURL=submissions.js.map