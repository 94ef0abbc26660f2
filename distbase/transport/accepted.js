/** A connection that somebody made to us, until its handshake has ended. */
import { MAX_HANDSHAKE_FRAME_BYTES } from '../core/limits.js';
import { claimedInitiator, Responder, } from '../crypto/handshake.js';
import { Session } from '../crypto/session.js';
import { laneOf } from './admission.js';
export class AcceptedConnection {
    options;
    socket;
    door;
    lane;
    deadline;
    responder;
    state = 'hello';
    open;
    /** Undefined where there are too many already. */
    static admit(options, socket, door) {
        const connection = new AcceptedConnection(options, socket, door);
        if (options.admission.enter(connection))
            return connection;
        clearTimeout(connection.deadline);
        options.rejected('rate-limited', socket.remote);
        return undefined;
    }
    constructor(options, socket, door) {
        this.options = options;
        this.socket = socket;
        this.door = door;
        this.lane = laneOf(door, options.trusted);
        this.deadline = setTimeout(() => this.refuse('handshake-failed'), options.timeoutMs);
    }
    get remote() {
        return this.socket.remote;
    }
    message(data) {
        if (this.state === 'open')
            return this.open?.message(data);
        if (this.state === 'closed')
            return;
        if (data.length > MAX_HANDSHAKE_FRAME_BYTES)
            return this.refuse('frame-too-large');
        if (this.state === 'hello') {
            this.state = 'queued';
            const hello = data.slice();
            const claimed = claimedInitiator(hello);
            if (typeof claimed === 'number' && !this.options.wanted(claimed))
                return this.refuse('handshake-failed');
            return this.options.admission.answer(this, () => this.reply(hello));
        }
        // A second message before our reply went out: no honest side sends one.
        if (this.state === 'queued')
            return this.refuse('handshake-malformed');
        this.finish(data);
    }
    closed() {
        this.end('closed');
        this.open?.closed();
    }
    reply(hello) {
        if (this.state !== 'queued')
            return;
        this.responder = new Responder(this.options.context, this.options.self, this.door === 'peer');
        const reply = this.responder.reply(hello);
        if (typeof reply === 'string')
            return this.refuse(reply);
        this.state = 'finish';
        this.options.admission.answered(this);
        this.socket.send(reply);
    }
    finish(message) {
        const { context } = this.options;
        const result = this.responder?.finish(message) ?? 'handshake-malformed';
        if (typeof result === 'string')
            return this.refuse(result);
        this.end('open');
        this.open = this.options.connected(this.socket, new Session(context.mac, result.keys), result.peer);
        if (this.open === undefined) {
            this.state = 'closed';
            this.socket.close();
        }
    }
    evict() {
        this.refuse('rate-limited');
    }
    refuse(code) {
        this.options.rejected(code, this.socket.remote);
        this.end('closed');
        this.socket.close();
    }
    /** Leaves the handshake, once. */
    end(state) {
        if (this.state !== 'open' && this.state !== 'closed') {
            clearTimeout(this.deadline);
            this.responder = undefined;
            this.options.admission.leave(this, state === 'open');
        }
        this.state = state;
    }
}
//# sourceMappingURL=accepted.js.map