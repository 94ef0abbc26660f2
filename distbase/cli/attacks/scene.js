/**
 * A cluster of four real processes, the keys of one of them in our hands: validators 0 to 2 are honest and at work,
 * validator 3 is us.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMessageCodec } from '../../codec/message-codec.js';
import { SeededRandom } from '../../core/random.js';
import { createAuthenticator } from '../../crypto/authenticator.js';
import { chainOf } from '../../crypto/chain.js';
import { generateIdentity } from '../../crypto/keys.js';
import { loadMac } from '../../crypto/session.js';
import { createSigner } from '../../crypto/signing.js';
import { createVerifier } from '../../crypto/verifier.js';
import { messages } from '../../protocols/pbft/messages.js';
import { createBatchDigests } from '../../replica/batch-digest.js';
import { LocalCluster } from '../cluster.js';
import { loadHome } from '../home.js';
import { Line, pause } from './line.js';
export const TRAITOR = 3;
const HONEST = [0, 1, 2];
/** Most bytes that wait in our own socket for one of them, so that a flood is theirs and not ours. */
const FLOOD_BACKLOG_BYTES = 1 << 20;
export class Scene {
    cluster;
    home;
    /** The handshakes' view of who is who, the true one. */
    context;
    /** We, as validator 3, and somebody whom nobody knows under its number. */
    self;
    unknown;
    /** Messages as PBFT has them, and signatures in our name. */
    codec;
    authenticator;
    digests;
    /** A client's keys of our own. */
    client;
    random = new SeededRandom(0x1ec5);
    /** Connections of ours that the honest ended. */
    ended = 0;
    lines = new Map();
    folder;
    serial = 0;
    constructor(parts) {
        this.cluster = parts.cluster;
        this.folder = parts.folder;
        this.home = parts.home;
        this.context = parts.context;
        this.self = parts.self;
        this.unknown = parts.unknown;
        this.codec = parts.codec;
        this.authenticator = parts.authenticator;
        this.digests = parts.digests;
        this.client = parts.client;
    }
    static async open(auth) {
        const folder = mkdtempSync(join(tmpdir(), 'lockstep-attacks-'));
        let cluster;
        try {
            cluster = await LocalCluster.make({
                folder: join(folder, 'net'),
                auth,
                config: { logLevel: 'warn' },
            });
            for (const id of HONEST)
                cluster.restart(id);
            await cluster.waitReady();
            const home = await loadHome(cluster.homes[TRAITOR]);
            const { chain, identity, hasher } = home;
            const verifier = await createVerifier({ threads: 0 });
            const digests = createBatchDigests(hasher);
            const context = {
                chainId: chain.id,
                validators: chain.genesis.validators.map((validator) => ({
                    ed25519: Uint8Array.from(Buffer.from(validator.ed25519, 'hex')),
                    mlDsa87: Uint8Array.from(Buffer.from(validator.mlDsa87, 'hex')),
                })),
                verify: (item) => verifier.verifySync(item),
                mac: await loadMac(),
            };
            return new Scene({
                cluster,
                folder,
                home,
                context,
                self: await selfOf(TRAITOR, identity),
                unknown: await selfOf(TRAITOR, await generateIdentity()),
                codec: createMessageCodec(messages, {
                    n: 4,
                    batchDigest: digests.batchDigest,
                    limits: chain.genesis.parameters,
                }),
                authenticator: await createAuthenticator({ chain, auth, identity, self: TRAITOR, verifier }),
                digests,
                client: await generateIdentity(),
            });
        }
        catch (error) {
            await cluster?.stop();
            rmSync(folder, { recursive: true, force: true });
            throw error;
        }
    }
    async close() {
        this.hangUp();
        await this.cluster.stop();
        rmSync(this.folder, { recursive: true, force: true });
    }
    get honest() {
        return HONEST;
    }
    url(id) {
        return this.cluster.urls[id];
    }
    /** Each time another one of the honest. */
    next() {
        return HONEST[this.serial++ % HONEST.length];
    }
    noise(length) {
        return Uint8Array.from({ length }, () => this.random.below(256));
    }
    digest() {
        return Buffer.from(this.noise(32)).toString('hex');
    }
    /** Our session as validator 3 with one of them; made anew where it ended. */
    async line(id) {
        const old = this.lines.get(id);
        if (old !== undefined && !old.closed)
            return old;
        for (let attempt = 0; attempt < 20; attempt++) {
            const line = await Line.open(this.url(id), 'peer');
            if ((await line.handshake(this.context, this.self, id)) !== undefined) {
                line.keeps = false;
                this.lines.set(id, line);
                return line;
            }
            line.close();
            await pause(50);
        }
        throw new Error(`validator ${id} does not let its peer 3 in`);
    }
    /** Waits until the honest ended a connection, and counts that. */
    async expectEnd(line, waitMs) {
        if (await line.ended(waitMs))
            this.ended++;
        line.close();
    }
    stranger(door, origin) {
        return Line.open(this.url(this.next()), door, origin);
    }
    /** Items as validator 3, to all of the honest; waits while our own socket is full. */
    async say(items, to = HONEST) {
        for (const id of to) {
            const line = await this.line(id);
            line.items(items);
            while (line.backlog > FLOOD_BACKLOG_BYTES && !line.closed)
                await pause(1);
        }
    }
    /** A payload as validator 3 to one of them, whatever it is. */
    async payload(bytes) {
        const line = await this.line(this.next());
        line.send(line.seal(bytes));
    }
    /** A signed message as an item. */
    signed(message, from = TRAITOR, spoil = false) {
        const body = this.codec.encodeBody(message, from);
        const { signed } = this.codec.schemaOf(message);
        const signature = this.authenticator.sign(body, signed === 'always').slice();
        if (spoil && signature.length > 0)
            signature[5] ^= 1;
        return this.codec.encodeItem({ from, message, envelope: { body, signature } });
    }
    hangUp() {
        for (const line of this.lines.values())
            line.close();
        this.lines.clear();
    }
    async counts() {
        const sum = new Map([['ended', this.ended]]);
        const add = (name, count) => sum.set(name, (sum.get(name) ?? 0) + count);
        for (const status of await this.statuses()) {
            for (const [code, count] of Object.entries(status.rejections))
                add(code, count);
            for (const [offence, count] of Object.entries(status.violations))
                add(`evidence ${offence}`, count);
            const { conduct } = status.peers.find(({ id }) => id === TRAITOR) ?? { conduct: null };
            for (const [kind, count] of Object.entries(conduct?.detections ?? {}))
                add(`found ${kind}`, count);
            const { refusedAtDoor } = status.transport;
            add('skipped unread', status.counters.messagesSkipped ?? 0);
            const { deferred } = status.transport;
            add('deferred', deferred ?? 0);
            add('refused at accept', refusedAtDoor ?? 0);
        }
        return sum;
    }
    statuses() {
        return Promise.all(HONEST.map((id) => this.patient(id)));
    }
    /** A validator without a core of its own answers late. */
    async patient(id) {
        for (let attempt = 0;; attempt++) {
            try {
                return await this.cluster.status(id);
            }
            catch (error) {
                if (attempt === 10)
                    throw error;
                await pause(200);
            }
        }
    }
    /** What the hungriest of the honest holds, bytes. */
    async residentBytes() {
        return Math.max(...(await this.statuses()).map(({ memoryBytes }) => memoryBytes));
    }
    /** The same keys under another genesis. */
    otherChain() {
        const genesis = { ...this.home.chain.genesis, createdMs: this.home.chain.genesis.createdMs + 1 };
        return { ...this.context, chainId: chainOf(genesis, this.home.hasher).id };
    }
}
export async function selfOf(id, identity) {
    return {
        id,
        ed25519: await createSigner('ed25519', identity.ed25519.secretKey),
        mlDsa87: await createSigner('ml-dsa-87', identity.mlDsa87.secretKey),
    };
}
//# sourceMappingURL=scene.js.map