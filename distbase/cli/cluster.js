/** A cluster of real processes on the loopback: what `testnet`, `demo`, `bench` and the integration tests drive. */
import { LockstepError } from '../core/errors.js';
import { describeExit, ValidatorChild } from './child.js';
import { makeClusterFolder, openClusterFolder, removeClusterFolder, } from './cluster-homes.js';
import { getReply, getText, reasonOf } from './http.js';
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
/** `http://host:port` of a validator's `ws://host:port`. */
export const httpUrl = (url) => url.replace(/^ws/, 'http');
/** Fetches a validator's status. Throws `not-connected` where it does not answer in `timeoutMs`. */
export async function fetchStatus(url, timeoutMs = 2000) {
    try {
        return JSON.parse(await getText(`${httpUrl(url)}/status`, timeoutMs));
    }
    catch (cause) {
        throw new LockstepError('not-connected', `no status from ${url}: ${reasonOf(cause)}`, { cause });
    }
}
export class LocalCluster {
    #folder;
    #children;
    /** Called when a validator ends that nobody told to. It stays down. */
    onDeath = () => { };
    /** Further arguments of Node for the validators, such as `--cpu-prof`. */
    nodeArguments = [];
    /** Further variables of the environment for the validators. */
    environment = {};
    constructor(folder) {
        this.#folder = folder;
        this.#children = folder.homes.map(() => undefined);
    }
    /** Makes a new cluster's folder. Starts nothing. Throws `home-not-empty`, `bad-genesis`. */
    static async make(options) {
        return new LocalCluster(await makeClusterFolder(options));
    }
    /** Opens a folder that `make` made, with its data. Starts nothing. Throws `home-missing`, `bad-config`. */
    static open(folder) {
        return new LocalCluster(openClusterFolder(folder));
    }
    /** The validators of a folder that was opened, or a choice of them. Starts nothing. */
    static of(folder) {
        return new LocalCluster(folder);
    }
    get folder() {
        return this.#folder.folder;
    }
    get genesis() {
        return this.#folder.genesis;
    }
    /** `ws://127.0.0.1:port` by id. */
    get urls() {
        return this.#folder.urls;
    }
    get homes() {
        return this.#folder.homes;
    }
    get names() {
        return this.#folder.names;
    }
    /** File with key pairs for a client. */
    get clientKeys() {
        return this.#folder.clientKeys;
    }
    get size() {
        return this.#folder.homes.length;
    }
    pid(id) {
        return this.#children[id]?.process.pid;
    }
    alive(id) {
        return this.#children[id]?.alive ?? false;
    }
    /** Starts every validator that is not running. Does not wait: see `waitReady`. */
    start() {
        for (let id = 0; id < this.size; id++)
            if (!this.alive(id))
                this.#spawn(id);
    }
    #spawn(id) {
        const child = new ValidatorChild(this.#folder.homes[id], this.nodeArguments, this.environment);
        this.#children[id] = child;
        // A validator that was told to end is taken out of `#children` first.
        void child.exited.then((exit) => this.#children[id] === child && this.onDeath(id, exit));
    }
    /**
     * Resolves when every running validator is ready and connected to every other running one. Rejects with
     * `internal` where one of them ends, and with `timeout` after `timeoutMs`.
     */
    async waitReady(timeoutMs = 30_000) {
        const deadline = Date.now() + timeoutMs;
        const running = this.#children.flatMap((child, id) => (child?.alive ? [{ id, child }] : []));
        const ended = this.#children.findIndex((child) => child && !child.alive);
        if (ended >= 0) {
            const why = describeExit(this.#children[ended].exit);
            throw new LockstepError('internal', `validator ${this.names[ended]} ${why}`);
        }
        const late = (id, what) => new LockstepError('timeout', `validator ${this.names[id]} ${what} within ${timeoutMs} ms; see ${running.find((r) => r.id === id)?.child.logFile}`);
        for (const { id, child } of running) {
            let timer;
            const timeout = new Promise((_, reject) => {
                timer = setTimeout(() => reject(late(id, 'was not ready')), Math.max(0, deadline - Date.now()));
            });
            await Promise.race([child.ready, timeout]).finally(() => clearTimeout(timer));
        }
        for (const { id, child } of running) {
            const others = running
                .filter((other) => other.id !== id)
                .map((other) => this.#folder.memberIds[other.id]);
            for (;;) {
                const status = await this.status(id).catch(() => undefined);
                const connected = new Set(status?.peers.filter((peer) => peer.connected).map((peer) => peer.id));
                if (status && others.every((other) => connected.has(other)))
                    break;
                if (!child.alive)
                    throw new LockstepError('internal', `validator ${this.names[id]} ${describeExit(child.exit)}`);
                if (Date.now() > deadline)
                    throw late(id, 'did not connect to its peers');
                await pause(20);
            }
        }
    }
    /** Sends a signal and, for one that ends it, waits for the end. SIGSTOP and SIGCONT return at once. */
    async kill(id, signal = 'SIGKILL') {
        const child = this.#children[id];
        if (!child?.alive)
            return;
        const pausing = signal === 'SIGSTOP' || signal === 'SIGCONT';
        if (!pausing)
            this.#children[id] = undefined;
        child.signal(signal);
        if (!pausing)
            await child.exited;
    }
    /** Starts a validator that is down, on the data that it left. Does not wait. */
    restart(id) {
        if (this.alive(id))
            throw new LockstepError('home-in-use', `validator ${this.names[id]} is running`);
        this.#spawn(id);
    }
    /** The status of one validator. Throws `not-connected`. */
    status(id) {
        return fetchStatus(this.urls[id]);
    }
    /** Why a validator does not vote at present, or `ok`; of one that does not answer, why not. */
    async readiness(id, timeoutMs = 1000) {
        try {
            const { status, body } = await getReply(`${httpUrl(this.urls[id])}/readyz`, timeoutMs);
            return status === 200 ? 'ok' : String(JSON.parse(body).reason);
        }
        catch (error) {
            return reasonOf(error);
        }
    }
    /** Whether a validator votes and has caught up, by its own word. */
    async isReady(id) {
        return (await this.readiness(id)) === 'ok';
    }
    /** Stops all validators; those that do not end in time are killed. The data stays. */
    async stop() {
        const running = this.#children.filter((child) => child?.alive);
        this.#children.fill(undefined);
        await Promise.all(running.map((child) => child.stop()));
    }
    /** Stops all validators and removes the folder. */
    async remove() {
        await this.stop();
        removeClusterFolder(this.folder);
    }
}
//# sourceMappingURL=cluster.js.map