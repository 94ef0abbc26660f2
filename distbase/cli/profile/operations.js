/** Time per operation of every suite, by every backend that is there, in its parts where the kernel shows them. */
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { Bench } from '../../crypto/judge.js';
import { randomBytes } from '../../crypto/node-crypto.js';
import { nobleEd25519 } from '../../crypto/suites/ed25519.js';
import { loadSuites } from '../../crypto/suites/load.js';
import { nobleMlDsa87 } from '../../crypto/suites/mldsa87.js';
import { ed25519Parts } from './parts-ed25519.js';
import { mlDsa87Parts } from './parts-mldsa87.js';
import { timeUs } from './timing.js';
const NO_CONTEXT = new Uint8Array(0);
const NOBLE = { ed25519: nobleEd25519, 'ml-dsa-87': nobleMlDsa87 };
function total(parts) {
    return Object.values(parts).reduce((sum, us) => sum + us, 0);
}
function must(holds) {
    if (!holds)
        throw new Error('a good signature was refused');
}
/** Rows of a suite's backend: verify, sign, key generation. */
function suiteRows(suite, judge, inputs, budgetMs) {
    const signer = suite.signer(inputs.secretKey);
    const check = () => {
        const { publicKey, message, signature } = inputs.next();
        must(judge.verify(publicKey, message, signature, NO_CONTEXT));
    };
    const row = (operation, us) => ({
        suite: suite.name,
        backend: judge.backend,
        operation,
        us,
    });
    const rows = [];
    rows.push(row(judge.backend === 'wasm' ? 'verify, key not prepared' : 'verify', timeUs(check, budgetMs)));
    if (judge.backend === 'wasm') {
        judge.prepare(inputs.publicKey);
        rows.push(row('verify, prepared key', timeUs(check, budgetMs)));
    }
    if (suite.name === 'ml-dsa-87' || judge.backend !== 'wasm') {
        rows.push(row('sign', timeUs(() => signer.sign(inputs.next().message), 2 * budgetMs)));
    }
    rows.push(row('key generation', timeUs(() => suite.generate(randomBytes(32)), budgetMs)));
    return rows;
}
/** What comes before a public and a secret key in SPKI and PKCS #8 (RFC 8410; RFC 9881, expanded keys). */
const DER = {
    ed25519: { spki: '302a300506032b6570032100', pkcs8: '302e020100300506032b657004220420' },
    'ml-dsa-87': {
        spki: '30820a32300b0609608648016503040313' + '03820a2100',
        pkcs8: '30821338020100300b0609608648016503040313' + '0482132404821320',
    },
};
/** OpenSSL's keys, or undefined where it does not know the suite (ML-DSA-87 before OpenSSL 3.5). */
function opensslKeys(inputs) {
    const der = (prefix, key) => Buffer.concat([Buffer.from(prefix, 'hex'), key]);
    const { spki, pkcs8 } = DER[inputs.suite];
    try {
        return {
            publicKey: createPublicKey({ key: der(spki, inputs.publicKey), format: 'der', type: 'spki' }),
            privateKey: createPrivateKey({ key: der(pkcs8, inputs.secretKey), format: 'der', type: 'pkcs8' }),
        };
    }
    catch {
        return undefined;
    }
}
function opensslRows(inputs, budgetMs) {
    const keys = opensslKeys(inputs);
    if (keys === undefined)
        return [];
    const check = () => {
        const { message, signature } = inputs.next();
        must(verify(null, message, keys.publicKey, signature));
    };
    const base = { suite: inputs.suite, backend: 'node:crypto' };
    return [
        { ...base, operation: 'verify', us: timeUs(check, budgetMs) },
        {
            ...base,
            operation: 'sign',
            us: timeUs(() => sign(null, inputs.next().message, keys.privateKey), budgetMs),
        },
    ];
}
/** Batches of the calling thread, where judging together is cheaper. */
function batchRow(inputs, bench, budgetMs) {
    const batch = inputs.items.slice(0, 64);
    const verdicts = new Uint8Array(batch.length);
    bench.prepare(inputs.suite, inputs.publicKey);
    const us = timeUs(() => bench.judgeAll(batch, verdicts), budgetMs) / batch.length;
    must(verdicts.every((verdict) => verdict === 1));
    return { suite: inputs.suite, backend: 'wasm', operation: 'verify, one prepared key, batch of 64', us };
}
async function partsOf(inputs, budgetMs) {
    if (inputs.suite === 'ed25519') {
        const parts = await ed25519Parts(inputs, budgetMs);
        return {
            'prepare a key': parts.prepare,
            'verify, prepared key': parts.prepared,
            'verify, key not prepared': parts.unprepared,
        };
    }
    const { prepare, verify: verifyParts, sign: signParts } = await mlDsa87Parts(inputs, budgetMs);
    return {
        'prepare a key': prepare,
        'verify, prepared key': verifyParts,
        'verify, key not prepared': { ...verifyParts, 'expand the key': total(prepare) },
        sign: signParts,
    };
}
/** Everything about one suite; `budgetMs` per measurement. */
export async function profileOperations(inputs, budgetMs) {
    const suites = await loadSuites();
    const suite = suites[inputs.suite];
    const judge = suite.judge(0);
    const rows = suiteRows(suite, judge, inputs, budgetMs);
    if (judge.backend === 'wasm') {
        const parts = await partsOf(inputs, budgetMs);
        for (const [i, row] of rows.entries()) {
            const own = parts[row.operation];
            if (own === undefined)
                continue;
            // A signature's number of tries varies: its parts are means, and so is the whole.
            const us = row.operation === 'sign' ? total(own) : row.us;
            rows[i] = { ...row, us, parts: own };
        }
        const expand = parts['prepare a key'];
        const base = { suite: inputs.suite, backend: 'wasm' };
        rows.push({ ...base, operation: 'prepare a key', us: total(expand), parts: expand });
        if (judge.verifyMany !== undefined)
            rows.push(batchRow(inputs, new Bench(suites, 0), budgetMs));
        const noble = NOBLE[inputs.suite];
        rows.push(...suiteRows(noble, noble.judge(0), inputs, budgetMs));
    }
    rows.push(...opensslRows(inputs, budgetMs));
    return rows;
}
//# sourceMappingURL=operations.js.map