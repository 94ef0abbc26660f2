/** One production replica in the simulated world: its driver is the very one that validators run. */
import { AuthenticatedMap } from '../../apps/authenticated-map.js';
import { applicationByName } from '../../apps/registry.js';
import { encodeClientRequest } from '../../codec/client-messages.js';
import { CLIENT_FRAME_LIMITS, createFrameDecoder, encodeFrame } from '../../codec/frame.js';
import { Telemetry } from '../../core/telemetry.js';
import { protocolByName } from '../../protocols/registry.js';
import { Replica } from '../../replica/replica.js';
import { MemoryEpochs } from '../../storage/epoch-store.js';
import { openSnapshots } from '../../storage/file-snapshots.js';
import { openVoteLog } from '../../storage/file-vote-log.js';
import { openFileWitness } from '../../storage/file-witness.js';
import { MemoryStore } from '../../storage/memory-store.js';
import { MemoryTables } from '../../storage/memory-tables.js';
import { isPowerCut, SimDisk } from '../files.js';
import { Violation } from '../observer.js';
import { FRAME, SimTransport } from './transport.js';
export const TIMER = 1;
export const UP = 2;
export const SUBMIT = 3;
/** The world begins at this time, ms since 1970, so that clocks may be behind. */
const WALL_MS = 1_700_000_000_000;
const VOTES = 'home/votes';
const MARK = 'home/votes.mark';
const SNAPSHOTS = 'home/snapshots';
const decodeClientFrame = createFrameDecoder(CLIENT_FRAME_LIMITS);
/** Writes that wait in the store, for a crash to lose. */
const STORE_LAG = 12;
/** A key that no client can write, since it is no text; and its value. */
const ROT = Uint8Array.of(0xff);
export class RealNode {
    id;
    port;
    /** False: it runs twice, or spoils what it sends. */
    honest;
    /** Something wrote into its memory. */
    rotten = false;
    /** What it counted, life after life. */
    lives = [];
    replica;
    app;
    /** What it is told of, and its answers: a decoded item each. */
    answered = () => { };
    disk;
    /** Its clock less the true time, ms. */
    wallSkewMs = 0;
    /** Its log was tampered with, so that it may refuse to start. */
    tampered = false;
    /** It refused, and stays down. */
    refused = false;
    /** Something that is no fault of the run's: the driver stopped by itself. */
    broken;
    #syncLater;
    #reserveBytes;
    #log;
    #started = false;
    store;
    #tables = new MemoryTables();
    #epochs = new MemoryEpochs();
    #setting;
    #scheduler;
    #link;
    #transport;
    constructor(setting, scheduler, link, honest, random) {
        this.disk = new SimDisk(random.fork());
        this.#syncLater = random.chance(0.5);
        this.#reserveBytes = random.chance(0.2) ? 0 : random.below(6000);
        this.id = link.self;
        this.port = link.port;
        this.honest = honest;
        this.#setting = setting;
        this.#scheduler = scheduler;
        this.#link = link;
        this.#transport = new SimTransport(link);
    }
    /** What its log was given is on the disk for good. */
    get durable() {
        return this.#log !== undefined && this.#log.durable >= this.#log.appended;
    }
    start() {
        if (this.replica !== undefined || this.refused)
            return;
        const files = this.disk.boot((delayMs, call) => {
            this.#scheduler.schedule(delayMs, this, TIMER, { live: true, call });
        });
        try {
            this.#start(files);
        }
        catch (error) {
            const { code } = error;
            if (this.tampered && (code === 'log-damaged' || code === 'snapshot-damaged')) {
                this.refused = true;
                this.crash();
            }
            else
                this.#stopped(error);
        }
        this.#goesDown();
    }
    #start(files) {
        const { chain, hasher, verifier, authenticators } = this.#setting;
        const { log, records } = openVoteLog({
            path: VOTES,
            chainId: chain.id,
            durability: 'power',
            files,
            witness: openFileWitness(files, MARK),
            syncLater: this.#syncLater,
            segmentBytes: 8 << 10,
            reserveBytes: this.#reserveBytes,
            mustExist: this.#started,
        });
        this.#started = true;
        this.#log = log;
        const { name, params } = chain.genesis.app;
        const telemetry = new Telemetry();
        this.lives.push(telemetry);
        this.rotten = false;
        this.store = new MemoryStore({ chainId: chain.id, tables: this.#tables, lag: STORE_LAG });
        this.app = applicationByName(name).create(params, hasher);
        this.#transport = new SimTransport(this.#link);
        const replica = new Replica({
            chain,
            self: this.id,
            protocol: protocolByName(chain.genesis.protocol),
            app: this.app,
            hasher,
            transport: this.#transport,
            authenticator: authenticators[this.id],
            verifier,
            voteLog: log,
            records,
            snapshots: openSnapshots({ dir: SNAPSHOTS, chainId: chain.id, durability: 'power', files }),
            epochs: this.#epochs,
            store: this.store,
            clock: this.#clock(),
            telemetry,
            limits: {
                mempoolTransactions: 1_000,
                mempoolBytes: 1 << 20,
                pipelineDepth: 4,
                logCompactBytes: 64 << 10,
            },
            log: { info: () => { }, warn: () => { } },
            onFatal: (error) => this.#stopped(error),
        });
        this.replica = replica;
        void this.#transport.start({
            peerFrame: (from, items) => replica.peerFrame(from, items),
            peerUp: (peer) => replica.peerUp(peer),
            peerDown: () => { },
            clientFrame: (session, items) => replica.clientFrame(session, items),
            clientDown: () => { },
            rejected: (code, peer) => {
                telemetry.rejections.add(code);
                if (peer !== undefined)
                    replica.peerRejected(peer, code);
            },
        });
        replica.start();
    }
    /** Changes its state behind its back, as damaged memory does. */
    rot() {
        if (this.app === undefined || this.rotten)
            return;
        const map = AuthenticatedMap.of(this.#setting.hasher, this.app.snapshot());
        map.set(ROT, ROT);
        this.app.adopt(map.snapshot());
        this.rotten = true;
    }
    /** Whether its state may be compared with the others'. */
    get sound() {
        return !this.rotten || this.app?.snapshot().get(ROT) === undefined;
    }
    /** Killed: what it wrote stays. */
    crash() {
        this.#end();
        this.disk.kill();
    }
    /** Without power: what was not synced may be gone. */
    losePower() {
        this.#end();
        this.disk.losePower();
    }
    #end() {
        this.replica?.stop();
        this.replica = undefined;
        this.app = undefined;
        this.#log = undefined;
    }
    /** A client's transaction, to be answered. */
    submit(transaction) {
        if (this.replica === undefined)
            return;
        const items = decodeClientFrame(encodeFrame([encodeClientRequest({ kind: 'submit', transaction })]));
        this.replica.clientFrame(this.#session, items);
    }
    #session = {
        id: 1,
        remote: 'simulated',
        open: true,
        send: (item) => {
            const items = decodeClientFrame(encodeFrame([item]));
            this.answered(items[0]);
            return true;
        },
        close: () => { },
    };
    fire(tag, payload) {
        try {
            this.#fire(tag, payload);
        }
        catch (error) {
            if (!isPowerCut(error))
                throw error;
            this.#stopped(error);
        }
        this.#goesDown();
    }
    /** Without power nobody lives on, though what failed was an operation whose failure does not matter. */
    #goesDown() {
        if (this.replica !== undefined && !this.disk.powered)
            this.losePower();
    }
    #fire(tag, payload) {
        if (tag === TIMER) {
            const callback = payload;
            if (callback.live)
                callback.call();
        }
        else if (this.replica === undefined)
            return;
        else if (tag === FRAME)
            this.#transport.receive(payload);
        else if (tag === UP)
            this.replica.peerUp(payload);
        else
            this.submit(payload);
    }
    #stopped(error) {
        if (isPowerCut(error))
            return this.losePower();
        if (this.honest) {
            const reason = error instanceof Error ? error.message : String(error);
            this.broken = new Violation('invariant', `replica ${this.id} stopped: ${reason}`, { cause: error });
        }
        this.crash();
    }
    #clock() {
        const scheduler = this.#scheduler;
        const after = (delayMs, call) => {
            const callback = { live: true, call };
            scheduler.schedule(delayMs, this, TIMER, callback);
            return callback;
        };
        return {
            nowMs: () => scheduler.nowMs,
            wallMs: () => WALL_MS + Math.floor(scheduler.nowMs + this.wallSkewMs),
            after: (delayMs, call) => {
                const callback = after(delayMs, call);
                return () => {
                    callback.live = false;
                };
            },
            endOfTurn: (call) => {
                after(0, call);
            },
        };
    }
}
//# sourceMappingURL=node.js.map