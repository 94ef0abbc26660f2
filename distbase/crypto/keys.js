/** A validator's identity: one key pair of each suite, and the JSON text that holds it. `keyfile.ts` does the files. */
import { bytesEqual, fromHex, toHex } from '../core/bytes.js';
import { LockstepError } from '../core/errors.js';
import { generateKeyPair } from './signing.js';
import { ed25519PublicKey } from './suites/ed25519.js';
import { mlDsa87PublicKey } from './suites/mldsa87.js';
import { LENGTHS } from './suites/suite.js';
const PUBLIC_KEY_OF = {
    ed25519: ed25519PublicKey,
    'ml-dsa-87': mlDsa87PublicKey,
};
export async function generateIdentity() {
    return { ed25519: await generateKeyPair('ed25519'), mlDsa87: await generateKeyPair('ml-dsa-87') };
}
/** `{ version: 1, ed25519: { publicKey, secretKey }, mlDsa87: { … } }`, all keys in hex. Holds secrets. */
export function formatIdentity(identity) {
    const pair = ({ publicKey, secretKey }) => ({
        publicKey: toHex(publicKey),
        secretKey: toHex(secretKey),
    });
    const file = { version: 1, ed25519: pair(identity.ed25519), mlDsa87: pair(identity.mlDsa87) };
    return `${JSON.stringify(file, null, 2)}\n`;
}
function bad(where, why) {
    return new LockstepError('bad-key', `${where} ${why}; make a new one with \`lockstep keygen\``);
}
function parseKey(value, length, what, where) {
    const bytes = typeof value === 'string' ? fromHex(value) : undefined;
    if (bytes?.length !== length)
        throw bad(where, `has no ${what} of ${length} bytes in hex`);
    return bytes;
}
function parsePair(value, suite, field, where) {
    const entry = (typeof value === 'object' && value !== null ? value : {});
    const lengths = LENGTHS[suite];
    const publicKey = parseKey(entry.publicKey, lengths.publicKey, `${field}.publicKey`, where);
    const secretKey = parseKey(entry.secretKey, lengths.secretKey, `${field}.secretKey`, where);
    if (!bytesEqual(PUBLIC_KEY_OF[suite](secretKey), publicKey)) {
        throw bad(where, `is damaged: ${field}.publicKey does not belong to ${field}.secretKey`);
    }
    return { publicKey, secretKey };
}
/**
 * Reads what `formatIdentity` wrote. Throws `LockstepError('bad-key')`, whose message names the field and `where`
 * (a file's path) and never holds a key.
 */
export function parseIdentity(text, where = 'the key file') {
    let file;
    try {
        file = JSON.parse(text);
    }
    catch {
        throw bad(where, 'is not JSON');
    }
    if (typeof file !== 'object' || file === null)
        throw bad(where, 'is not a JSON object');
    const { version, ed25519, mlDsa87 } = file;
    if (version !== 1)
        throw bad(where, 'is not of version 1');
    return {
        ed25519: parsePair(ed25519, 'ed25519', 'ed25519', where),
        mlDsa87: parsePair(mlDsa87, 'ml-dsa-87', 'mlDsa87', where),
    };
}
//# sourceMappingURL=keys.js.map