/**
 * Who signed a protocol message, under the chain's authentication setting:
 *
 * | setting     | votes                  | what is always signed |
 * | ----------- | ---------------------- | --------------------- |
 * | `channel`   | nothing (session MAC)  | ML-DSA-87             |
 * | `ed25519`   | Ed25519                | Ed25519               |
 * | `ml-dsa-87` | ML-DSA-87              | ML-DSA-87             |
 * | `hybrid`    | Ed25519 ‖ ML-DSA-87    | Ed25519 ‖ ML-DSA-87   |
 *
 * Checking is left to the caller: `claims` lists what must hold, so that many messages share one batch.
 */
import { concatBytes, fromHex } from '../core/bytes.js';
import { LockstepError } from '../core/errors.js';
import { uint53Bytes } from '../core/uint53.js';
import { createSigner } from './signing.js';
import { LENGTHS } from './suites/suite.js';
const EMPTY = new Uint8Array(0);
const MESSAGE_LABEL = new TextEncoder().encode('lockstep/msg/2\0');
/** What stands before a body where it is signed; of one epoch always the same. */
export function messagePrefix(chainId, epoch) {
    return concatBytes(MESSAGE_LABEL, chainId, uint53Bytes(epoch));
}
/**
 * What is signed: `lockstep/msg/2\0` ‖ chain id ‖ epoch (8 bytes) ‖ body. A transaction's input has a label of its own,
 * so that a signature for one kind, one chain or one epoch is worth nothing to another.
 */
export function messageInput(prefix, body) {
    const out = new Uint8Array(prefix.length + body.length);
    out.set(prefix, 0);
    out.set(body, prefix.length);
    return out;
}
/**
 * What must hold for `signature` over `input` to be this validator's, under the suites that are always signed; undefined
 * where its length is wrong. For what no epoch's authenticator judges: approvals, and certificates of older epochs.
 */
export function signatureClaims(auth, validator, input, signature) {
    const keys = keysOf(validator);
    const list = suitesOf(auth, true);
    if (signature.length !== list.reduce((sum, suite) => sum + LENGTHS[suite].signature, 0))
        return undefined;
    let at = 0;
    return list.map((suite) => {
        const from = at;
        at += LENGTHS[suite].signature;
        return { suite, publicKey: keys[suite], message: input, signature: signature.subarray(from, at) };
    });
}
function suitesOf(auth, always) {
    switch (auth) {
        case 'channel':
            return always ? ['ml-dsa-87'] : [];
        case 'ed25519':
            return ['ed25519'];
        case 'ml-dsa-87':
            return ['ml-dsa-87'];
        case 'hybrid':
            return ['ed25519', 'ml-dsa-87'];
    }
}
function keysOf(validator) {
    const ed25519 = fromHex(validator.ed25519);
    const mlDsa87 = fromHex(validator.mlDsa87);
    if (ed25519?.length !== LENGTHS.ed25519.publicKey || mlDsa87?.length !== LENGTHS['ml-dsa-87'].publicKey) {
        throw new LockstepError('bad-genesis', `validator ${validator.name} has a public key that is none`);
    }
    return { ed25519, 'ml-dsa-87': mlDsa87 };
}
/** Throws `LockstepError`: `bad-genesis` for keys that are none, `bad-key` where ours are not this validator's. */
export async function createAuthenticator(options) {
    const { chain, identity, self } = options;
    const { validators } = chain.genesis;
    if (self !== undefined && validators[self] === undefined) {
        throw new LockstepError('bad-genesis', `the genesis has no validator ${self}`);
    }
    const signers = {
        ed25519: await createSigner('ed25519', identity.ed25519.secretKey),
        'ml-dsa-87': await createSigner('ml-dsa-87', identity.mlDsa87.secretKey),
    };
    return inEpoch(options, signers, 0, validators, self);
}
function requireOurs(suite, signer, known) {
    if (signer.publicKey.every((byte, i) => byte === known[i]))
        return;
    throw new LockstepError('bad-key', `our ${suite} key is not the one that the set gives for this validator`);
}
function inEpoch(options, signers, epoch, validators, self) {
    const { chain, auth, verifier } = options;
    const keys = validators.map(keysOf);
    const own = self === undefined ? undefined : keys[self];
    if (own !== undefined) {
        requireOurs('ed25519', signers.ed25519, own.ed25519);
        requireOurs('ml-dsa-87', signers['ml-dsa-87'], own['ml-dsa-87']);
    }
    const prefix = messagePrefix(chain.id, epoch);
    const suites = { vote: suitesOf(auth, false), always: suitesOf(auth, true) };
    const bytesOf = (list) => list.reduce((sum, suite) => sum + LENGTHS[suite].signature, 0);
    const lengths = { vote: bytesOf(suites.vote), always: bytesOf(suites.always) };
    for (const suite of suites.always)
        for (const key of keys)
            verifier.prepare(suite, key[suite]);
    const signWith = (list, input) => {
        if (list.length === 1)
            return signers[list[0]].sign(input);
        const out = new Uint8Array(bytesOf(list));
        let at = 0;
        for (const suite of list) {
            out.set(signers[suite].sign(input), at);
            at += LENGTHS[suite].signature;
        }
        return out;
    };
    return {
        signaturesEach: suites.always.length,
        signatureBytes: (always) => (always ? lengths.always : lengths.vote),
        forEpoch: (later, set, seat) => inEpoch(options, signers, later, set, seat),
        signInput: (input) => signWith(suites.always, input),
        sign(body, always) {
            const list = always ? suites.always : suites.vote;
            return list.length === 0 ? EMPTY : signWith(list, messageInput(prefix, body));
        },
        claims(from, body, signature, always) {
            const sender = keys[from];
            if (sender === undefined)
                return 'stranger';
            // Where sessions vouch for votes, a vote may be signed all the same, for others to judge.
            const full = always || (lengths.vote === 0 && signature.length > 0);
            if (signature.length !== (full ? lengths.always : lengths.vote))
                return 'signature-length';
            const list = full ? suites.always : suites.vote;
            if (list.length === 0)
                return [];
            const message = messageInput(prefix, body);
            let at = 0;
            return list.map((suite) => {
                const end = at + LENGTHS[suite].signature;
                const part = signature.subarray(at, end);
                at = end;
                return { suite, publicKey: sender[suite], message, signature: part };
            });
        },
    };
}
//# sourceMappingURL=authenticator.js.map