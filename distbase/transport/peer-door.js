/** The other validators: one connection each, whoever dialled it, with a bounded queue. */
import { createFrameDecoder, PEER_FRAME_LIMITS } from '../codec/frame.js';
import { Allowance, medianSaid, SLICE_ITEMS } from './allowance.js';
import { BUDGET_PERIOD_MS, Budget } from './budget.js';
import { Channel } from './channel.js';
import { Dialler } from './dialler.js';
import { slowed } from './slowed.js';
/** Our own number before we have one: in the handshake's two bytes it is nobody's. */
export const NOBODY_YET = 0xffff;
/** While messages wait for their sender's allowance: how often some of them are looked at, ms. */
const DRIP_MS = 5;
export class PeerDoor {
    /** Items that went to nobody: not connected, or the queue was full. */
    dropped = 0;
    /** Frames that waited, or of which some did. */
    deferred = 0;
    /** Attempts to dial after the first. */
    reconnects = 0;
    options;
    peers = [];
    byId = new Map();
    blocked = new Set();
    number = NOBODY_YET;
    decode = createFrameDecoder(PEER_FRAME_LIMITS);
    stopped = false;
    renewal;
    constructor(options) {
        this.options = options;
        this.renewal = setInterval(() => {
            const median = medianSaid(this.peers.map(({ allowance }) => allowance.said));
            for (const { budget, allowance } of this.peers) {
                budget.renew();
                allowance.renew(median, budget.throttled);
            }
        }, BUDGET_PERIOD_MS);
        this.renewal.unref();
    }
    /** These have no more than the floor from now on; all others what everybody has. */
    setThrottled(ids) {
        for (const { id, budget } of this.peers)
            budget.throttled = ids.includes(id);
    }
    /** Whom we are connected with from now on. Those with a lower number than ours are dialled, the others dial us. */
    setPeers(peers) {
        const self = this.options.self().id;
        const renumbered = self !== this.number;
        this.number = self;
        const wanted = new Map(peers.filter(({ id }) => id !== self).map((peer) => [peer.id, peer]));
        for (const peer of this.peers) {
            const info = wanted.get(peer.id);
            // Under another number of ours, no connection is what it was.
            if (info?.ed25519 === peer.key && !renumbered)
                continue;
            peer.dialler?.stop();
            const { channel } = peer;
            this.byId.delete(peer.id);
            this.lost(peer, channel);
            channel?.socket.close();
        }
        for (const { id, ed25519, url } of wanted.values()) {
            const peer = this.byId.get(id) ?? {
                id,
                key: ed25519,
                url,
                channel: undefined,
                dialler: undefined,
                budget: new Budget(),
                allowance: new Allowance(),
            };
            this.byId.set(id, peer);
            if (peer.dialler !== undefined && peer.url !== url) {
                peer.dialler.stop();
                peer.dialler = undefined;
            }
            peer.url = url;
            if (self === NOBODY_YET || id >= self || url === '' || peer.dialler !== undefined)
                continue;
            peer.dialler = this.dialler(peer, url);
            if (!this.blocked.has(id))
                peer.dialler.start();
        }
        this.peers = [...this.byId.values()].sort((a, b) => a.id - b.id);
    }
    send(to, item) {
        const peer = this.byId.get(to);
        if (peer !== undefined)
            this.push(peer, item);
    }
    broadcast(item) {
        for (const peer of this.peers)
            this.push(peer, item);
    }
    flush(builder) {
        const { stopwatch } = this.options;
        for (const { id, channel } of this.peers) {
            if (!channel?.waiting)
                continue;
            if (!channel.flush(builder))
                channel.socket.close();
            stopwatch.sent(id);
        }
    }
    /** Whether an incoming connection of this peer is of any use. */
    wanted(id) {
        return id > this.options.self().id && this.byId.has(id) && !this.blocked.has(id) && !this.stopped;
    }
    /** A peer dialled us and proved who it is. */
    admit(id, socket, session) {
        return this.wanted(id) ? this.connected(this.byId.get(id), socket, session) : undefined;
    }
    setBlocked(id, blocked) {
        if (this.blocked.has(id) === blocked)
            return;
        if (blocked)
            this.blocked.add(id);
        else
            this.blocked.delete(id);
        const peer = this.byId.get(id);
        if (peer === undefined)
            return;
        if (!blocked) {
            peer.dialler?.start();
            return;
        }
        const { channel } = peer;
        this.lost(peer, channel);
        peer.dialler?.stop();
        channel?.socket.close();
    }
    /** Bytes that wait, by number; −1 where there is no connection, or nobody. */
    backlogs() {
        const self = this.options.self().id;
        const most = Math.max(self === NOBODY_YET ? -1 : self, this.peers.at(-1)?.id ?? -1);
        const out = new Array(most + 1).fill(-1);
        for (const peer of this.peers)
            out[peer.id] = peer.channel?.backlog() ?? -1;
        return out;
    }
    stop() {
        this.stopped = true;
        clearInterval(this.renewal);
        clearTimeout(this.dripping);
        for (const peer of this.peers) {
            peer.dialler?.stop();
            peer.channel?.socket.close();
            peer.channel = undefined;
        }
    }
    push(peer, item) {
        if (peer.channel?.push(item, this.options.maxBacklogBytes))
            this.options.dirty();
        else
            this.dropped++;
    }
    dialler(peer, url) {
        const { context, timeoutMs, maxFrameBytes, rejected } = this.options;
        return new Dialler({
            peer: peer.id,
            url,
            timeoutMs,
            maxFrameBytes,
            context,
            self: this.options.self(),
            connected: (socket, session) => this.connected(peer, socket, session),
            rejected: (code) => rejected(code, peer.id, url),
            retried: () => {
                this.reconnects++;
            },
        });
    }
    /** An older connection of the same peer is a leftover, of a restart or of a broken path. */
    connected(peer, socket, session) {
        const { maxFrameBytes, traffic, stopwatch, share, delayMs } = this.options;
        const line = slowed(socket, delayMs(peer.id));
        const channel = new Channel(line, session, maxFrameBytes, traffic, stopwatch, share);
        const old = peer.channel;
        this.lost(peer, old);
        old?.socket.close();
        peer.channel = channel;
        this.options.up(peer.id, old !== undefined);
        return {
            message: (data) => this.message(peer, channel, data),
            closed: () => this.lost(peer, channel),
        };
    }
    lost(peer, channel) {
        if (channel === undefined || peer.channel !== channel)
            return;
        peer.channel = undefined;
        peer.allowance.clear();
        if (!this.stopped)
            this.options.down(peer.id);
    }
    message(peer, channel, data) {
        if (peer.channel !== channel)
            return;
        const { stopwatch } = this.options;
        stopwatch.begin('socket', peer.id);
        this.open(peer, channel, data);
        stopwatch.leave();
    }
    open(peer, channel, data) {
        const payload = channel.open(data);
        if (payload === undefined) {
            // The byte stream was tampered with; the two counters never meet again.
            this.options.rejected('frame-mac', peer.id, channel.socket.remote);
            channel.socket.close();
            return;
        }
        // Nothing is spent on what is beyond its budget; the session's counter has moved on with it.
        if (!peer.budget.take(data.length)) {
            this.options.rejected('rate-limited', peer.id, channel.socket.remote);
            return;
        }
        if (peer.allowance.free)
            this.read(peer, payload);
        else if (peer.allowance.defer(payload)) {
            this.deferred++;
            this.later();
        }
        else
            this.options.rejected('rate-limited', peer.id, channel.socket.remote);
    }
    read(peer, payload) {
        const { stopwatch } = this.options;
        const { allowance } = peer;
        stopwatch.enter('codec');
        const items = this.decode(payload);
        stopwatch.leave();
        // A validator that sends garbage is counted, not cut off: its votes may still be good.
        stopwatch.enter('driver');
        if (typeof items === 'string') {
            allowance.count(1, payload.length);
            allowance.spend(1);
            peer.budget.spoilt();
            this.options.rejected(items, peer.id, peer.channel?.socket.remote ?? '');
        }
        else {
            allowance.count(items.length, payload.length);
            if (items.length <= SLICE_ITEMS) {
                allowance.spend(items.length);
                this.options.frame(peer.id, items);
            }
            else
                this.slice(peer, items, 0);
        }
        stopwatch.leave();
    }
    /** The next few messages of a frame; the rest waits for its turn. */
    slice(peer, items, at) {
        const end = Math.min(items.length, at + SLICE_ITEMS);
        peer.allowance.spend(end - at);
        if (end < items.length) {
            peer.allowance.keepRest(items, end);
            this.later();
        }
        this.options.frame(peer.id, items.slice(at, end));
    }
    dripping;
    soon = false;
    /** Goes on with what waits: in the next turn where its sender may still say something, else when it may. */
    later() {
        if (this.stopped)
            return;
        if (!this.soon && this.peers.some(({ allowance }) => allowance.waiting && !allowance.spent)) {
            this.soon = true;
            setImmediate(this.goOn);
        }
        this.dripping ??= setTimeout(() => {
            this.dripping = undefined;
            for (const { allowance } of this.peers)
                if (allowance.waiting)
                    allowance.drip(DRIP_MS);
            if (this.peers.some(({ allowance }) => allowance.waiting))
                this.later();
        }, DRIP_MS);
    }
    goOn = () => {
        this.soon = false;
        if (this.stopped)
            return;
        const { stopwatch } = this.options;
        for (const peer of this.peers) {
            if (peer.allowance.spent)
                continue;
            const waiting = peer.allowance.next();
            if (waiting === undefined)
                continue;
            stopwatch.begin('socket', peer.id);
            if ('payload' in waiting)
                this.read(peer, waiting.payload);
            else
                this.slice(peer, waiting.items, waiting.at);
            stopwatch.leave();
        }
        if (this.peers.some(({ allowance }) => allowance.waiting))
            this.later();
    };
}
//# sourceMappingURL=peer-door.js.map