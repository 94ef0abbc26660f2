/** Valid messages of every kind, by the schemas that the decoders are made of. */
import { encodeClientReply, encodeClientRequest } from '../../codec/client-messages.js';
import { encodeApproved, encodeChange } from '../../codec/membership-codec.js';
import { createMessageCodec } from '../../codec/message-codec.js';
import { encodeTransaction } from '../../codec/transaction.js';
import { encodeValue } from '../../codec/value.js';
import { protocolByName, protocolNames } from '../../protocols/registry.js';
import { HELLO_ITEM, PROOFS_ITEM } from '../../replica/epoch-exchange.js';
import { RELAY_ITEM } from '../../replica/relays.js';
import { STATE_PIECES_ITEM, STATE_REQUEST_ITEM } from '../../replica/state-items.js';
import { ALIVE_ITEM, CHALLENGE_ITEM, CLEAR_ITEM, RUN_ITEM } from '../../replica/twins.js';
import { EXHIBIT_ITEM, HELD_ITEM } from '../../replica/watch/watch.js';
import { noise } from './mutate.js';
/** Ed25519's, so that a signature passes for one by its length. */
const SIGNATURE_BYTES = 64;
const N = 4;
const hex = (random) => Buffer.from(noise(32, random)).toString('hex');
/** Numbers as they occur: small ones, places in a window, and their edges. */
function uint(max, random) {
    const value = random.pick([0, 1, 2, random.below(6), random.below(400), 128, 256, max]);
    return Math.min(max, value);
}
class Maker {
    codec;
    schema;
    random;
    digests;
    transactions;
    constructor(schema, chain, random, digests, transactions) {
        this.schema = schema;
        this.random = random;
        this.digests = digests;
        this.transactions = transactions;
        this.codec = createMessageCodec(schema, {
            n: N,
            batchDigest: digests.batchDigest,
            limits: chain.genesis.parameters,
        });
    }
    item(type, from) {
        return this.codec.encodeItem(this.attested(type, from, 0, true));
    }
    attested(type, from, depth, batched) {
        const { random } = this;
        const shape = this.schema[type];
        const message = { type };
        for (const [name, field] of Object.entries(shape.fields))
            message[name] = this.value(field, depth, name);
        if (shape.batch && batched) {
            const batch = this.digests.batchOf(random.below(3) * 1_000, this.transactions.slice(0, random.below(4)));
            message.digest = batch.digest;
            message.batch = batch;
        }
        const body = this.codec.encodeBody(message, from);
        const signature = shape.signed === 'session' ? new Uint8Array(0) : noise(SIGNATURE_BYTES, random);
        return { from, message: message, envelope: { body, signature } };
    }
    value(field, depth, name) {
        const { random } = this;
        switch (field.kind) {
            case 'uint':
                return name === 'epoch' ? Number(random.chance(0.02)) : uint(field.max, random);
            case 'bool':
                return random.chance(0.5);
            case 'digest':
                return hex(random);
            case 'bytes':
                return noise(random.below(Math.min(field.max, 80) + 1), random);
            case 'list': {
                const length = depth > 2 ? 0 : random.below(Math.min(field.max, 4) + 1);
                return Array.from({ length }, () => this.value(field.of, depth + 1, ''));
            }
            case 'record':
                return Object.fromEntries(Object.entries(field.fields).map(([key, of]) => [key, this.value(of, depth + 1, key)]));
            case 'attested':
                return this.attested(random.pick(field.types), random.below(N), depth + 1, false);
            case 'certificate':
                return this.certificate(field.of, depth);
        }
    }
    certificate(of, depth) {
        const signers = Array.from({ length: N }, (_, id) => id).filter(() => this.random.chance(0.8));
        const { message } = this.attested(of, 0, depth + 1, false);
        return { message, signers, signatures: signers.map(() => noise(SIGNATURE_BYTES, this.random)) };
    }
}
export function protocolCorpora(chain, digests, random, each) {
    const transactions = transactionCorpus(chain, random, 8);
    return protocolNames().map((name) => {
        const schema = protocolByName(name).messages;
        const maker = new Maker(schema, chain, random, digests, transactions);
        const items = Object.keys(schema).flatMap((type) => 
        // Mostly of the one who sends it.
        Array.from({ length: each }, () => maker.item(type, random.chance(0.8) ? 3 : random.below(N))));
        return { name, codec: maker.codec, items };
    });
}
/** Items that belong to no protocol. */
export function replicaItems(chain, random, bodies) {
    const bytes = (length) => noise(length, random);
    const run = bytes(16);
    return [
        encodeValue([RELAY_ITEM, transactionCorpus(chain, random, 5)]),
        encodeValue([STATE_REQUEST_ITEM, 7, 128]),
        encodeValue([STATE_REQUEST_ITEM, 7, 128, 1, true, [bytes(3).map((b) => b & 15), new Uint8Array(0)]]),
        encodeValue([STATE_PIECES_ITEM, 7, 128, [bytes(300), bytes(20)]]),
        ...bodies.map((body) => encodeValue([EXHIBIT_ITEM, body, bytes(SIGNATURE_BYTES)])),
        encodeValue([
            HELD_ITEM,
            3,
            [
                [1, bytes(32)],
                [2, bytes(32)],
            ],
        ]),
        encodeValue([HELLO_ITEM, 0, true]),
        encodeValue([HELLO_ITEM, 2, false]),
        encodeValue([PROOFS_ITEM, bytes(500)]),
        encodeValue([RUN_ITEM, run, 1_700_000_000_000]),
        encodeValue([CLEAR_ITEM, run]),
        encodeValue([CHALLENGE_ITEM, run]),
        encodeValue([ALIVE_ITEM, run, 1_700_000_000_000, true, bytes(16), bytes(4691)]),
    ];
}
export function transactionCorpus(chain, random, count) {
    const change = encodeChange({ kind: 'remove', epoch: 0, name: 'v2' });
    const added = encodeChange({
        kind: 'add',
        epoch: 0,
        name: 'v9',
        url: 'ws://127.0.0.1:7109',
        ed25519: hex(random),
        mlDsa87: Buffer.from(noise(2592, random)).toString('hex'),
    });
    return Array.from({ length: count }, (_, i) => encodeTransaction({
        suite: i % 4 === 3 ? 'ml-dsa-87' : 'ed25519',
        kind: i % 3 === 2 ? 'change' : i % 3 === 1 ? 'read' : 'write',
        nonce: 1 + i,
        expiry: 1_000 + i,
        publicKey: noise(i % 4 === 3 ? 2592 : 32, random),
        payload: i % 3 === 2
            ? encodeApproved(i % 2 === 0 ? change : added, [{ member: 1, signature: noise(64, random) }])
            : noise(random.below(80), random),
    }, () => noise(i % 4 === 3 ? 4627 : 64, random), chain.id));
}
export function clientItems(chain, random) {
    return [
        ...transactionCorpus(chain, random, 8).map((transaction) => encodeClientRequest({ kind: 'submit', transaction })),
        encodeClientRequest({ kind: 'query', requestId: 1, payload: noise(20, random) }),
        encodeClientRequest({ kind: 'lease-query', requestId: 2, payload: noise(20, random) }),
        encodeClientRequest({ kind: 'status', requestId: 3 }),
        encodeClientRequest({ kind: 'epochs', above: 0 }),
    ];
}
export function replyItems(random) {
    const transaction = hex(random);
    return [
        encodeClientReply({ kind: 'reply', transaction, sequence: 9, result: noise(30, random), epoch: 0 }),
        encodeClientReply({ kind: 'refusal', transaction, code: 'transaction-nonce', message: 'used' }),
        encodeClientReply({ kind: 'answer', requestId: 1, sequence: 9, result: noise(30, random) }),
        encodeClientReply({ kind: 'status', requestId: 1, json: '{"a":1}' }),
        encodeClientReply({ kind: 'epoch', proof: noise(200, random) }),
        encodeClientReply({ kind: 'no-lease', requestId: 1, leader: 2 }),
    ];
}
//# sourceMappingURL=corpus.js.map