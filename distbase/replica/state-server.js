/**
 * Serves our state at checkpoints to those who lack it, without being in anybody's way: one answer at a time, each peer
 * in its turn, and after each a pause three times as long as it took, at least a millisecond. Answers leave behind the
 * votes of their turn, and not at all while much waits for the peer already.
 */
import { MAX_STATE_REQUESTS, STATE_PIECE_WORK } from '../core/limits.js';
import { encodeStatePieces, parseStateRequest } from './state-items.js';
/** Least pause between two answers, ms. */
const PAUSE_MS = 1;
/** A pause in units of what the answer took: serving has a quarter of the main thread at most. */
const PAUSE_SHARE = 3;
/** Bytes that wait for a peer above which it gets nothing more for now: its votes would have to wait behind. */
const MAX_WAITING_BYTES = 1 << 20;
export class StateServer {
    o;
    /** By who asks: validators, and guests that are about to be, in the order of their turns. */
    queues = new Map();
    cancelPause;
    constructor(options) {
        this.o = options;
    }
    onRequest(from, item) {
        const request = parseStateRequest(item);
        if (request === undefined)
            return 'body-malformed';
        const queue = this.queues.get(from) ?? [];
        this.queues.set(from, queue);
        if (queue.length >= MAX_STATE_REQUESTS)
            return 'rate-limited';
        // From now on it is kept, even if it becomes an old one before it is this peer's turn.
        this.o.checkpoint(request.sequence);
        queue.push(request);
        if (this.cancelPause === undefined)
            this.pause(PAUSE_MS);
        return undefined;
    }
    stop() {
        this.cancelPause?.();
        this.cancelPause = undefined;
        this.queues.clear();
    }
    pause(ms) {
        this.cancelPause = this.o.clock.after(ms, () => {
            this.cancelPause = undefined;
            const startedMs = this.o.clock.nowMs();
            this.serveNext();
            if (this.queues.size === 0)
                return;
            this.pause(Math.max(PAUSE_MS, PAUSE_SHARE * (this.o.clock.nowMs() - startedMs)));
        });
    }
    serveNext() {
        for (const [peer, queue] of this.queues) {
            if (this.o.backlog(peer) > MAX_WAITING_BYTES)
                continue;
            const request = queue.shift();
            // Behind the others, for its next turn.
            this.queues.delete(peer);
            if (queue.length > 0)
                this.queues.set(peer, queue);
            this.serve(peer, request);
            return;
        }
    }
    serve(to, { id, sequence, content }) {
        const state = this.o.checkpoint(sequence);
        const pieces = [];
        if (state !== undefined && content === undefined)
            pieces.push(state.meta);
        const section = content && state?.sections[content.section];
        let work = 0;
        for (const place of section === undefined ? [] : content.places) {
            const piece = section.piece(place, content.whole);
            // Nobody who knows the certified state asks for what is not there.
            if (piece === undefined)
                break;
            if (pieces.length > 0 && work + piece.length > STATE_PIECE_WORK)
                break;
            pieces.push(piece);
            work += piece.length;
        }
        const { telemetry } = this.o;
        telemetry.statePiecesServed += pieces.length;
        telemetry.stateBytesServed += work;
        this.o.send(to, encodeStatePieces({ id, sequence, pieces }));
    }
}
//# sourceMappingURL=state-server.js.map