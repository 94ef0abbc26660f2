import { readFileSync, writeFileSync } from 'node:fs';
import { fromHex } from '../../core/bytes.js';
import { LockstepError } from '../../core/errors.js';
import { createVerifier } from '../../crypto/verifier.js';
import { EvidenceChecker } from '../../replica/watch/evidence.js';
import { chainFor } from '../chain-for.js';
import { askSet, sendEvidence, untilEpoch, whereOf } from '../changes.js';
import { defineCommand } from '../command.js';
import { HISTORY_OPTIONS, openHistory } from '../history-options.js';
import { table, writeJson } from '../output.js';
/** Largest file read: two view changes of the widest window. */
const MAX_EVIDENCE_BYTES = 128 << 20;
const OPTIONS = {
    ...HISTORY_OPTIONS,
    genesis: { kind: 'text', value: 'FILE', doc: 'The genesis to check evidence against.' },
    out: { kind: 'text', value: 'FILE', doc: 'Where exported evidence goes. Default: standard output.' },
};
async function evidenceOf(values) {
    const history = await openHistory('evidence', values);
    try {
        return ((await history.source.evidence()) ?? []);
    }
    finally {
        await history.close();
    }
}
/** Whether others would be convinced: messages that a session vouched for carry no signatures. */
const portable = ({ messages }) => messages.every(({ signature }) => signature !== '');
async function list(values, json) {
    const all = await evidenceOf(values);
    if (json !== undefined) {
        const evidence = all.map((document, i) => ({ number: i + 1, portable: portable(document), ...document }));
        writeJson(json, { evidence });
    }
    else if (all.length === 0)
        process.stdout.write('no evidence: nobody was seen to contradict itself\n');
    else {
        const rows = all.map((document, i) => [
            String(i + 1),
            document.validator,
            document.offence,
            new Date(document.seenMs).toISOString(),
            portable(document) ? 'yes' : 'no: unsigned',
        ]);
        const head = ['number', 'validator', 'two of', 'seen', 'convinces others'];
        process.stdout.write(`${table(head, rows, ['right', 'left', 'left', 'left', 'left'])}\n`);
    }
    return 0;
}
async function exportOne(word, values, json) {
    if (word === undefined || !/^[1-9]\d{0,5}$/.test(word)) {
        throw new LockstepError('bad-flag', 'lockstep evidence export takes the number that `lockstep evidence list` gives');
    }
    const all = await evidenceOf(values);
    const document = all[Number(word) - 1];
    if (document === undefined) {
        throw new LockstepError('bad-flag', `there is no evidence ${word}: there are ${all.length}`);
    }
    const text = `${JSON.stringify(document)}\n`;
    if (values.out === undefined) {
        process.stdout.write(text);
        return 0;
    }
    try {
        writeFileSync(values.out, text);
    }
    catch (error) {
        throw new LockstepError('bad-flag', `--out ${values.out} cannot be written: ${error.message}`);
    }
    const { validator, offence } = document;
    if (json !== undefined)
        writeJson(json, { out: values.out, bytes: text.length, validator, offence });
    else
        process.stdout.write(`${values.out}: ${text.length} bytes, against ${validator}: two of ${offence}\n`);
    return 0;
}
function readDocument(file) {
    if (file === undefined) {
        throw new LockstepError('bad-flag', 'lockstep evidence verify takes the file that `lockstep evidence export` wrote');
    }
    try {
        const bytes = readFileSync(file);
        if (bytes.length > MAX_EVIDENCE_BYTES)
            throw new Error(`it has ${bytes.length} bytes`);
        return JSON.parse(bytes.toString('utf8'));
    }
    catch (error) {
        throw new LockstepError('bad-flag', `${file} is no evidence: ${error.message}`);
    }
}
async function verify(file, values, json) {
    const document = readDocument(file);
    const { chain, hasher } = await chainFor('evidence verify', values.home, values.genesis);
    const verifier = await createVerifier({ threads: 0 });
    const proven = new EvidenceChecker(chain, hasher, verifier).check(document);
    await verifier.close();
    if (typeof proven === 'string') {
        if (json !== undefined)
            writeJson(json, { ok: false, reason: proven });
        else
            process.stdout.write(`PROVES NOTHING: ${proven}\n`);
        return 1;
    }
    if (json !== undefined)
        writeJson(json, { ok: true, proven });
    else {
        process.stdout.write(`holds: validator ${proven.validator} signed two of ${proven.offence} that contradict each other\n` +
            proven.messages.map((message) => `  ${JSON.stringify(message)}\n`).join(''));
    }
    return 0;
}
/** Has the ledger convict: checked here first, with the genesis alone. */
async function submit(file, values, json) {
    const document = readDocument(file);
    if (values.home === undefined)
        throw new LockstepError('bad-flag', 'lockstep evidence submit needs --home DIR to say which cluster is meant');
    const { chain, hasher } = await chainFor('evidence submit', values.home, undefined);
    const verifier = await createVerifier({ threads: 0 });
    const proven = new EvidenceChecker(chain, hasher, verifier).check(document);
    await verifier.close();
    if (typeof proven === 'string')
        throw new LockstepError('bad-flag', `${file} proves nothing: ${proven}`);
    const { urls: known } = await whereOf(values.home);
    const { set, urls } = await askSet(known, Math.min(values.timeout, 5_000));
    const member = set.members.find(({ name }) => name === proven.validator);
    if (member === undefined)
        throw new LockstepError('rejected', `${proven.validator} is not in the set any more: nothing is left to do`);
    const [first, second] = document.messages.map(({ body, signature }) => ({
        body: fromHex(body),
        signature: fromHex(signature),
    }));
    const accusation = { member: member.id, first: first, second: second };
    const convicted = await sendEvidence(chain, urls, accusation, values.timeout);
    if (convicted.epoch > 0)
        await untilEpoch(urls, convicted.epoch, values.timeout);
    const { validator, offence, sequence, from, stays } = convicted;
    if (json !== undefined)
        writeJson(json, convicted);
    else {
        process.stdout.write(`${validator} is convicted of two of ${offence}, by slot ${sequence}\n`);
        const what = stays === '' ? `removed from checkpoint ${from} on` : `it stays in the set: ${stays}`;
        process.stdout.write(`${what}\n`);
    }
    return 0;
}
export const command = defineCommand({
    name: 'evidence',
    summary: 'list, export, check and submit proofs that a validator contradicted itself',
    usage: 'list | export NUMBER | verify FILE | submit FILE',
    help: `A validator that signs two messages of which no honest one signs both (two proposals or two votes for one slot and view, two checkpoints, two view changes) has proven its own fault. Validators keep such pairs, and show each other signed messages that do not fit, so that a lie told to some meets the truth told to others.

\`export\` writes one pair to a file; \`verify\` checks such a file with nothing but the genesis, on any machine. Under \`auth: channel\` votes carry no signature, so that only view changes and checkpoints convince others there.

\`submit\` has such a file ordered: every validator judges it alike, and the conviction is on the ledger (\`lockstep validators list\`). Validators do that by themselves with what they find. Where the genesis says onEvidence: remove, the convicted validator is taken out of the set at a checkpoint, one at a time and never below four; the answer says so, or why it stays.

Exit code of \`verify\`: 1 where the file proves nothing.

Examples:
  lockstep evidence list --home ./net
  lockstep evidence export 1 --node 127.0.0.1:7100 --out v2.evidence.json
  lockstep evidence verify v2.evidence.json --genesis ./genesis.json
  lockstep evidence submit v2.evidence.json --home ./net`,
    options: OPTIONS,
    words: 2,
    json: true,
    async run({ values, words: [what, word], json }) {
        if (what === 'list')
            return list(values, json);
        if (what === 'export')
            return exportOne(word, values, json);
        if (what === 'verify')
            return verify(word, values, json);
        if (what === 'submit')
            return submit(word, values, json);
        throw new LockstepError('bad-flag', 'lockstep evidence takes `list`, `export NUMBER`, `verify FILE` or `submit FILE`');
    },
});
//# sourceMappingURL=evidence.js.map