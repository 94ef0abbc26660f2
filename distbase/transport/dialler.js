/** Keeps one outgoing connection to a validator: dials, shakes hands, and dials again with jittered back-off. */
import { WebSocket } from 'ws';
import { Initiator } from '../crypto/handshake.js';
import { Session } from '../crypto/session.js';
import { WsSocket } from './ws-socket.js';
/**
 * Back-off between attempts, ms: doubles from the first to the second value, each time ± half. The last one is short,
 * since a validator that restarts waits for those with higher ids to dial it, and an attempt costs a packet or two.
 */
const BACKOFF_MIN_MS = 50;
const BACKOFF_MAX_MS = 500;
/** A connection that lasted this long, ms, was a good one: the next failure starts from the shortest back-off. */
const GOOD_MS = 5000;
export class Dialler {
    options;
    socket;
    timer;
    delayMs = BACKOFF_MIN_MS;
    wanted = false;
    constructor(options) {
        this.options = options;
    }
    /** Dials until `stop`. */
    start() {
        if (this.wanted)
            return;
        this.wanted = true;
        this.delayMs = BACKOFF_MIN_MS;
        this.dial();
    }
    stop() {
        this.wanted = false;
        clearTimeout(this.timer);
        this.socket?.close();
        this.socket = undefined;
    }
    dial() {
        const { url } = this.options;
        const ws = new WebSocket(`${url.replace(/\/$/, '')}/peer`, {
            perMessageDeflate: false,
            maxPayload: this.options.maxFrameBytes,
            handshakeTimeout: this.options.timeoutMs,
            followRedirects: false,
            // Masks guard proxies against scripts in browsers (RFC 6455 §10.3); between validators a mask of zeros
            // spares a pass over every byte.
            generateMask: (mask) => mask.fill(0),
        });
        const socket = new WsSocket(ws, url);
        this.socket = socket;
        const attempt = new Attempt(this.options, socket);
        ws.on('upgrade', (response) => response.socket.setNoDelay(true));
        ws.on('open', () => attempt.begin());
        socket.listen({
            message: (data) => attempt.message(data),
            closed: () => {
                attempt.closed();
                // Not after a stop, even where a new start has come before this event.
                if (this.socket === socket)
                    this.again(attempt.upMs);
            },
        });
    }
    again(upMs) {
        this.socket = undefined;
        if (upMs > GOOD_MS)
            this.delayMs = BACKOFF_MIN_MS;
        const delayMs = this.delayMs * (0.5 + Math.random());
        this.delayMs = Math.min(this.delayMs * 2, BACKOFF_MAX_MS);
        this.timer = setTimeout(() => {
            this.options.retried();
            this.dial();
        }, delayMs);
    }
}
/** One connection from its first message to its last. */
class Attempt {
    options;
    socket;
    initiator;
    open;
    deadline;
    openedMs = 0;
    constructor(options, socket) {
        this.options = options;
        this.socket = socket;
    }
    /** For how long the session has been up, ms. */
    get upMs() {
        return this.openedMs === 0 ? 0 : performance.now() - this.openedMs;
    }
    begin() {
        const { context, self, peer } = this.options;
        this.deadline = setTimeout(() => this.refuse('handshake-failed'), this.options.timeoutMs);
        this.initiator = new Initiator(context, self, peer);
        this.socket.send(this.initiator.hello);
    }
    message(data) {
        if (this.open !== undefined)
            return this.open.message(data);
        const result = this.initiator?.finish(data) ?? 'handshake-malformed';
        if (typeof result === 'string')
            return this.refuse(result);
        this.initiator = undefined;
        clearTimeout(this.deadline);
        this.socket.send(result.message);
        this.openedMs = performance.now();
        this.open = this.options.connected(this.socket, new Session(this.options.context.mac, result.keys));
    }
    closed() {
        clearTimeout(this.deadline);
        this.open?.closed();
    }
    refuse(code) {
        this.options.rejected(code);
        this.socket.close();
    }
}
//# sourceMappingURL=dialler.js.map