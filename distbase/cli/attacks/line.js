/** A connection to a validator's port by hand: what is said on it is up to whoever attacks. */
import { connect } from 'node:net';
import { WebSocket } from 'ws';
import { encodeFrame } from '../../codec/frame.js';
import { Initiator } from '../../crypto/handshake.js';
import { MAC_BYTES, Session } from '../../crypto/session.js';
/** How long anything may take that the other side does, ms. */
const PATIENCE_MS = 15_000;
export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
export class Line {
    ws;
    session;
    keys;
    closed = false;
    /** Whether frames that come are kept for `next`. */
    keeps = true;
    received = [];
    wake;
    constructor(ws) {
        this.ws = ws;
        ws.on('message', (data) => {
            if (this.keeps)
                this.received.push(Uint8Array.from(data));
            this.wake?.();
        });
        ws.on('error', () => undefined);
        ws.on('close', () => {
            this.closed = true;
            this.wake?.();
        });
    }
    /** Resolves when the WebSocket is open, or was refused. */
    static async open(url, door, origin = {}) {
        const ws = new WebSocket(`${url}/${door}`, {
            perMessageDeflate: false,
            ...origin,
            generateMask: (mask) => mask.fill(0),
        });
        const line = new Line(ws);
        const opened = new Promise((resolve) => {
            ws.once('open', resolve);
            ws.once('close', () => resolve());
        });
        await within(opened);
        return line;
    }
    send(bytes) {
        if (this.ws.readyState === WebSocket.OPEN)
            this.ws.send(bytes);
    }
    /** Bytes that the kernel has not taken yet. */
    get backlog() {
        return this.ws.bufferedAmount;
    }
    /** The next message, or undefined where the other side ended it or takes too long. */
    async next() {
        const end = performance.now() + PATIENCE_MS;
        while (this.received.length === 0 && !this.closed && performance.now() < end) {
            await within(new Promise((resolve) => {
                this.wake = resolve;
            }), 100);
        }
        return this.received.shift();
    }
    /** The initiator's half. Undefined where the other side refused. */
    async handshake(context, self, to) {
        const initiator = new Initiator(context, self, to);
        this.send(initiator.hello);
        const reply = await this.next();
        const result = reply === undefined ? 'handshake-failed' : initiator.finish(reply);
        if (typeof result === 'string')
            return undefined;
        this.send(result.message);
        this.keys = result.keys;
        this.session = new Session(context.mac, result.keys);
        return this.session;
    }
    /** A frame under the session's MAC, not sent. The counter moves on. */
    seal(payload) {
        const frame = new Uint8Array(MAC_BYTES + payload.length);
        frame.set(payload, MAC_BYTES);
        this.session?.seal(frame);
        return frame;
    }
    /** Items in a frame as an honest validator sends them. */
    items(items) {
        this.send(this.seal(encodeFrame(items)));
    }
    /** Whether the other side ended it, waiting for that. */
    async ended(waitMs = PATIENCE_MS) {
        const end = performance.now() + waitMs;
        while (!this.closed && performance.now() < end)
            await pause(5);
        return this.closed;
    }
    close() {
        this.ws.terminate();
    }
}
/** Resolves with the promise or after a time, whichever comes first. */
function within(work, ms = PATIENCE_MS) {
    let timer;
    const late = new Promise((resolve) => {
        timer = setTimeout(resolve, ms);
    });
    return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
/** Bytes over TCP. */
export class Tcp {
    socket;
    closed = false;
    received = '';
    constructor(url, origin = {}) {
        const { hostname, port } = new URL(url.replace('ws', 'http'));
        this.socket = connect({ host: hostname, port: Number(port), ...origin });
        this.socket.on('error', () => undefined);
        this.socket.on('close', () => {
            this.closed = true;
        });
        this.socket.on('data', (data) => {
            if (this.received.length < 4096)
                this.received += data.toString('latin1');
        });
    }
    write(bytes) {
        if (!this.socket.destroyed)
            this.socket.write(bytes);
    }
    /** Asks for a WebSocket and waits for the answer. */
    async upgrade(door) {
        this.write(upgradeRequest(door));
        const end = performance.now() + PATIENCE_MS;
        while (!this.received.includes('\r\n\r\n') && !this.closed && performance.now() < end)
            await pause(2);
    }
    async ended(waitMs = PATIENCE_MS) {
        const end = performance.now() + waitMs;
        while (!this.closed && performance.now() < end)
            await pause(5);
        return this.closed;
    }
    close() {
        this.socket.destroy();
    }
}
export function upgradeRequest(door) {
    return (`GET /${door} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n');
}
/** The head of a masked binary WebSocket message that announces so many bytes (RFC 6455 §5.2). */
export function announced(bytes) {
    const head = Buffer.alloc(14);
    head[0] = 0x82;
    head[1] = 0x80 | 127;
    head.writeBigUInt64BE(BigInt(bytes), 2);
    return head;
}
//# sourceMappingURL=line.js.map