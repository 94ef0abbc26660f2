/** The Node half of `socket.ts`; loaded only there. */
import { WebSocket } from 'ws';
import { MAX_PEER_FRAME_BYTES } from '../core/limits.js';
const CONNECT_TIMEOUT_MS = 5_000;
export function dialNode(url, events) {
    const socket = new WebSocket(url, {
        perMessageDeflate: false,
        maxPayload: MAX_PEER_FRAME_BYTES,
        handshakeTimeout: CONNECT_TIMEOUT_MS,
        skipUTF8Validation: true,
    });
    let reason = '';
    socket.on('open', () => events.opened());
    socket.on('message', (data, binary) => {
        if (binary)
            events.message(data);
        else
            socket.terminate();
    });
    socket.on('error', (error) => {
        reason = error.message;
    });
    socket.on('close', (code, text) => events.closed(reason || text.toString() || `closed with code ${code}`));
    return {
        send: (bytes) => socket.send(bytes),
        // No closing handshake: whoever closes here has no more to say, and a hung validator would not answer.
        close: () => socket.terminate(),
        get bufferedBytes() {
            return socket.bufferedAmount;
        },
    };
}
//# sourceMappingURL=node-socket.js.map