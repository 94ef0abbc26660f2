import { writeFileSync } from 'node:fs';
import { fromHex } from '../../core/bytes.js';
import { LockstepError } from '../../core/errors.js';
import { defineCommand } from '../command.js';
import { HISTORY_OPTIONS, openHistory } from '../history-options.js';
import { digestWord } from '../history-table.js';
import { writeJson } from '../output.js';
/** A key of the state: bytes as hex, or the text that `kv` takes for a key. */
function keyWord(word, isHex) {
    const bytes = isHex ? fromHex(word ?? '') : new TextEncoder().encode(word ?? '');
    if (bytes === undefined || bytes.length === 0) {
        throw new LockstepError('bad-flag', isHex ? `"${word}" is no hex text` : 'the key is missing');
    }
    return bytes;
}
export const command = defineCommand({
    name: 'prove',
    summary: 'export a proof that anybody with the genesis can check',
    usage: 'tx DIGEST | key KEY',
    help: `Writes a portable proof to a file: that a transaction stands in the ledger with its result, or that the application's state has an entry, or none, under a key. It rests on a checkpoint that a quorum of the validators signed, so it is as good as their word, whoever hands it on; \`lockstep verify --proof FILE\` checks it with nothing but the genesis.

A transaction can be proven once the next checkpoint after it is certified (every \`checkpointInterval\` slots), and until it is pruned. An entry is proven as it was at the newest certified checkpoint; that takes a running validator.

For kv the key is the text itself; --hex for any other bytes. The entries of ledger: 01 and the account's id.

Exit code 1 where it cannot be proven yet, or any more.

Examples:
  lockstep prove tx 5f0c…e1 --home ./net --out payment.proof.json
  lockstep prove key greeting --node 127.0.0.1:7100 --out greeting.proof.json
  lockstep verify --proof payment.proof.json --genesis ./net/genesis.json`,
    options: {
        ...HISTORY_OPTIONS,
        out: { kind: 'text', value: 'FILE', doc: 'Where the proof goes. Default: standard output.' },
        hex: { kind: 'flag', doc: 'The key is hex.' },
    },
    words: 2,
    json: true,
    async run({ values, words, json }) {
        const [what, word] = words;
        if (what !== 'tx' && what !== 'key') {
            throw new LockstepError('bad-flag', 'lockstep prove takes `tx DIGEST` or `key KEY`');
        }
        const digest = what === 'tx' ? digestWord(word, 'the digest of a transaction') : undefined;
        const key = what === 'key' ? keyWord(word, values.hex) : undefined;
        const history = await openHistory('prove', values);
        try {
            const { source } = history;
            const proof = (await (digest !== undefined
                ? source.proofOfTransaction(digest)
                : source.proofOfEntry(key)));
            if (proof === undefined) {
                const why = what === 'tx'
                    ? 'the transaction is not here, or the next checkpoint after it is not certified yet'
                    : 'no state of a certified checkpoint is at hand: it takes a running validator, and one checkpoint';
                process.stderr.write(`no proof: ${why}\n`);
                return 1;
            }
            const text = `${JSON.stringify(proof)}\n`;
            if (values.out === undefined)
                process.stdout.write(text);
            else {
                try {
                    writeFileSync(values.out, text);
                }
                catch (error) {
                    throw new LockstepError('bad-flag', `--out ${values.out} cannot be written: ${error.message}`);
                }
                const { checkpoint } = proof;
                if (json !== undefined) {
                    writeJson(json, {
                        out: values.out,
                        bytes: text.length,
                        kind: proof.kind,
                        checkpoint: checkpoint.sequence,
                    });
                }
                else {
                    process.stdout.write(`${values.out}: ${text.length} bytes, certified by ${checkpoint.certificate.length} validators at slot ${checkpoint.sequence}\n`);
                }
            }
            return 0;
        }
        finally {
            await history.close();
        }
    },
});
//# sourceMappingURL=prove.js.map