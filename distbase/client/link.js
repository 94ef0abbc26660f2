/**
 * The connection to one validator: dials, proves who answers, authenticates frames, and dials again for as long as
 * the client lives, with a back-off that is doubled and jittered so that clients of a restarted validator do not
 * return in step.
 */
import { createFrameDecoder, VALIDATOR_FRAME_LIMITS } from '../codec/frame.js';
import { HANDSHAKE_TIMEOUT_MS, MAX_CLIENT_BACKLOG_BYTES } from '../core/limits.js';
import { Initiator } from '../crypto/handshake.js';
import { Session } from '../crypto/session.js';
const BACKOFF_FIRST_MS = 50;
const BACKOFF_MAX_MS = 2_000;
export class Link {
    url;
    /** It has been up at least once. */
    known = false;
    /** Who answered the last handshake; undefined before the first. */
    validator;
    /** Why the last connection ended, for error messages. */
    lastError = 'not tried yet';
    dial;
    context;
    events;
    stopwatch;
    decode = createFrameDecoder(VALIDATOR_FRAME_LIMITS);
    socket;
    session;
    handshake;
    timer;
    failures = 0;
    upSinceMs = 0;
    closed = false;
    constructor(url, dial, context, events, stopwatch) {
        this.url = url;
        this.dial = dial;
        this.context = context;
        this.events = events;
        this.stopwatch = stopwatch;
    }
    get ready() {
        return this.session !== undefined;
    }
    open() {
        if (this.closed)
            return;
        let current = true;
        const end = (reason) => {
            if (!current)
                return;
            current = false;
            clearTimeout(this.timer);
            this.lost(reason);
        };
        this.timer = setTimeout(() => this.socket?.close(), HANDSHAKE_TIMEOUT_MS);
        try {
            this.socket = this.dial(`${this.url.replace(/\/$/, '')}/client`, {
                opened: () => {
                    if (!current)
                        return;
                    this.handshake = new Initiator(this.context, undefined, undefined);
                    this.socket?.send(this.handshake.hello);
                },
                message: (bytes) => {
                    if (!current)
                        return;
                    this.stopwatch.begin('socket', this.validator);
                    const refused = this.session === undefined ? this.answer(bytes) : this.frame(this.session, bytes);
                    this.stopwatch.leave();
                    if (refused === undefined)
                        return;
                    this.socket?.close();
                    end(`the validator sent what was refused: ${refused}`);
                },
                closed: end,
            });
        }
        catch (error) {
            end(error.message);
        }
    }
    /**
     * Sends a frame whose first `MAC_BYTES` are room for the MAC; the bytes may be reused afterwards. A validator that
     * does not read is cut off: what it missed is sent again when it is back.
     */
    send(frame) {
        const { session, socket, stopwatch } = this;
        if (session === undefined || socket === undefined)
            return;
        if (socket.bufferedBytes > MAX_CLIENT_BACKLOG_BYTES) {
            socket.close();
            return;
        }
        stopwatch.enter('socket');
        session.seal(frame);
        socket.send(frame);
        stopwatch.leave();
        stopwatch.sent(this.validator);
    }
    close() {
        this.closed = true;
        clearTimeout(this.timer);
        this.socket?.close();
    }
    answer(bytes) {
        if (this.handshake === undefined)
            return 'handshake-malformed';
        const outcome = this.handshake.finish(bytes);
        this.handshake = undefined;
        if (typeof outcome === 'string')
            return outcome;
        this.socket.send(outcome.message);
        clearTimeout(this.timer);
        this.upSinceMs = performance.now();
        this.validator = outcome.responder;
        this.session = new Session(this.context.mac, outcome.keys);
        this.known = true;
        this.events.up(this);
        return undefined;
    }
    frame(session, bytes) {
        const payload = session.open(bytes);
        if (payload === undefined)
            return 'frame-mac';
        this.stopwatch.enter('codec');
        const items = this.decode(payload);
        this.stopwatch.leave();
        if (typeof items === 'string')
            return items;
        this.stopwatch.enter('client');
        this.events.items(this, items);
        this.stopwatch.leave();
        return undefined;
    }
    lost(reason) {
        const wasReady = this.session !== undefined;
        this.lastError = reason;
        this.session = undefined;
        this.socket = undefined;
        this.handshake = undefined;
        if (wasReady)
            this.events.down(this);
        else
            this.events.refused(this);
        if (this.closed)
            return;
        // A validator that takes the handshake and then hangs up is not to be dialled in a tight loop.
        if (wasReady && performance.now() - this.upSinceMs > BACKOFF_MAX_MS)
            this.failures = 0;
        const delayMs = Math.min(BACKOFF_FIRST_MS * 2 ** this.failures++, BACKOFF_MAX_MS);
        this.timer = setTimeout(() => this.open(), delayMs * (0.5 + Math.random() / 2));
    }
}
//# sourceMappingURL=link.js.map