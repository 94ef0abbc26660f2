/**
 * The production machine of a protocol in a process whose work is counted in µs: what the driver does with it, in the
 * driver's order (see `replica/replica.ts`), with real encodings for the sizes of messages, and with signatures that are
 * as long as real ones and otherwise nothing.
 */
import { MYSELF } from './world.js';
/** A log that grows is what state transfer is for; nothing of that happens here. */
const GENESIS_DIGEST = '00'.repeat(32);
export class CostedReplica {
    counts = { messages: 0, bytes: 0, signed: 0, checked: 0, slots: 0 };
    o;
    self;
    process;
    /** By id; then the client. */
    peers;
    client;
    machine;
    events = [];
    out = [];
    timers = new Map();
    /** Requests that are not executed, when each came, and those that are in somebody's proposal. */
    waiting = new Map();
    proposed = new Set();
    toAll = [];
    toOne = new Map();
    replies = [];
    demandMs = -1;
    logged = false;
    nowMs = 0;
    us = 0;
    constructor(setting, self, process, peers, client) {
        this.o = setting;
        this.self = self;
        this.process = process;
        this.peers = peers;
        this.client = client;
    }
    turn(arrivals, nowMs) {
        this.nowMs = nowMs;
        this.us = 0;
        if (this.machine === undefined)
            this.start();
        for (const { from, payload } of arrivals) {
            if (from === MYSELF)
                this.timer(payload);
            else if (from === this.client.id)
                this.request(payload.request);
            else
                for (const item of payload)
                    this.receive(item.attested);
        }
        this.drain();
        this.propose();
        if (this.demand())
            this.propose();
        this.flush();
        return this.us;
    }
    start() {
        const config = { ...this.o.config, self: this.self };
        this.machine = this.o.protocol.create(config, [], this.nowMs, this.out);
        this.carryOut();
    }
    timer(timer) {
        if (timer?.live !== true)
            return;
        this.timers.delete(timer.name);
        this.events.push({ kind: 'timer', timer: timer.name });
        this.drain();
    }
    request(number) {
        this.us += this.o.costs.transactionUs;
        if (!this.waiting.has(number))
            this.waiting.set(number, this.nowMs);
    }
    known = (certificate) => this.machine.certified?.(certificate) === true;
    receive(attested) {
        const { costs, codec, signaturesEach } = this.o;
        const { message, from } = attested;
        if (!this.machine.relevant(message, from)) {
            this.us += costs.messageUs / 2;
            return;
        }
        this.us += costs.messageUs;
        const signed = (attested.envelope.signature.length > 0 ? 1 : 0) + codec.nested(message, this.known).length;
        this.us += signed * costs.verifyUs;
        this.counts.checked += signed * signaturesEach;
        this.events.push({ kind: 'message', attested });
        this.drain();
    }
    drain() {
        for (let event = this.events.shift(); event !== undefined; event = this.events.shift()) {
            this.machine.step(event, this.nowMs, this.out);
            this.carryOut();
        }
    }
    carryOut() {
        for (let i = 0; i < this.out.length; i++)
            this.effect(this.out[i]);
        this.out.length = 0;
    }
    demand() {
        let oldestMs = -1;
        for (const atMs of this.waiting.values()) {
            oldestMs = atMs;
            break;
        }
        if (oldestMs === this.demandMs)
            return false;
        this.demandMs = oldestMs;
        this.events.push({ kind: 'demand', oldestMs });
        this.drain();
        return true;
    }
    propose() {
        const { machine, events } = this;
        for (;;) {
            const room = machine.proposable() && machine.status().inFlight < this.o.pipelineDepth;
            const batch = room ? this.next() : undefined;
            if (batch === undefined && machine.drives?.() !== true)
                return;
            events.push(batch === undefined ? { kind: 'idle' } : { kind: 'propose', batch });
            this.drain();
        }
    }
    next() {
        for (const number of this.waiting.keys()) {
            if (this.proposed.has(number))
                continue;
            this.proposed.add(number);
            return this.o.batch(number);
        }
        return undefined;
    }
    effect(effect) {
        switch (effect.kind) {
            case 'persist':
                this.logged = true;
                return;
            case 'send':
                return this.post(effect.to, this.sign(effect.message));
            case 'attest': {
                const item = this.sign(effect.message);
                this.logged = true;
                if (effect.unsent !== true)
                    this.post(undefined, item);
                this.events.push({ kind: 'message', attested: item.attested });
                return;
            }
            case 'forward':
                return this.post(effect.to, this.itemOf(effect.attested));
            case 'timer':
                return this.setTimer(effect.timer, effect.delayMs);
            case 'cancel':
                return this.cancel(effect.timer);
            case 'deliver':
                return this.execute(effect.sequence, effect.batch);
            case 'pending':
                this.proposed.add(this.o.requestOf(effect.batch));
                return;
            case 'view':
                this.proposed.clear();
                return;
            default:
                return;
        }
    }
    sign(message) {
        const { codec, costs, signsVotes, signatureBytes, signaturesEach, protocol } = this.o;
        const { signed } = protocol.messages[message.type];
        const signs = signed === 'always' || (signed === 'vote' && signsVotes);
        this.us += costs.ownMessageUs;
        if (signs) {
            this.us += costs.signUs;
            this.counts.signed += signaturesEach;
        }
        const body = codec.encodeBody(message, this.self);
        const signature = new Uint8Array(signs ? signatureBytes : 0);
        return this.itemOf({ from: this.self, message, envelope: { body, signature } });
    }
    sizes = new WeakMap();
    itemOf(attested) {
        let bytes = this.sizes.get(attested);
        if (bytes === undefined) {
            bytes = this.o.codec.encodeItem(attested).length;
            this.sizes.set(attested, bytes);
        }
        return { attested, bytes };
    }
    post(to, item) {
        const receivers = to === undefined ? this.peers.length - 1 : 1;
        this.counts.messages += receivers;
        this.counts.bytes += receivers * item.bytes;
        if (to === undefined)
            this.toAll.push(item);
        else if (to !== this.self)
            this.toOne.set(to, [...(this.toOne.get(to) ?? []), item]);
    }
    setTimer(name, delayMs) {
        this.cancel(name);
        const timer = { name, live: true };
        this.timers.set(name, timer);
        this.process.remember(delayMs, timer);
    }
    cancel(name) {
        const timer = this.timers.get(name);
        if (timer !== undefined)
            timer.live = false;
        this.timers.delete(name);
    }
    execute(sequence, batch) {
        this.us += this.o.costs.slotUs;
        this.counts.slots++;
        if (batch.transactions.length > 0) {
            const request = this.o.requestOf(batch);
            this.waiting.delete(request);
            this.proposed.delete(request);
            this.replies.push(request);
        }
        if (sequence % this.o.config.checkpointInterval !== 0)
            return;
        this.events.push({ kind: 'checkpoint', sequence, digest: digestOf(sequence) });
    }
    /** One frame for each peer, then the replies. */
    flush() {
        if (this.logged)
            this.us += this.o.costs.flushUs;
        this.logged = false;
        const shared = this.toAll;
        if (shared.length > 0 || this.toOne.size > 0) {
            this.toAll = [];
            const sharedBytes = sum(shared);
            for (const [to, process] of this.peers.entries()) {
                if (to === this.self)
                    continue;
                const own = this.toOne.get(to);
                if (shared.length === 0 && own === undefined)
                    continue;
                const items = own === undefined ? shared : [...shared, ...own];
                this.process.post(process, this.o.frameBytes + sharedBytes + sum(own ?? []), items);
            }
            this.toOne.clear();
        }
        for (const reply of this.replies) {
            const payload = { reply };
            this.process.post(this.client, this.o.replyBytes, payload);
        }
        this.replies.length = 0;
    }
}
const sum = (items) => items.reduce((total, { bytes }) => total + bytes, 0);
/** A digest of 32 bytes as hex, of a number that stands for its content. */
export function digestOf(number) {
    return number === 0 ? GENESIS_DIGEST : number.toString(16).padStart(64, '0');
}
//# sourceMappingURL=replica.js.map