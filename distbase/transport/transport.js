/**
 * The transport over real sockets: one port for validators, clients and HTTP. The validator with the higher id dials
 * the one with the lower, and both use that one connection both ways.
 */
import { invariant } from '../core/assert.js';
import { fromHex } from '../core/bytes.js';
import { HANDSHAKE_TIMEOUT_MS, MAX_CLIENT_BACKLOG_BYTES, MAX_CLIENT_CONNECTIONS, MAX_CLIENT_FRAME_BYTES, MAX_PEER_BACKLOG_BYTES, } from '../core/limits.js';
import { NO_STOPWATCH } from '../core/stopwatch.js';
import { loadMac } from '../crypto/session.js';
import { createSigner } from '../crypto/signing.js';
import { AcceptedConnection } from './accepted.js';
import { Admission } from './admission.js';
import { Bans } from './bans.js';
import { FrameBuilder } from './channel.js';
import { ClientDoor } from './client-door.js';
import { Routes } from './http.js';
import { NOBODY_YET, PeerDoor } from './peer-door.js';
import { loadUws, UwsServer } from './uws-server.js';
import { WsServer } from './ws-server.js';
/** Loads keys and libraries; nothing listens before `start`. Throws `bad-key`, `bad-genesis`. */
export async function createTransport(options) {
    const { chain, identity, self, verifier } = options;
    const context = {
        chainId: chain.id,
        validators: chain.genesis.validators.map(identityOf),
        verify: (item) => verifier.verifySync(item),
        mac: await loadMac(),
    };
    const me = {
        id: self ?? NOBODY_YET,
        ed25519: await createSigner('ed25519', identity.ed25519.secretKey),
        mlDsa87: await createSigner('ml-dsa-87', identity.mlDsa87.secretKey),
    };
    const library = options.server === 'ws' ? undefined : await loadUws();
    if (library === undefined && options.server !== 'ws')
        options.warn?.('uWebSockets.js has no binary for this platform and Node version; the slower ws library serves');
    return new NetTransport(options, context, me, library);
}
/** The host of an address, without an IPv6 address's brackets. */
function hostOf(url) {
    return URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/g, '') : '';
}
function identityOf(validator) {
    const ed25519 = fromHex(validator.ed25519);
    const mlDsa87 = fromHex(validator.mlDsa87);
    invariant(ed25519 !== undefined && mlDsa87 !== undefined, 'a checked set has keys in hex');
    return { ed25519, mlDsa87 };
}
class NetTransport {
    port = 0;
    options;
    context;
    me;
    started = false;
    known;
    routes = new Routes();
    admission;
    banned = new Bans();
    refusedAtDoor = 0;
    server;
    traffic = { framesIn: 0, framesOut: 0, bytesIn: 0, bytesOut: 0 };
    builder = new FrameBuilder();
    peers;
    clients;
    timeoutMs;
    stopwatch;
    handlers;
    scheduled = false;
    stopped = false;
    endOfTurn = () => {
        this.scheduled = false;
        if (!this.stopped)
            this.flush();
    };
    constructor(options, context, me, library) {
        this.options = options;
        this.context = context;
        this.me = me;
        this.admission = new Admission(context.validators.length);
        for (const { url } of options.peers)
            this.banned.trust(hostOf(url));
        this.timeoutMs = options.handshakeTimeoutMs ?? HANDSHAKE_TIMEOUT_MS;
        this.stopwatch = options.stopwatch ?? NO_STOPWATCH;
        const { traffic, stopwatch } = this;
        const dirty = () => this.dirty();
        const maxFrameBytes = options.chain.genesis.parameters.maxMessageBytes;
        this.peers = new PeerDoor({
            context,
            self: () => this.me,
            traffic,
            timeoutMs: this.timeoutMs,
            maxFrameBytes,
            maxBacklogBytes: options.maxPeerBacklogBytes ?? MAX_PEER_BACKLOG_BYTES,
            stopwatch,
            delayMs: (to) => options.sendDelaysMs?.[to] ?? 0,
            share: (bytes) => options.verifier.share?.(bytes),
            dirty,
            frame: (from, items) => this.handlers?.peerFrame(from, items),
            up: (peer, replaced) => this.handlers?.peerUp(peer, replaced),
            down: (peer) => this.handlers?.peerDown(peer),
            rejected: (code, peer, remote) => this.reject(code, peer, remote),
        });
        this.clients = new ClientDoor({
            traffic,
            maxClients: options.maxClients ?? MAX_CLIENT_CONNECTIONS,
            stopwatch,
            dirty,
            frame: (session, items) => this.handlers?.clientFrame(session, items),
            down: (session) => this.handlers?.clientDown(session),
            rejected: (code, remote) => this.reject(code, undefined, remote),
        });
        const serverOptions = {
            ...options.listen,
            maxMessageBytes: { peer: maxFrameBytes, client: MAX_CLIENT_FRAME_BYTES },
            maxBacklogBytes: { peer: 2 * MAX_PEER_BACKLOG_BYTES, client: 2 * MAX_CLIENT_BACKLOG_BYTES },
        };
        const accept = (socket, door) => this.accept(socket, door);
        this.server =
            library === undefined
                ? new WsServer(serverOptions, accept, this.routes)
                : new UwsServer(library, serverOptions, accept, this.routes);
    }
    async start(handlers) {
        this.handlers = handlers;
        this.port = await this.server.listen();
        this.started = true;
        this.peers.setPeers(this.known ?? this.genesisPeers());
    }
    setPeers(self, peers) {
        this.known = peers;
        if ((self ?? NOBODY_YET) !== this.me.id)
            this.me = { ...this.me, id: self ?? NOBODY_YET };
        const validators = [];
        for (const peer of peers) {
            validators[peer.id] = identityOf(peer);
            if (peer.url !== '')
                this.banned.trust(hostOf(peer.url));
        }
        this.context.validators = validators;
        if (this.started && !this.stopped)
            this.peers.setPeers(peers);
    }
    /** All of the genesis are let in; those whose address we are given are dialled. */
    genesisPeers() {
        const urls = new Map(this.options.peers.map(({ id, url }) => [id, url]));
        return this.options.chain.genesis.validators.map(({ ed25519, mlDsa87 }, id) => ({
            id,
            ed25519,
            mlDsa87,
            url: urls.get(id) ?? '',
        }));
    }
    send(to, item) {
        this.peers.send(to, item);
    }
    broadcast(item) {
        this.peers.broadcast(item);
    }
    flush() {
        this.stopwatch.enter('socket');
        this.peers.flush(this.builder);
        this.clients.flush(this.builder);
        this.builder.clear();
        this.stopwatch.leave();
    }
    route(path, handler) {
        this.routes.add(path, handler);
    }
    setBlocked(peer, blocked) {
        this.peers.setBlocked(peer, blocked);
    }
    stats() {
        return {
            ...this.traffic,
            dropped: this.peers.dropped,
            reconnects: this.peers.reconnects,
            clients: this.clients.sessions.size,
            peers: this.peers.backlogs(),
            server: this.server.name,
            deferred: this.peers.deferred,
            refusedAtDoor: this.refusedAtDoor,
        };
    }
    async stop() {
        if (this.stopped)
            return;
        // What was said in this turn still leaves: a reply, or a last vote.
        this.flush();
        this.stopped = true;
        this.admission.stop();
        this.peers.stop();
        this.clients.closeAll();
        await this.server.close();
    }
    /** One flush at the end of the turn, unless somebody flushes before. */
    dirty() {
        if (this.scheduled)
            return;
        this.scheduled = true;
        setImmediate(this.endOfTurn);
    }
    reject(code, peer, remote) {
        if (!this.stopped)
            this.handlers?.rejected(code, peer, remote);
    }
    /** Whoever proves to be a validator lends its address some trust. */
    validator(id, socket, session) {
        this.banned.trust(socket.remote);
        return this.peers.admit(id, socket, session);
    }
    bans() {
        return this.banned.list();
    }
    setThrottled(ids) {
        this.peers.setThrottled(ids);
    }
    accept(socket, door) {
        if (this.stopped)
            return undefined;
        if (this.banned.banned(socket.remote)) {
            this.refusedAtDoor++;
            return undefined;
        }
        const options = {
            context: this.context,
            self: this.me,
            admission: this.admission,
            trusted: this.banned.trusts(socket.remote),
            timeoutMs: this.timeoutMs,
            wanted: (id) => this.peers.wanted(id),
            connected: (s, session, id) => id === undefined ? this.clients.admit(s, session) : this.validator(id, s, session),
            rejected: (code, remote) => {
                this.banned.strike(remote, code);
                this.reject(code, undefined, remote);
            },
        };
        return AcceptedConnection.admit(options, socket, door);
    }
}
//# sourceMappingURL=transport.js.map