/**
 * A client of a cluster: connected to all validators, believes what f + 1 of them say alike. It survives validators
 * that come and go: it dials again, and sends again what is outstanding, to the letter, so that a transaction executes
 * once however often it was sent.
 */
import { decodeClientReply, encodeClientRequest } from '../codec/client-messages.js';
import { LockstepError } from '../core/errors.js';
import { toleranceOf } from '../core/quorum.js';
import { Heights } from './heights.js';
import { LeaseReads } from './lease-reads.js';
import { Link } from './link.js';
import { readStatus, } from './options.js';
import { identityOf, prepare } from './prepare.js';
import { Questions } from './questions.js';
import { Sets } from './sets.js';
import { heed, Submissions } from './submissions.js';
import { Transmitter } from './transmitter.js';
/** How often deadlines are looked at, ms: one timer for all transactions, since a timer each costs more than a hash. */
const TICK_MS = 50;
/** How often validators are asked where they are, ms: expiries are counted from there. */
const PROBE_EVERY_MS = 5_000;
const STATUS_TIMEOUT_MS = 2_000;
/** Least time between two questions for validator sets, ms. */
const EPOCH_PAUSE_MS = 20;
/** Answers of a later epoch that are kept until it is proven: more than a burst holds; what is lost is asked for again. */
const MAX_EARLY = 4_096;
export class Client {
    genesis;
    /** H('client', suite ‖ public key): what the application knows this client as. */
    id;
    author;
    codec;
    limits;
    /** One per address; the array is the same for ever, and changes with the set. */
    links;
    sets;
    addLink;
    members;
    needed;
    /** Answers of an epoch that is not proven to us yet. */
    early = [];
    askedMs = Number.NEGATIVE_INFINITY;
    transmitter;
    submissions;
    questions;
    leases;
    heights;
    probe = encodeClientRequest({ kind: 'query', requestId: 0, payload: new Uint8Array(0) });
    timer;
    lastProbeMs = performance.now();
    closed = false;
    /** Called whenever a validator connected, disconnected or said where it is. */
    changed = () => { };
    constructor(setup) {
        const { genesis, author, hasher, limits } = setup;
        const n = genesis.validators.length;
        this.genesis = genesis;
        this.id = setup.id;
        this.author = author;
        this.codec = setup.codec;
        this.limits = limits;
        const { matching, faulty } = toleranceOf(genesis.byzantine, n);
        this.needed = matching;
        this.heights = new Heights(this.needed);
        const events = {
            up: (link) => this.up(link),
            down: () => this.changed(),
            refused: (link) => this.sets.askOverHttp(link.url),
            items: (link, items) => this.items(link, items),
        };
        this.members = new Set(genesis.validators.keys());
        this.links = [];
        this.addLink = (url) => {
            this.links.push(new Link(url, setup.dial, setup.handshake, events, setup.stopwatch));
        };
        for (const url of setup.urls)
            this.addLink(url);
        this.sets = new Sets({
            chain: setup.chain,
            hasher,
            verify: setup.handshake.verify,
            advanced: (set) => {
                const validators = [];
                for (const member of set.members)
                    validators[member.id] = identityOf(member);
                setup.handshake.validators = validators;
                this.enter(set);
            },
        });
        const transmitter = new Transmitter(this.links, setup.stopwatch);
        this.transmitter = transmitter;
        this.questions = new Questions(this.links, (link, items) => transmitter.sendTo(link, items));
        this.leases = new LeaseReads(this.links, this.questions);
        const { needed, heights } = this;
        const { maxTransactionBytes } = genesis.parameters;
        this.submissions = new Submissions({
            author,
            hasher,
            heights,
            limits,
            transmitter,
            maxTransactionBytes,
            n,
            needed,
            refusals: genesis.byzantine ? needed : n - faulty,
        });
        this.timer = setInterval(() => this.tick(), TICK_MS);
        for (const link of this.links)
            link.open();
    }
    /**
     * Connects. Throws `not-connected` where fewer than f + 1 validators could be reached in time, `bad-request`,
     * `bad-genesis`, `bad-key` or `home-missing` where the options make no client.
     */
    static async connect(options) {
        const setup = await prepare(options);
        const n = setup.genesis.validators.length;
        const { faulty } = toleranceOf(setup.genesis.byzantine, n);
        const wanted = Math.min(options.minConnected ?? n - faulty, setup.urls.length);
        const client = new Client(setup);
        if (await client.reached(wanted, setup.limits.connectTimeoutMs))
            return client;
        const why = client.links.map((link) => `${link.url}: ${link.ready ? 'connected' : link.lastError}`);
        await client.close();
        throw new LockstepError('not-connected', `fewer than ${client.needed} of ${n} validators could be reached (${why.join('; ')})`);
    }
    /** Validators that are connected now. */
    get connected() {
        return this.links.reduce((sum, link) => sum + (link.ready ? 1 : 0), 0);
    }
    /** By validator id, how many results it gave that are not those of f + 1 others: an honest one gives none. */
    get conflictingResults() {
        return this.submissions.conflicts;
    }
    /** Transactions sent and not settled. */
    get inFlight() {
        return this.submissions.size;
    }
    /** A slot that the chain has reached, as far as this client knows. */
    get sequence() {
        return this.heights.current;
    }
    async submit(command, options = {}) {
        const { submissions, codec } = this;
        if (command instanceof Uint8Array)
            return submissions.order('write', command, options, asBytes);
        return submissions.order('write', codec.encodeCommand(command), options, codec.decodeResult);
    }
    async query(query, options = {}) {
        const { submissions, codec, questions, limits } = this;
        const raw = query instanceof Uint8Array;
        const payload = raw ? query : codec.encodeQuery(query);
        if (options.read === 'lease' && !this.genesis.byzantine) {
            submissions.requireOpen();
            const read = await this.leases.read(payload, options.timeoutMs ?? limits.timeoutMs);
            options.signal?.throwIfAborted();
            if (read !== undefined)
                return raw ? read : { ...read, result: codec.decodeResult(read.result) };
        }
        if (!options.unordered) {
            return raw
                ? submissions.order('read', payload, options, asBytes)
                : submissions.order('read', payload, options, codec.decodeResult);
        }
        submissions.requireOpen();
        const answer = await questions.read(payload, options.timeoutMs ?? limits.timeoutMs, options.signal);
        return raw ? answer : { ...answer, result: codec.decodeResult(answer.result) };
    }
    /** A signed transaction of this client, for `submitRaw`. Nonce and expiry are the caller's affair. */
    sign(command, nonce, expiry) {
        const payload = command instanceof Uint8Array ? command : this.codec.encodeCommand(command);
        return this.author.sign({ kind: 'write', payload, nonce, expiry });
    }
    /**
     * Sends a transaction that is signed already, by whomever. It is not held back by `maxOutstanding`. While it is
     * outstanding, a second call with the same bytes is a `bad-request`. Rejects as `submit`.
     */
    async submitRaw(transaction, options = {}) {
        return new Promise((settled, failed) => this.transmit(transaction, heed(options.signal, { settled, failed }), options.timeoutMs));
    }
    /** `submitRaw` for load generators: calls back instead of making a promise. */
    transmit(transaction, waiter, timeoutMs) {
        this.submissions.transmit(transaction, waiter, timeoutMs);
    }
    /** What every validator says of itself; one that is silent for 2 s has no `status`. */
    async status() {
        this.submissions.requireOpen();
        return Promise.all(this.links.map(async (link) => {
            const asked = link.ready ? this.questions.status(link, STATUS_TIMEOUT_MS) : undefined;
            const status = readStatus(await asked?.catch(() => undefined));
            const { url, validator, ready: connected } = link;
            const name = this.sets.latest.members.find(({ id }) => id === validator)?.name;
            return { url, validator, name, connected, status, error: connected ? undefined : link.lastError };
        }));
    }
    /** Fails what is outstanding with `closed`, and disconnects. */
    async close() {
        this.closed = true;
        clearInterval(this.timer);
        for (const link of this.links)
            link.close();
        this.submissions.close();
        this.questions.close();
        this.changed();
    }
    /** Another set of validators, proven: from now on its members are believed, and no others. */
    enter(set) {
        const n = set.members.length;
        const { matching, faulty } = toleranceOf(this.genesis.byzantine, n);
        this.needed = matching;
        this.members = new Set(set.members.map(({ id }) => id));
        const refusals = this.genesis.byzantine ? matching : n - faulty;
        this.heights.resize(matching, this.members);
        this.submissions.resize(n, matching, refusals, this.members);
        for (const link of this.links.slice()) {
            if (link.validator === undefined || this.members.has(link.validator))
                continue;
            this.links.splice(this.links.indexOf(link), 1);
            link.close();
        }
        // Where one left, another may answer: a rotated validator is a new member at the same address.
        for (const { url } of set.members) {
            if (url === '' || this.closed || this.links.some((link) => link.url === url))
                continue;
            this.addLink(url);
            this.links.at(-1).open();
        }
        const { early } = this;
        this.early = [];
        const nowMs = performance.now();
        for (const { from, reply } of early)
            this.reply(from, reply, nowMs);
        this.changed();
    }
    /** At a pace, whoever says that there is a later epoch. */
    askEpochs(link, nowMs) {
        if (nowMs - this.askedMs < EPOCH_PAUSE_MS)
            return;
        this.askedMs = nowMs;
        this.transmitter.sendTo(link, [this.sets.question()]);
    }
    reply(from, reply, nowMs) {
        if (reply.epoch > this.sets.epoch) {
            if (this.early.length < MAX_EARLY)
                this.early.push({ from, reply: { ...reply, result: reply.result.slice() } });
            return;
        }
        if (!this.members.has(from))
            return;
        this.submissions.reply(from, reply.transaction, reply.sequence, reply.result, nowMs);
    }
    up(link) {
        this.transmitter.sendTo(link, [this.probe, this.sets.question(), ...this.submissions.items()]);
        this.changed();
    }
    items(link, items) {
        const from = link.validator;
        const nowMs = performance.now();
        for (const item of items) {
            const reply = decodeClientReply(item);
            // A validator that sends what it should not is one validator; the others decide.
            if (typeof reply === 'string')
                continue;
            if (reply.kind === 'reply') {
                if (reply.epoch > this.sets.epoch)
                    this.askEpochs(link, nowMs);
                this.reply(from, reply, nowMs);
            }
            else if (reply.kind === 'epoch') {
                // There may be more of them.
                if (this.sets.learn(reply.proof))
                    this.askEpochs(link, nowMs);
            }
            else if (!this.members.has(from)) {
                // It left the set: what it says counts for nothing.
            }
            else if (reply.kind === 'refusal') {
                this.submissions.refusal(from, reply.transaction, reply.code, reply.message, nowMs);
            }
            else if (reply.kind === 'status') {
                this.questions.answered(reply.requestId, link, reply.json);
            }
            else if (reply.kind === 'no-lease') {
                this.questions.answered(reply.requestId, link, reply);
            }
            else {
                this.heights.report(from, reply.sequence);
                if (reply.requestId === 0)
                    this.changed();
                else
                    this.questions.answered(reply.requestId, link, reply);
            }
        }
    }
    tick() {
        const nowMs = performance.now();
        this.submissions.tick(nowMs);
        this.questions.tick(nowMs);
        if (nowMs - this.lastProbeMs < PROBE_EVERY_MS)
            return;
        this.lastProbeMs = nowMs;
        this.transmitter.broadcast(this.probe);
        this.transmitter.broadcast(this.sets.question());
    }
    /** Whether `wanted` validators, or f + 1 when the time is up, are connected and have said where they are. */
    reached(wanted, timeoutMs) {
        return new Promise((resolve) => {
            const count = () => Math.min(this.connected, this.heights.reports);
            const end = (reached) => {
                clearTimeout(timer);
                this.changed = () => { };
                resolve(reached);
            };
            const timer = setTimeout(() => end(count() >= this.needed), timeoutMs);
            this.changed = () => {
                if (count() >= Math.max(wanted, this.needed))
                    end(true);
            };
        });
    }
}
const asBytes = (bytes) => bytes;
//# sourceMappingURL=client.js.map