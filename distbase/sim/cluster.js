/** A whole cluster in one object: n replicas, their clients, the network between them, and the clock of them all. */
import { delayMs } from '../core/delays.js';
import { seatOf } from '../core/membership.js';
import { weakQuorumSize } from '../core/quorum.js';
import { SeededRandom } from '../core/random.js';
import { GENESIS } from './ledger.js';
import { CALM, Network } from './network.js';
import { SimNode, TAG } from './node.js';
import { Hooks } from './observer.js';
import { DRIVER_PARTS } from './parts.js';
import { Scheduler } from './scheduler.js';
import { firstSets } from './sets.js';
import { Clients } from './symbolic.js';
import { Trace } from './trace.js';
const CLIENT_RETRY = 0;
/** Defaults, ms: the longest time-out, until a client sends again, and until a state is asked for elsewhere. */
export const TIMEOUT_CEILING_MS = 1_000;
export const CLIENT_RETRY_MS = 200;
export const TRANSFER_RETRY_MS = 20;
/** Until others notice that a connection closed, in ms. */
const CLOSE_MS = 0.1;
function defaultsOf(rules) {
    return Object.fromEntries(Object.entries(rules).map(([name, rule]) => [name, rule.default]));
}
export class Cluster {
    n;
    seed;
    scheduler = new Scheduler();
    random;
    network;
    clients = new Clients();
    trace;
    /** By address: the n replicas, then the twins. */
    nodes;
    /** Numbers of the transactions that no f + 1 honest replicas have executed yet. */
    outstanding = new Set();
    /** The validators of the genesis, where sets change. */
    sets;
    #clientRetryMs;
    #hooks;
    constructor(options) {
        const { protocol, n, seed } = options;
        this.n = n;
        this.seed = seed;
        this.random = new SeededRandom(seed);
        const twins = options.twins ?? [];
        const nodes = n + twins.length + (options.joiners ?? 0);
        const { delays } = options;
        const at = (port) => (port < n ? port : (twins[port - n] ?? port));
        const distanceMs = delays && ((from, to) => delayMs(delays, at(from), at(to)));
        this.network = new Network(nodes, this.scheduler, this.random.fork(), options.rule ?? CALM, distanceMs);
        this.trace = new Trace(this.scheduler, protocol.messages, options.verbose ?? false);
        this.#clientRetryMs = options.clientRetryMs ?? CLIENT_RETRY_MS;
        const parts = options.parts ?? DRIVER_PARTS;
        this.#hooks = new Hooks(options.observers ?? []);
        const checkpointInterval = options.checkpointInterval ?? 8;
        const window = options.window ?? 16;
        this.sets =
            options.joiners === undefined
                ? undefined
                : firstSets(n, { window, checkpointInterval, changes: new Map() });
        const world = {
            protocol,
            scheduler: this.scheduler,
            network: this.network,
            clients: this.clients,
            verifier: parts.verifier(protocol.messages),
            hooks: this.#hooks,
            trace: this.trace,
            parts,
            maxBatch: options.maxBatch ?? 4,
            pipeline: options.pipeline ?? 4,
            genesis: this.sets === undefined ? GENESIS : { ...GENESIS, sets: this.sets },
            ports: Array.from({ length: nodes - twins.length }, (_, id) => [
                id,
                ...twins.flatMap((twin, i) => (twin === id ? [n + i] : [])),
            ]),
            driftMs: options.driftMs ?? Number.POSITIVE_INFINITY,
            transferRetryMs: options.transferRetryMs ?? TRANSFER_RETRY_MS,
        };
        const agreed = {
            n,
            epoch: 0,
            checkpointInterval,
            window,
            restoredSequence: 0,
            restoredDigest: GENESIS.digest,
            fastPath: options.fastPath ?? true,
            timeoutFloorMs: options.timeoutFloorMs ?? 50,
            timeoutCeilingMs: options.timeoutCeilingMs ?? TIMEOUT_CEILING_MS,
            timeoutGrowth: options.timeoutGrowth ?? 2,
            parameters: { ...defaultsOf(protocol.parameters), ...options.parameters },
        };
        this.nodes = Array.from({ length: nodes }, (_, port) => {
            const self = port < n ? port : (twins[port - n] ?? port);
            const random = this.random.fork();
            const adversary = options.adversaries?.get(self);
            const { clients } = this;
            const wrapAt = adversary &&
                ((place, size) => adversary({ self: place, n: size, random: random.fork(), clients }));
            const wrap = this.sets === undefined ? wrapAt?.(self, n) : undefined;
            const honest = adversary === undefined && !twins.includes(self);
            return new SimNode(world, { ...agreed, self }, random, { port, wrap, wrapAt, honest });
        });
        for (const node of this.nodes)
            this.network.attach(node.port, node);
        for (const node of this.nodes)
            node.start();
        if (this.#clientRetryMs > 0)
            this.scheduler.schedule(this.#clientRetryMs, this, CLIENT_RETRY, undefined);
    }
    node(id) {
        return this.nodes[id];
    }
    get honest() {
        return this.nodes.filter((node) => node.honest);
    }
    get up() {
        return this.nodes.filter((node) => node.up);
    }
    /** Clients issue `count` transactions and send them to these replicas, by default to all. */
    submit(count, to) {
        const transactions = [];
        for (let i = 0; i < count; i++) {
            const transaction = this.clients.issue();
            transactions.push(transaction);
            this.outstanding.add(this.clients.idOf(transaction));
        }
        this.#send(transactions, to);
        return transactions;
    }
    /** A client asks for a change of the validator set. */
    change(change) {
        this.trace.note(`${change.kind} ${change.member}, somebody asks`);
        this.sets.rules.changes.set(this.clients.issued.length, change);
        this.submit(1);
    }
    /** The set of the latest epoch that anybody honest is in; undefined where sets do not change. */
    get latestSet() {
        let latest;
        for (const { honest, set } of this.nodes) {
            if (honest && set !== undefined && set.epoch >= (latest?.epoch ?? 0))
                latest = set;
        }
        return latest;
    }
    /** Whether all honest replicas that are up, and in the latest set, executed everything that was submitted. */
    settled() {
        const set = this.latestSet;
        for (const node of this.nodes) {
            if (!node.honest || node.retired || (set !== undefined && seatOf(set, node.id) < 0))
                continue;
            if (!node.up || node.ledger.executed.size !== this.clients.issued.length)
                return false;
        }
        return true;
    }
    /** Runs until the predicate holds, at most `ms` of virtual time. Whether it held. */
    runUntil(holds, ms) {
        this.#hooks.refresh();
        const endMs = this.scheduler.nowMs + ms;
        while (!holds()) {
            if (this.scheduler.nextMs > endMs) {
                this.scheduler.skipTo(endMs);
                return false;
            }
            this.scheduler.advance();
        }
        return true;
    }
    /** Runs for `ms` of virtual time. */
    run(ms) {
        this.#hooks.refresh();
        const endMs = this.scheduler.nowMs + ms;
        while (this.scheduler.nextMs <= endMs)
            this.scheduler.advance();
        this.scheduler.skipTo(endMs);
    }
    crash(id) {
        this.trace.note(`crash ${id}`);
        this.node(id).crash();
        this.hangUp(id);
    }
    /** Its connections close, as they do when a process ends; with `againMs` they come back after that time. */
    hangUp(id, againMs) {
        for (const other of this.nodes) {
            if (other.id === id)
                continue;
            this.scheduler.schedule(CLOSE_MS, other, TAG.disconnected, id);
            if (againMs !== undefined)
                this.scheduler.schedule(CLOSE_MS + againMs, other, TAG.connected, id);
        }
    }
    restart(id) {
        this.trace.note(`restart ${id}`);
        this.node(id).start();
        this.#connect(id);
    }
    partition(...groups) {
        this.trace.note(`partition ${JSON.stringify(groups)}`);
        this.network.partition(...groups);
    }
    /** Cuts the network into two, by address: bit i of `side` says where address i is. */
    divide(side) {
        const { nodes, network, trace } = this;
        trace.note(`divide ${side.toString(2).padStart(nodes.length, '0')}`);
        network.divide(side);
    }
    /** Mends the network and starts whoever is down. */
    heal(rule) {
        this.trace.note('heal');
        this.network.mend(rule);
        for (const node of this.nodes) {
            node.tripwire = undefined;
            node.host.heal(this.scheduler.nowMs);
            node.start();
        }
        for (const node of this.nodes)
            this.#connect(node.id);
    }
    /** Its connections come up, as its transport and those of the others would notice. */
    #connect(id) {
        for (const other of this.nodes) {
            if (other.id !== id)
                this.scheduler.schedule(this.random.float(), other, TAG.connected, id);
        }
    }
    /** A client that has no f + 1 replies yet sends again, to all. */
    fire(_tag, _payload) {
        const enough = weakQuorumSize(this.n);
        const late = [];
        for (const id of this.outstanding) {
            let replies = 0;
            for (const node of this.nodes)
                if (node.honest && node.ledger.executed.has(id))
                    replies++;
            if (replies >= enough)
                this.outstanding.delete(id);
            else
                late.push(this.clients.issued[id]);
        }
        if (late.length > 0)
            this.#send(late);
        this.scheduler.schedule(this.#clientRetryMs, this, CLIENT_RETRY, undefined);
    }
    #send(transactions, to) {
        for (const node of this.nodes) {
            if (to !== undefined && !to.includes(node.id))
                continue;
            this.scheduler.schedule(this.random.float(), node, TAG.submission, transactions);
        }
    }
}
//# sourceMappingURL=cluster.js.map