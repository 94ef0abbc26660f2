/**
 * Where the ML-DSA-87 kernel's time goes. The kernel exports its parts for tests; each is timed by itself, as often as
 * the operation calls it, on the operation's own sizes (FIPS 204, Table 1: k = 8, ℓ = 7). What is left of the whole is
 * `other`: sampling, rounding, hints, norms, packing.
 */
import { compileKernel } from '../../crypto/kernels/load.js';
import { timeUs } from './timing.js';
const K = 8;
const L = 7;
/** SHAKE256's rate, and the suffix that FIPS 202 §6.2 appends to a message. */
const RATE = 136;
const SUFFIX = 0x1f;
const PUBLIC_KEY_BYTES = 2592;
/** μ ‖ w1Encode(w1'), hashed to c̃. */
const CHALLENGE_INPUT_BYTES = 64 + K * 128;
/** Blocks of ExpandMask per polynomial: 640 bytes. */
const MASK_BLOCKS = 5;
const PAGE_BYTES = 65536;
/** Adds `other`, so that the parts make up the whole. */
export function withOther(wholeUs, parts) {
    const sum = Object.values(parts).reduce((total, us) => total + us, 0);
    return { ...parts, other: Math.max(0, wholeUs - sum) };
}
export async function mlDsa87Parts(inputs, budgetMs) {
    const instance = new WebAssembly.Instance(await compileKernel('mldsa87'));
    const wasm = instance.exports;
    const slot = wasm.SLOTS.value;
    const secret = slot + wasm.SLOT_BYTES.value;
    const scratch = secret + wasm.SECRET_SLOT_BYTES.value;
    wasm.memory.grow(Math.ceil((scratch + PAGE_BYTES) / PAGE_BYTES));
    const memory = new Uint8Array(wasm.memory.buffer);
    const time = (call) => timeUs(call, budgetMs);
    memory.set(inputs.publicKey, wasm.PUBLIC_KEY.value);
    const prepareUs = time(() => wasm.prepare(slot));
    const stage = () => {
        const { message, signature } = inputs.next();
        memory.set(signature, wasm.SIGNATURE.value);
        memory.set(message, wasm.MESSAGE.value + 66);
        return message.length;
    };
    // The header of the pure variant: a zero, and the length of the empty context.
    memory.fill(0, wasm.MESSAGE.value + 64, wasm.MESSAGE.value + 66);
    const stageUs = time(stage);
    const verifyUs = time(() => wasm.verifyWhole(slot, 2 + stage()));
    const nttUs = time(() => wasm.testNtt(scratch));
    const inverseUs = time(() => wasm.testInverseNtt(scratch));
    const matrixUs = time(() => wasm.testMulMatrix(slot));
    const unpackUs = time(() => wasm.testDecodeZ(scratch, scratch + 4096));
    const sponge = (bytes, out) => time(() => wasm.testSponge(RATE, SUFFIX, scratch, bytes, scratch + 8192, out));
    const [muUs, challengeUs, trUs] = [
        sponge(64 + 2 + inputs.next().message.length, 64),
        sponge(CHALLENGE_INPUT_BYTES, 64),
        sponge(PUBLIC_KEY_BYTES, 64),
    ];
    memory.set(inputs.secretKey, wasm.SECRET_KEY.value);
    wasm.prepareSecret(secret);
    let candidates = 0;
    let signatures = 0;
    const signUs = meanUs(budgetMs * 4, () => {
        const length = stage();
        memory.set(crypto.getRandomValues(new Uint8Array(32)), wasm.SEED.value);
        wasm.beginSign(secret);
        candidates += wasm.sign(secret, 2 + length);
        signatures++;
    });
    const perSignature = candidates / signatures;
    const maskUs = time(() => wasm.testSponge2(RATE, SUFFIX, scratch, scratch + 256, 66, scratch + 8192, MASK_BLOCKS));
    return {
        prepare: withOther(prepareUs, { ntt: K * nttUs, 'hash of the key': trUs }),
        verify: withOther(verifyUs, {
            'copy in': stageUs,
            'unpack z': L * unpackUs,
            ntt: (L + 1) * nttUs,
            'inverse ntt': K * inverseUs,
            'matrix product': matrixUs,
            hash: muUs + challengeUs,
        }),
        sign: withOther(signUs, {
            'copy in': stageUs,
            'mask hash': (perSignature * L * maskUs) / 2,
            ntt: perSignature * L * nttUs,
            'inverse ntt': perSignature * K * inverseUs,
            'matrix product': perSignature * matrixUs,
            hash: muUs + perSignature * challengeUs,
        }),
        candidates: perSignature,
    };
}
/** Mean, since the number of candidates varies from one signature to the next. */
function meanUs(budgetMs, call) {
    for (const until = performance.now() + budgetMs / 4; performance.now() < until;)
        call();
    const start = performance.now();
    let calls = 0;
    for (; performance.now() < start + budgetMs || calls < 5; calls++)
        call();
    return (1000 * (performance.now() - start)) / calls;
}
//# sourceMappingURL=parts-mldsa87.js.map