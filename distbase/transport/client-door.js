/** Clients' connections: sessions of people without a name, each bounded, and all of them together. */
import { CLIENT_FRAME_LIMITS, createFrameDecoder } from '../codec/frame.js';
import { MAX_CLIENT_BACKLOG_BYTES, MAX_CLIENTS_BACKLOG_BYTES, MAX_PEER_FRAME_BYTES } from '../core/limits.js';
import { CLIENTS } from '../core/stopwatch.js';
import { Channel } from './channel.js';
export class ClientDoor {
    sessions = new Set();
    decode = createFrameDecoder(CLIENT_FRAME_LIMITS);
    options;
    waiting = new Set();
    backlogBytes = 0;
    lastId = 0;
    constructor(options) {
        this.options = options;
    }
    admit(socket, session) {
        if (this.sessions.size >= this.options.maxClients) {
            this.options.rejected('too-many-clients', socket.remote);
            return undefined;
        }
        const { traffic, stopwatch } = this.options;
        const channel = new Channel(socket, session, MAX_PEER_FRAME_BYTES, traffic, stopwatch);
        const client = new Client(++this.lastId, channel, this);
        this.sessions.add(client);
        return {
            message: (data) => this.message(client, data),
            closed: () => this.gone(client),
        };
    }
    /** False where the client was cut off. */
    push(client, item) {
        // One that reads is let through even when others fill the common bound.
        const crowded = client.heldBytes > 0 && this.backlogBytes > MAX_CLIENTS_BACKLOG_BYTES;
        if (crowded || !client.channel.push(item, MAX_CLIENT_BACKLOG_BYTES)) {
            this.options.rejected('rate-limited', client.remote);
            client.close();
            return false;
        }
        this.waiting.add(client);
        this.options.dirty();
        return true;
    }
    flush(builder) {
        for (const client of this.waiting) {
            if (!client.open)
                continue;
            if (!client.channel.flush(builder))
                client.close();
            else
                this.account(client);
            this.options.stopwatch.sent(CLIENTS);
        }
        this.waiting.clear();
    }
    closeAll() {
        for (const client of [...this.sessions])
            client.close();
    }
    /** Once per client, whichever side ended it. */
    gone(client) {
        if (!this.sessions.delete(client))
            return;
        client.open = false;
        this.backlogBytes -= client.heldBytes;
        this.waiting.delete(client);
        this.options.down(client);
    }
    account(client) {
        const held = client.channel.backlog();
        this.backlogBytes += held - client.heldBytes;
        client.heldBytes = held;
    }
    message(client, data) {
        if (!client.open)
            return;
        const { stopwatch } = this.options;
        stopwatch.begin('socket', CLIENTS);
        this.opened(client, data);
        stopwatch.leave();
    }
    opened(client, data) {
        const { stopwatch } = this.options;
        const payload = client.channel.open(data);
        stopwatch.enter('codec');
        const items = payload === undefined ? 'frame-mac' : this.decode(payload);
        stopwatch.leave();
        stopwatch.enter('driver');
        this.handle(client, items);
        stopwatch.leave();
    }
    handle(client, items) {
        if (typeof items !== 'string')
            return this.options.frame(client, items);
        // An anonymous sender of garbage has to begin again, handshake included.
        this.options.rejected(items, client.remote);
        client.close();
    }
}
export class Client {
    id;
    remote;
    channel;
    open = true;
    heldBytes = 0;
    door;
    constructor(id, channel, door) {
        this.id = id;
        this.remote = channel.socket.remote;
        this.channel = channel;
        this.door = door;
    }
    send(item) {
        return this.open && this.door.push(this, item);
    }
    close() {
        if (!this.open)
            return;
        this.open = false;
        this.channel.socket.close();
        this.door.gone(this);
    }
}
//# sourceMappingURL=client-door.js.map