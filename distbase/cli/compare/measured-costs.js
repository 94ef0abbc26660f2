/** What single operations cost on this machine, measured alone: medians, warm. */
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSigner, generateKeyPair } from '../../crypto/signing.js';
import { createVerifier } from '../../crypto/verifier.js';
import { median } from './row.js';
const WARM = 400;
const SAMPLES = 200;
/** Label, chain and body of a vote. */
const MESSAGE_BYTES = 96;
const RECORD_BYTES = 300;
function time(work) {
    const took = [];
    for (let i = 0; i < WARM + SAMPLES; i++) {
        const startMs = performance.now();
        work(i);
        if (i >= WARM)
            took.push(1000 * (performance.now() - startMs));
    }
    return median(took);
}
async function suiteCosts(suite) {
    const { publicKey, secretKey } = await generateKeyPair(suite);
    const signer = await createSigner(suite, secretKey);
    const verifier = await createVerifier({ threads: 0 });
    verifier.prepare(suite, publicKey);
    const messages = Array.from({ length: WARM + SAMPLES }, (_, i) => new Uint8Array(MESSAGE_BYTES).fill(i & 255).fill(i >> 8, 0, 8));
    const signatures = [];
    const signUs = time((i) => void signatures.push(signer.sign(messages[i])));
    const verifyUs = time((i) => void verifier.verifySync({ suite, publicKey, message: messages[i], signature: signatures[i] }));
    await verifier.close();
    return { signUs, verifyUs };
}
function appendCost() {
    const folder = mkdtempSync(join(tmpdir(), 'lockstep-costs-'));
    const file = openSync(join(folder, 'log'), 'a');
    const record = new Uint8Array(RECORD_BYTES);
    const us = time(() => void writeSync(file, record));
    closeSync(file);
    rmSync(folder, { recursive: true });
    return us;
}
export async function measureCosts() {
    const ed25519 = await suiteCosts('ed25519');
    const mlDsa87 = await suiteCosts('ml-dsa-87');
    return {
        signUs: { ed25519: ed25519.signUs, 'ml-dsa-87': mlDsa87.signUs },
        verifyUs: { ed25519: ed25519.verifyUs, 'ml-dsa-87': mlDsa87.verifyUs },
        appendUs: appendCost(),
    };
}
//# sourceMappingURL=measured-costs.js.map