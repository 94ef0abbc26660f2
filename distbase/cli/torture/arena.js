/** What all campaigns share: a cluster of real processes, a load on it, books of everything, and the verdict. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toleranceOf } from '../../core/quorum.js';
import { SeededRandom } from '../../core/random.js';
import { chainOf } from '../../crypto/chain.js';
import { createHasher } from '../../crypto/hash.js';
import { generateIdentity } from '../../crypto/keys.js';
import { agreement } from '../bench/session.js';
import { describeExit } from '../child.js';
import { clientIds } from '../client-ids.js';
import { LocalCluster } from '../cluster.js';
import { KvLoad } from './kv-load.js';
import { ALLOCATION, LedgerLoad } from './ledger-load.js';
import { LogFollower } from './log-follower.js';
import { PromiseAudit } from './promise-audit.js';
import { Sampler } from './sampler.js';
import { Standstill } from './standstill.js';
import { VoteAudit } from './vote-audit.js';
import { Wires } from './wires.js';
/** Most time for a validator to vote again, and for the cluster to commit again, after any fault, ms. */
export const CEILING_MS = 30_000;
/** Time for a validator to come back into the view of the others, ms, before it counts as left alone. */
const ALONE_MS = 5_000;
const ANSWER_MS = 5_000;
const LOOK_AT_LOGS_MS = 500;
const POLL_MS = 10;
export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
export class Arena {
    settings;
    random;
    progress;
    signal;
    cluster;
    load;
    /** The lines between validators, where the campaign cuts them. */
    wires;
    votes;
    sampler;
    /** A clock that stands still when the machine does. */
    standstill;
    failures = [];
    /** How often a validator was found to have left its view alone. */
    leftAlone = 0;
    cuts;
    folder;
    logs;
    timer;
    endMs;
    constructor(settings, progress, signal, parts) {
        this.settings = settings;
        this.endMs = performance.now() + settings.seconds * 1000;
        this.random = new SeededRandom(settings.seed);
        this.progress = progress;
        this.signal = signal;
        this.cuts = parts.cuts;
        this.folder = parts.folder;
        this.cluster = parts.cluster;
        this.load = parts.load;
        this.wires = parts.wires;
        this.votes = parts.votes;
        this.logs = parts.logs;
        this.standstill = parts.standstill;
        this.sampler = new Sampler(parts.cluster);
        this.sampler.start();
        this.timer = setInterval(() => this.logs.look(), LOOK_AT_LOGS_MS);
        // Nobody but us ends a validator.
        this.cluster.onDeath = (id, exit) => this.failures.push(`validator v${id} ${describeExit(exit)}`);
        this.load.start();
    }
    /** Makes a cluster in a temporary folder, starts it, connects the clients and starts the load. */
    static async open(settings, ground, progress, signal) {
        const { validators, protocol, parameters, auth, durability, clients, rate, seed, home } = settings;
        const folder = home ?? mkdtempSync(join(tmpdir(), 'lockstep-torture-'));
        const wires = new Wires();
        let cluster;
        try {
            progress.update(`making keys and homes for ${validators} validators and ${clients} clients`);
            const hasher = await createHasher('blake3');
            const payers = [];
            for (let i = 0; i < clients; i++) {
                const identity = await generateIdentity();
                payers.push({ identity, account: clientIds(identity, hasher).ed25519 });
            }
            const allocations = Object.fromEntries(payers.map(({ account }) => [account, ALLOCATION]));
            cluster = await LocalCluster.make({
                folder: join(folder, 'net'),
                validators,
                protocol,
                protocolParameters: parameters,
                auth: auth,
                app: ground.app,
                ...(ground.app === 'ledger' && { appParams: { allocations } }),
                ...(ground.cuts && { through: (from, to, url) => wires.lay(from, to, url) }),
                config: { durability: durability, logLevel: home === undefined ? 'warn' : 'info' },
            });
            const chain = chainOf(cluster.genesis, hasher);
            const { window } = cluster.genesis.parameters;
            const votes = protocol === 'pbft' ? new VoteAudit(validators, window) : new PromiseAudit(protocol, validators);
            const logs = new LogFollower(cluster.homes, join(folder, 'logs'), chain, hasher, votes);
            cluster.start();
            await cluster.waitReady();
            signal.throwIfAborted();
            const standstill = new Standstill();
            const random = new SeededRandom(seed);
            const load = ground.app === 'kv'
                ? await KvLoad.connect(cluster, clients, rate, random, standstill)
                : await LedgerLoad.connect(cluster.folder, payers, rate, random, standstill);
            return new Arena(settings, progress, signal, {
                cuts: ground.cuts,
                folder,
                cluster,
                load,
                wires,
                votes,
                logs,
                standstill,
            });
        }
        catch (error) {
            await cluster?.stop();
            wires.close();
            if (home === undefined)
                rmSync(folder, { recursive: true, force: true });
            throw error;
        }
    }
    get faulty() {
        return toleranceOf(this.cluster.genesis.byzantine, this.settings.validators).faulty;
    }
    get ids() {
        return this.cluster.urls.map((_, id) => id);
    }
    /** Kills with SIGKILL, at once, and reads what the dead had promised. */
    async kill(ids) {
        await Promise.all(ids.map((id) => this.cluster.kill(id, 'SIGKILL')));
        for (const id of ids)
            this.logs.read(id);
    }
    /** Resolves with how long it took until all of these voted and had caught up, ms; a failure at the ceiling. */
    async voting(ids, sinceMs = this.standstill.nowMs()) {
        const waiting = new Set(ids);
        for (;;) {
            this.signal.throwIfAborted();
            for (const id of waiting)
                if (await this.ready(id))
                    waiting.delete(id);
            const tookMs = this.standstill.nowMs() - sinceMs;
            if (waiting.size === 0)
                return tookMs;
            if (tookMs > ALONE_MS && (await this.aloneOnly(waiting)))
                return tookMs;
            if (tookMs > CEILING_MS) {
                const late = await Promise.all([...waiting].map((id) => this.cluster.readiness(id, ANSWER_MS)));
                throw new Error(`after ${CEILING_MS} ms not voting again: v${[...waiting]} (${late.join('; ')})`);
            }
            await pause(POLL_MS);
        }
    }
    /**
     * Where lines are cut, a validator may have given up its view alone, unless its protocol has it ask first, as PBFT's
     * does: it follows, and may not vote in that view any more until the others leave it too. That is no fault while there are
     * no more of them than may be faulty; it is counted.
     */
    async aloneOnly(waiting) {
        if (!this.cuts || this.settings.protocol === 'pbft' || waiting.size > this.faulty)
            return false;
        const reasons = await Promise.all([...waiting].map((id) => this.cluster.readiness(id, ANSWER_MS)));
        if (!reasons.every((reason) => /^view \d+ is not active/.test(reason)))
            return false;
        this.leftAlone += waiting.size;
        return true;
    }
    /** A validator without a core of its own may take its time to answer; the ceiling counts all the same. */
    async ready(id) {
        return (await this.cluster.readiness(id, ANSWER_MS)) === 'ok';
    }
    /** Waits for a random time up to `mostMs`, under load. */
    async moment(mostMs) {
        await pause(this.random.float() * mostMs);
        this.signal.throwIfAborted();
    }
    /** Whether to strike no more: its time is up, or something is wrong already, and then a campaign need not go on. */
    get over() {
        const failed = this.failures.length + this.votes.failures.length + this.load.failures.length > 0;
        return failed || performance.now() >= this.endMs;
    }
    /** Settles the books: every request, every vote, every state. */
    async finish() {
        this.progress.update('waiting for the last requests');
        await this.load.stop();
        await this.voting(this.ids);
        const { agree, sequences } = await agreement(this.cluster, this.progress, this.signal, CEILING_MS);
        if (!agree)
            this.failures.push(`validators do not agree on the state, at ${sequences.join(', ')}`);
        await this.load.settle();
        await this.sampler.look();
        const evidence = Object.entries(this.sampler.evidence());
        if (evidence.length > 0)
            this.failures.push(`evidence was counted: ${JSON.stringify(evidence)}`);
        await this.cluster.stop();
        this.progress.update('reading the vote logs');
        for (const id of this.ids)
            this.logs.read(id);
        this.failures.push(...this.load.failures, ...this.votes.failures);
    }
    async close() {
        clearInterval(this.timer);
        this.sampler.stop();
        this.standstill.stop();
        this.cluster.onDeath = () => { };
        await this.load.close();
        await this.cluster.stop();
        this.wires.close();
        if (this.settings.home === undefined)
            rmSync(this.folder, { recursive: true, force: true });
    }
}
//# sourceMappingURL=arena.js.map