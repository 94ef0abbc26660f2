/** From the options of `Client.connect` to everything that a client is made of. */
import { appCodec } from '../apps/codecs.js';
import { suiteByte } from '../codec/transaction.js';
import { fromHex } from '../core/bytes.js';
import { LockstepError } from '../core/errors.js';
import { toleranceOf } from '../core/quorum.js';
import { NO_STOPWATCH } from '../core/stopwatch.js';
import { chainOf } from '../crypto/chain.js';
import { createHasher } from '../crypto/hash.js';
import { createInlineVerifier } from '../crypto/inline.js';
import { loadMac } from '../crypto/session.js';
import { Author } from './author.js';
import { readLimits } from './options.js';
import { platformDial } from './socket.js';
async function whereOf(options, suite) {
    // Imported only here: it reads files.
    if ('home' in options)
        return (await import('./node-home.js')).readClientHome(options.home, suite);
    return { genesis: options.genesis, urls: options.validators, key: undefined };
}
/** Throws `bad-request`, `bad-genesis`, `bad-key` or `home-missing`. */
export async function prepare(options) {
    const limits = readLimits(options);
    const suite = options.suite ?? 'ed25519';
    const { genesis, urls, key } = await whereOf(options, suite);
    const needed = toleranceOf(genesis.byzantine, genesis.validators.length).matching;
    if (urls.length < needed) {
        throw new LockstepError('bad-request', `${urls.length} addresses: ${needed} validators must agree on every answer`);
    }
    for (const url of urls) {
        if (!/^wss?:\/\//.test(url))
            throw new LockstepError('bad-request', `${url} is no address such as ws://10.0.0.2:7100`);
    }
    const hasher = await createHasher(genesis.hash);
    const chain = chainOf(genesis, hasher);
    const author = await Author.create(suite, options.key ?? key, chain.id);
    const verifier = await createInlineVerifier();
    return {
        genesis,
        chain,
        urls,
        hasher,
        author,
        id: hasher.hex('client', Uint8Array.of(suiteByte(suite)), author.publicKey),
        codec: appCodec(genesis.app.name),
        limits,
        handshake: {
            chainId: chain.id,
            validators: genesis.validators.map(identityOf),
            verify: (item) => verifier.verifySync(item),
            mac: await loadMac(),
        },
        dial: await platformDial(),
        stopwatch: options.stopwatch ?? NO_STOPWATCH,
    };
}
export function identityOf(validator) {
    const ed25519 = fromHex(validator.ed25519);
    const mlDsa87 = fromHex(validator.mlDsa87);
    if (ed25519 === undefined || mlDsa87 === undefined) {
        throw new LockstepError('bad-genesis', `the keys of validator ${validator.name} are not in hex`);
    }
    return { ed25519, mlDsa87 };
}
//# sourceMappingURL=prepare.js.map