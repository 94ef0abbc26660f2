/**
 * A thread's first calls run in V8's baseline tiers, several times slower than the rest; a validator that is ready
 * should not meet that on its first votes.
 */
import { randomBytes } from './node-crypto.js';
/** Calls per suite after which medians no longer fall. */
const WARM_CALLS = 400;
/** So that a slow backend does not hold up the start. */
const WARM_MS = 400;
/** Judges good signatures until the code is warm. The counts of the bench's caches include these. */
export function warmUp(suites, bench) {
    for (const suite of ['ed25519', 'ml-dsa-87']) {
        const { publicKey, secretKey } = suites[suite].generate(randomBytes(32));
        const message = randomBytes(64);
        const signature = suites[suite].signer(secretKey).sign(message);
        const item = { suite, publicKey, message, signature };
        const verdicts = new Uint8Array(16);
        const batch = Array.from({ length: 16 }, () => item);
        const until = performance.now() + WARM_MS;
        for (let call = 0; call < WARM_CALLS && performance.now() < until; call++) {
            if (call % 16 === 15)
                bench.judgeAll(batch, verdicts);
            else
                bench.judge(item);
        }
    }
}
//# sourceMappingURL=warm-up.js.map