/** Throws so many changed frames at everything that reads bytes of others, and counts what was said to each. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeClientReply, decodeClientRequest } from '../../codec/client-messages.js';
import { CLIENT_FRAME_LIMITS, createFrameDecoder, encodeFrame, PEER_FRAME_LIMITS, VALIDATOR_FRAME_LIMITS, } from '../../codec/frame.js';
import { decodeApproved, decodeMembership, encodeMembership } from '../../codec/membership-codec.js';
import { MESSAGE_ITEM } from '../../codec/message-codec.js';
import { parseTransaction } from '../../codec/transaction.js';
import { genesisMembership } from '../../core/membership.js';
import { SeededRandom } from '../../core/random.js';
import { chainOf } from '../../crypto/chain.js';
import { createHasher } from '../../crypto/hash.js';
import { generateIdentity } from '../../crypto/keys.js';
import { loadMac, MAC_BYTES, Session } from '../../crypto/session.js';
import { createVerifier } from '../../crypto/verifier.js';
import { createBatchDigests } from '../../replica/batch-digest.js';
import { parseStatePieces, parseStateRequest } from '../../replica/state-items.js';
import { selfOf } from '../attacks/scene.js';
import { makeGenesis, validatorInfo } from '../genesis.js';
import { clientItems, protocolCorpora, replicaItems, replyItems, transactionCorpus } from './corpus.js';
import { openVictim } from './driver.js';
import { handshakeTarget } from './handshakes.js';
import { garbage, mutate, noise } from './mutate.js';
/** Where frames go, and how many of a thousand. */
const SHARES = {
    'peer frame': 560,
    driver: 60,
    'client frame': 100,
    'reply to a client': 80,
    session: 80,
    handshake: 70,
    transaction: 30,
    'set change': 20,
};
/** More than this over what it began with is growth that nobody bounded, bytes. */
const HEAP_BYTES = 256 << 20;
/** A driver takes in what it is told, so that now and then it begins anew. */
const VICTIM_FRAMES = 4_000;
const LOOK_FRAMES = 20_000;
const MOST_FAILURES = 20;
const PROTOCOLS = ['pbft', 'hotstuff', 'streamlet', 'raft'];
class Fuzzer {
    counts = new Map();
    failures = [];
    random;
    folder;
    victims = [];
    lives = [];
    make;
    peerPayloads;
    clientPayloads;
    replyPayloads;
    transactions;
    changes;
    handshake;
    session;
    chain;
    codecs;
    peerDecoder = createFrameDecoder(PEER_FRAME_LIMITS);
    clientDecoder = createFrameDecoder(CLIENT_FRAME_LIMITS);
    replyDecoder = createFrameDecoder(VALIDATOR_FRAME_LIMITS);
    constructor(seed) {
        this.random = new SeededRandom(seed);
        this.folder = mkdtempSync(join(tmpdir(), 'lockstep-fuzz-'));
    }
    async prepare() {
        const { random } = this;
        const hasher = await createHasher('blake3');
        const identities = await Promise.all(Array.from({ length: 4 }, () => generateIdentity()));
        const validators = identities.map((identity, i) => validatorInfo(`v${i}`, identity));
        const chains = PROTOCOLS.map((protocol) => chainOf(makeGenesis({ chain: 'fuzz', createdMs: 1, protocol, byzantine: protocol !== 'raft', validators }), hasher));
        this.chain = chains[0];
        const digests = createBatchDigests(hasher);
        this.codecs = protocolCorpora(this.chain, digests, random, 12);
        const bodies = this.codecs.flatMap(({ codec, items }) => items.slice(0, 40).flatMap((item) => {
            const decoded = codec.decodeItem(this.decodeItem(item));
            return typeof decoded === 'string' ? [] : [decoded.envelope.body];
        }));
        const others = replicaItems(this.chain, random, bodies);
        const payloads = [];
        for (const { items } of this.codecs)
            for (const item of items)
                payloads.push(encodeFrame([item]));
        for (const item of others)
            payloads.push(encodeFrame([item]));
        for (let i = 0; i < 100; i++) {
            const many = Array.from({ length: 1 + random.below(6) }, () => random.chance(0.7) ? random.pick(random.pick(this.codecs).items) : random.pick(others));
            payloads.push(encodeFrame(many));
        }
        this.peerPayloads = payloads;
        this.clientPayloads = clientItems(this.chain, random).map((item) => encodeFrame([item]));
        this.replyPayloads = replyItems(random).map((item) => encodeFrame([item]));
        this.transactions = transactionCorpus(this.chain, random, 12);
        this.changes = [
            ...this.transactions.flatMap((bytes) => {
                const parsed = parseTransaction(bytes, 1 << 16);
                return typeof parsed !== 'string' && parsed.kind === 'change' ? [parsed.payload.slice()] : [];
            }),
            encodeMembership(genesisMembership(this.chain.genesis)),
        ];
        const verifier = await createVerifier({ threads: 0 });
        const mac = await loadMac();
        const context = {
            chainId: this.chain.id,
            validators: identities.map(({ ed25519, mlDsa87 }) => ({
                ed25519: ed25519.publicKey,
                mlDsa87: mlDsa87.publicKey,
            })),
            verify: (item) => verifier.verifySync(item),
            mac,
        };
        const parties = {
            context,
            responder: await selfOf(0, identities[0]),
            initiator: await selfOf(3, identities[3]),
        };
        this.handshake = handshakeTarget(parties, random);
        const keys = { send: noise(32, random), receive: noise(32, random), initiator: true };
        const sender = new Session(mac, keys);
        const receiver = new Session(mac, { send: keys.receive, receive: keys.send, initiator: false });
        this.session = () => {
            const payload = random.pick(this.peerPayloads);
            const frame = new Uint8Array(MAC_BYTES + payload.length);
            frame.set(payload, MAC_BYTES);
            sender.seal(frame);
            const changed = mutate(frame, payload, random);
            const same = changed.length === frame.length && changed.every((byte, i) => byte === frame[i]);
            const first = receiver.open(changed);
            if ((first !== undefined) !== same)
                throw new Error('a session took a frame that was not sent');
            // The good one keeps the counters together; it is taken unless it was taken before.
            if (!same && receiver.open(frame) === undefined)
                throw new Error('a session refused a good frame');
            return first === undefined ? 'frame-mac' : 'taken';
        };
        let serial = 0;
        this.make = (which) => openVictim(chains[which], hasher, identities[0], join(this.folder, `s${serial++}`));
        for (let i = 0; i < chains.length; i++) {
            this.victims.push(await this.make(i));
            this.lives.push(0);
        }
    }
    decodeItem(item) {
        const items = this.peerDecoder(encodeFrame([item]));
        return typeof items === 'string' ? undefined : items[0];
    }
    count(target, outcome) {
        let counts = this.counts.get(target);
        if (counts === undefined) {
            counts = new Map();
            this.counts.set(target, counts);
        }
        counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    }
    /** Valid bytes changed, or, now and then, none of ours at all. */
    bytes(of) {
        const { random } = this;
        if (random.chance(0.08)) {
            const values = 1 + random.below(3);
            const out = [0x90 | (values + 1), 1];
            for (let i = 0; i < values; i++)
                out.push(...garbage(random));
            return Uint8Array.from(out);
        }
        if (random.chance(0.01))
            return noise(random.below(3_000), random);
        return mutate(random.pick(of), random.pick(of), random);
    }
    async one(target) {
        switch (target) {
            case 'peer frame':
                return this.peerFrame();
            case 'driver':
                return this.drive();
            case 'client frame':
                return this.clientFrame();
            case 'reply to a client':
                return this.reply();
            case 'session':
                return this.count(target, this.session());
            case 'handshake':
                return this.count(target, this.handshake());
            case 'transaction': {
                const parsed = parseTransaction(this.bytes(this.transactions), 1 << 16);
                return this.count(target, typeof parsed === 'string' ? parsed : 'taken');
            }
            case 'set change': {
                const bytes = this.bytes(this.changes);
                const set = decodeMembership(bytes);
                const taken = decodeApproved(bytes) !== undefined || typeof set !== 'string';
                return this.count(target, taken ? 'taken' : set);
            }
        }
    }
    peerFrame() {
        const items = this.peerDecoder(this.bytes(this.peerPayloads));
        if (typeof items === 'string')
            return this.count('peer frame', items);
        const { codec } = this.random.pick(this.codecs);
        for (const item of items) {
            if (Array.isArray(item) && item[0] !== MESSAGE_ITEM) {
                const parsed = parseStateRequest(item) ?? parseStatePieces(item);
                this.count('peer frame', parsed === undefined ? 'frame-kind' : 'taken');
                continue;
            }
            const decoded = codec.decodeItem(item);
            if (typeof decoded === 'string')
                this.count('peer frame', decoded);
            else {
                codec.nested(decoded.message);
                this.count('peer frame', 'taken');
            }
        }
        if (items.length === 0)
            this.count('peer frame', 'taken');
    }
    clientFrame() {
        const items = this.clientDecoder(this.bytes(this.clientPayloads));
        if (typeof items === 'string')
            return this.count('client frame', items);
        for (const item of items) {
            const request = decodeClientRequest(item, this.chain.genesis.parameters);
            this.count('client frame', typeof request === 'string' ? request : 'taken');
        }
    }
    reply() {
        const items = this.replyDecoder(this.bytes(this.replyPayloads));
        if (typeof items === 'string')
            return this.count('reply to a client', items);
        for (const item of items) {
            const reply = decodeClientReply(item);
            this.count('reply to a client', typeof reply === 'string' ? reply : 'taken');
        }
    }
    /** Into a whole replica; what it counted is added up when it ends. */
    async drive() {
        const { random } = this;
        const which = random.below(this.victims.length);
        let victim = this.victims[which];
        if (this.lives[which]++ >= VICTIM_FRAMES) {
            this.bury(victim);
            victim = await this.make(which);
            this.victims[which] = victim;
            this.lives[which] = 0;
        }
        if (random.chance(0.2)) {
            const items = this.clientDecoder(this.bytes(this.clientPayloads));
            if (typeof items === 'string')
                this.count('driver', items);
            else
                victim.client(items);
        }
        else {
            const { items: own } = this.codecs.find(({ name }) => name === PROTOCOLS[which]);
            // Half of what it is told is in good form and means nothing good.
            const payload = random.chance(0.5) ? encodeFrame([random.pick(own)]) : this.bytes(this.peerPayloads);
            const items = this.peerDecoder(payload);
            if (typeof items === 'string')
                this.count('driver', items);
            else
                victim.frame(items);
        }
        await victim.advance(random.chance(0.05) ? 300 : 1);
        if (victim.fatal === undefined)
            return;
        const { name, message, stack } = victim.fatal;
        throw Object.assign(new Error(`${PROTOCOLS[which]}: ${name}: ${message}`), { stack });
    }
    bury(victim) {
        const { rejections, counters } = victim.telemetry.snapshot();
        for (const [code, count] of Object.entries(rejections))
            for (let i = 0; i < count; i++)
                this.count('driver', code);
        for (let i = 0; i < (counters.messagesReceived ?? 0); i++)
            this.count('driver', 'messages in all');
        victim.stop();
    }
    /** After something was thrown: the replica that threw it is of no use any more. */
    async afresh() {
        for (const [which, victim] of this.victims.entries()) {
            if (victim.fatal === undefined)
                continue;
            this.victims[which] = await this.make(which);
            this.lives[which] = 0;
        }
    }
    close() {
        for (const victim of this.victims)
            this.bury(victim);
        rmSync(this.folder, { recursive: true, force: true });
    }
}
const nextTurn = () => new Promise((resolve) => {
    setImmediate(resolve);
});
/** Runs to the end, or to the signal. `progress` hears of how many frames there were. */
export async function fuzz({ frames, seed }, progress = () => { }, signal) {
    const fuzzer = new Fuzzer(seed);
    const chooser = new SeededRandom(seed ^ 0x5eed);
    const wheel = Object.keys(SHARES).flatMap((target) => new Array(SHARES[target] / 10).fill(target));
    await fuzzer.prepare();
    const startMs = performance.now();
    const heapStartBytes = process.memoryUsage().heapUsed;
    let heapMostBytes = heapStartBytes;
    let residentMostBytes = 0;
    let done = 0;
    try {
        for (; done < frames; done++) {
            const target = chooser.pick(wheel);
            try {
                await fuzzer.one(target);
            }
            catch (error) {
                const { name, message, stack } = error;
                fuzzer.failures.push(`frame ${done} (${target}): ${name}: ${message} ${(stack ?? '').split('\n').slice(1, 4).join(' ')}`);
                if (fuzzer.failures.length >= MOST_FAILURES)
                    break;
                await fuzzer.afresh();
            }
            if (done % LOOK_FRAMES !== LOOK_FRAMES - 1)
                continue;
            signal?.throwIfAborted();
            const { heapUsed, rss } = process.memoryUsage();
            heapMostBytes = Math.max(heapMostBytes, heapUsed);
            residentMostBytes = Math.max(residentMostBytes, rss);
            progress(done + 1);
            await nextTurn();
        }
    }
    finally {
        fuzzer.close();
    }
    const seconds = (performance.now() - startMs) / 1000;
    const { heapUsed, rss } = process.memoryUsage();
    heapMostBytes = Math.max(heapMostBytes, heapUsed);
    residentMostBytes = Math.max(residentMostBytes, rss);
    if (heapMostBytes - heapStartBytes > HEAP_BYTES)
        fuzzer.failures.push(`the heap grew by ${Math.round((heapMostBytes - heapStartBytes) / 2 ** 20)} MiB`);
    const targets = Object.fromEntries([...fuzzer.counts].map(([target, counts]) => [
        target,
        Object.fromEntries([...counts].sort(([, a], [, b]) => b - a)),
    ]));
    return {
        frames: done,
        seed,
        seconds,
        framesPerSecond: done / seconds,
        targets,
        heapStartBytes,
        heapMostBytes,
        residentMostBytes,
        failures: fuzzer.failures,
    };
}
//# sourceMappingURL=run.js.map