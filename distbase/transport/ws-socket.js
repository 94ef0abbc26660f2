/** A connection of the `ws` library: those that we dial, and all where uWebSockets.js does not load. */
import { PING_MS, SILENCE_MS } from './socket.js';
export class WsSocket {
    copies = false;
    stable = true;
    remote;
    ws;
    pings;
    heardMs = performance.now();
    constructor(ws, remote) {
        this.ws = ws;
        this.remote = remote;
        // A peer whose machine is gone says nothing at all; TCP alone would notice after minutes.
        this.pings = setInterval(() => this.beat(), PING_MS);
        this.pings.unref();
    }
    listen(listener) {
        const { ws } = this;
        ws.on('message', (data) => {
            this.heardMs = performance.now();
            listener.message(new Uint8Array(data.buffer, data.byteOffset, data.length));
        });
        const heard = () => {
            this.heardMs = performance.now();
        };
        ws.on('ping', heard);
        ws.on('pong', heard);
        // An error is always followed by close.
        ws.on('error', () => ws.terminate());
        ws.on('close', () => {
            clearInterval(this.pings);
            listener.closed();
        });
    }
    send(frame) {
        if (this.ws.readyState !== this.ws.OPEN)
            return false;
        this.ws.send(frame, { binary: true, compress: false });
        return true;
    }
    buffered() {
        return this.ws.bufferedAmount;
    }
    close() {
        clearInterval(this.pings);
        this.ws.terminate();
    }
    beat() {
        if (performance.now() - this.heardMs > SILENCE_MS)
            this.ws.terminate();
        else if (this.ws.readyState === this.ws.OPEN)
            this.ws.ping();
    }
}
//# sourceMappingURL=ws-socket.js.map