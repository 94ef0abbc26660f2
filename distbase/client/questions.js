/** Requests that one validator answers by itself: unordered reads, and its status. */
import { encodeClientRequest } from '../codec/client-messages.js';
import { LockstepError } from '../core/errors.js';
import { closedError, heed } from './submissions.js';
/** How long one validator may take for a read before another one is asked, ms. */
const PATIENCE_MS = 1_000;
export class Questions {
    open = new Map();
    links;
    send;
    /** 0 is the request id of the client's own probes. */
    lastId = 0;
    turn = 0;
    constructor(links, send) {
        this.links = links;
        this.send = send;
    }
    get size() {
        return this.open.size;
    }
    /** Asks one validator after another, until one answers. */
    read(payload, timeoutMs, signal) {
        const startedMs = performance.now();
        return new Promise((settled, failed) => {
            const waiter = heed(signal, { settled, failed });
            const requestId = ++this.lastId;
            const item = encodeClientRequest({ kind: 'query', requestId, payload });
            const answered = (answer) => {
                if (typeof answer === 'string' || !('result' in answer))
                    return;
                const { sequence, result } = answer;
                waiter.settled({ sequence, result: result.slice(), latencyMs: performance.now() - startedMs });
            };
            this.ask(requestId, item, timeoutMs, answered, waiter.failed);
        });
    }
    /** The status text of one validator. */
    status(link, timeoutMs) {
        return new Promise((resolve, reject) => {
            const requestId = ++this.lastId;
            const item = encodeClientRequest({ kind: 'status', requestId });
            const settled = (answer) => {
                if (typeof answer === 'string')
                    resolve(answer);
            };
            this.ask(requestId, item, timeoutMs, settled, reject, link);
        });
    }
    /** Asks one validator for a read under its lease; undefined where it gave no answer in time. */
    lease(link, payload, timeoutMs) {
        return new Promise((resolve) => {
            const requestId = ++this.lastId;
            const item = encodeClientRequest({ kind: 'lease-query', requestId, payload });
            const settled = (answer) => resolve(typeof answer === 'string' ? undefined : answer);
            this.ask(requestId, item, timeoutMs, settled, () => resolve(undefined), link);
        });
    }
    answered(requestId, link, answer) {
        const question = this.open.get(requestId);
        if (question === undefined || (!question.movable && question.link !== link))
            return;
        this.open.delete(requestId);
        question.settled(answer);
    }
    tick(nowMs) {
        for (const [id, question] of this.open) {
            if (nowMs >= question.deadlineMs) {
                const waitedMs = Math.round(nowMs - question.startedMs);
                this.fail(id, question, new LockstepError('timeout', `no validator answered within ${waitedMs} ms`));
            }
            else if (question.movable && (nowMs >= question.nextMs || question.link?.ready !== true)) {
                this.move(question, nowMs);
            }
        }
    }
    close() {
        for (const [id, question] of [...this.open])
            this.fail(id, question, closedError());
    }
    ask(id, item, timeoutMs, settled, failed, link) {
        const startedMs = performance.now();
        const question = {
            item,
            startedMs,
            deadlineMs: startedMs + timeoutMs,
            nextMs: 0,
            link,
            movable: link === undefined,
            settled,
            failed,
        };
        this.open.set(id, question);
        if (link !== undefined)
            this.send(link, [item]);
        else
            this.move(question, startedMs);
    }
    /** To the next validator that is connected, if there is one. */
    move(question, nowMs) {
        for (let i = 0; i < this.links.length; i++) {
            const link = this.links[this.turn++ % this.links.length];
            if (!link.ready)
                continue;
            question.link = link;
            question.nextMs = nowMs + PATIENCE_MS;
            this.send(link, [question.item]);
            return;
        }
    }
    fail(id, question, error) {
        this.open.delete(id);
        question.failed(error);
    }
}
//# sourceMappingURL=questions.js.map