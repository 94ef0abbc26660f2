/** Keys, genesis and clients of runs with real cryptography: all from seeds, made once per setting. */
import { kvCodec } from '../../apps/kv-codec.js';
import { encodeTransaction } from '../../codec/transaction.js';
import { toHex } from '../../core/bytes.js';
import { createAuthenticator } from '../../crypto/authenticator.js';
import { chainOf } from '../../crypto/chain.js';
import { createHasher } from '../../crypto/hash.js';
import { createSigner, generateKeyPair } from '../../crypto/signing.js';
import { createVerifier } from '../../crypto/verifier.js';
const seed = (byte) => new Uint8Array(32).fill(byte);
const CLIENT_SEED = 200;
/** So long that a state of a few of them is fetched in several pieces. */
const VALUE_CHARACTERS = 4_000;
const keyOf = (number) => `key-${number}`;
export async function realSetting(auth, n, parameters = {}) {
    const hasher = await createHasher('blake3');
    const inline = await createVerifier({ threads: 0 });
    // What a check costs is measured, and measured time must decide nothing here: all are cheap enough to be done at once.
    const verifier = { ...bound(inline), costUs: () => 0 };
    const identities = [];
    for (let id = 0; id < n; id++) {
        identities.push({
            ed25519: await generateKeyPair('ed25519', seed(1 + id)),
            mlDsa87: await generateKeyPair('ml-dsa-87', seed(100 + id)),
        });
    }
    const chain = chainOf(genesisOf(auth, identities, parameters), hasher);
    const authenticators = [];
    for (const [self, identity] of identities.entries()) {
        authenticators.push(await createAuthenticator({ chain, auth, identity, self, verifier }));
    }
    const { publicKey, secretKey } = await generateKeyPair('ed25519', seed(CLIENT_SEED));
    const client = await createSigner('ed25519', secretKey);
    return {
        chain,
        hasher,
        verifier,
        authenticators,
        transaction(number) {
            const payload = kvCodec.encodeCommand({
                op: 'put',
                key: keyOf(number),
                value: String(number).padEnd(VALUE_CHARACTERS),
            });
            const fields = {
                suite: 'ed25519',
                kind: 'write',
                nonce: number,
                expiry: 100_000,
                publicKey,
                payload,
            };
            return encodeTransaction(fields, (input) => client.sign(input), chain.id);
        },
        query: (number) => kvCodec.encodeQuery({ op: 'get', key: keyOf(number) }),
    };
}
function bound(verifier) {
    return {
        verify: (items, priority) => verifier.verify(items, priority),
        verifySync: (item) => verifier.verifySync(item),
        costUs: (item) => verifier.costUs(item),
        prepare: (suite, key) => verifier.prepare(suite, key),
        stats: () => verifier.stats(),
        close: () => verifier.close(),
    };
}
function genesisOf(auth, identities, parameters) {
    return {
        version: 1,
        chain: 'simulated',
        createdMs: 0,
        protocol: 'pbft',
        byzantine: true,
        auth,
        hash: 'blake3',
        parameters: {
            checkpointInterval: 4,
            window: 8,
            maxBatchTransactions: 4,
            maxBatchBytes: 1 << 16,
            maxTransactionBytes: 8192,
            maxMessageBytes: 1 << 20,
            fastPath: true,
            viewChangeTimeoutMs: 50,
            viewChangeTimeoutMaxMs: 1_000,
            viewChangeTimeoutGrowth: 2,
            clockDriftMs: 60_000,
            ...parameters,
        },
        app: { name: 'kv', params: {} },
        validators: identities.map(({ ed25519, mlDsa87 }, id) => ({
            name: `v${id}`,
            ed25519: toHex(ed25519.publicKey),
            mlDsa87: toHex(mlDsa87.publicKey),
        })),
    };
}
//# sourceMappingURL=chain.js.map