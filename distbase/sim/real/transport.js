/** The transport's twin: frames of real bytes over the simulated network. Its sessions are as good as their MACs. */
import { createFrameDecoder, encodeFrame, PEER_FRAME_LIMITS } from '../../codec/frame.js';
import { STATE_PIECES_ITEM } from '../../replica/state-items.js';
export const FRAME = 0;
/** Whether an item is an array of four that begins with the kind of an answer with pieces. */
const isPieces = (item) => item[0] === 0x94 && item[1] === STATE_PIECES_ITEM;
export class SimTransport {
    #o;
    #queues;
    #decode = createFrameDecoder(PEER_FRAME_LIMITS);
    #stats;
    #handlers;
    constructor(options) {
        this.#o = options;
        const n = options.ports.length;
        this.#queues = Array.from({ length: n }, () => []);
        const none = {
            framesIn: 0,
            framesOut: 0,
            bytesIn: 0,
            bytesOut: 0,
            dropped: 0,
            reconnects: 0,
            clients: 0,
        };
        this.#stats = { ...none, peers: new Array(n).fill(0), server: 'simulated' };
    }
    start(handlers) {
        this.#handlers = handlers;
        return Promise.resolve();
    }
    send(to, item) {
        // The item may lie in a buffer that is used again, and leaves only at the end of the turn.
        if (to === this.#o.self)
            return;
        const { keepBack } = this.#o;
        const copy = item.slice();
        if (keepBack !== undefined && isPieces(item)) {
            const mood = keepBack.float();
            if (mood < 0.25)
                return;
            if (mood < 0.75)
                copy[keepBack.below(copy.length)] ^= 1 << keepBack.below(8);
        }
        this.#queues[to].push(copy);
    }
    broadcast(item) {
        for (let to = 0; to < this.#queues.length; to++)
            this.send(to, item);
    }
    flush() {
        const { self, port, ports, network, sent, said } = this.#o;
        for (const [to, queue] of this.#queues.entries()) {
            if (queue.length === 0)
                continue;
            said?.(queue);
            const payload = encodeFrame(queue.map((item) => this.#spoilt(item, to)));
            this.#stats.framesOut++;
            this.#stats.bytesOut += payload.length;
            sent(to, queue.length, payload.length);
            queue.length = 0;
            for (const address of ports[to])
                network.send(port, address, FRAME, { from: self, payload });
        }
    }
    /** A frame arrives. */
    receive({ from, payload }) {
        this.#stats.framesIn++;
        this.#stats.bytesIn += payload.length;
        const items = this.#decode(payload);
        if (typeof items === 'string')
            this.#handlers.rejected(items, from, 'simulated');
        else
            this.#handlers.peerFrame(from, items);
    }
    #spoilt(item, to) {
        const { spoil, mangle } = this.#o;
        if (mangle !== undefined)
            return mangle(item, to);
        if (spoil === undefined || !spoil.chance(0.2))
            return item;
        const at = spoil.below(item.length);
        item[at] ^= 1 << spoil.below(8);
        return item;
    }
    route() { }
    setPeers() { }
    setBlocked(peer, blocked) {
        if (blocked)
            this.#o.network.cut(this.#o.port, peer);
        else
            this.#o.network.mend();
    }
    stats() {
        return this.#stats;
    }
    stop() {
        return Promise.resolve();
    }
}
//# sourceMappingURL=transport.js.map