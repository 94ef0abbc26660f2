import { appCodec } from '../../apps/codecs.js';
import { fromHex } from '../../core/bytes.js';
import { defineCommand } from '../command.js';
import { HISTORY_OPTIONS, openHistory } from '../history-options.js';
import { digestWord } from '../history-table.js';
import { writeJson } from '../output.js';
import { plainResult } from '../requests.js';
export const command = defineCommand({
    name: 'tx',
    summary: 'show a transaction and its result',
    usage: 'DIGEST',
    help: `Shows where a transaction stands in the ledger, who sent it, and what it resulted in. \`lockstep block\` and \`lockstep history\` name the digests. An answer is one validator's word; \`lockstep prove\` makes what anybody can check.

Exit code 1 where no such transaction is there.

Examples:
  lockstep tx 5f0c…e1 --home ./net
  lockstep tx 5f0c…e1 --node 127.0.0.1:7100 --json`,
    options: HISTORY_OPTIONS,
    words: 1,
    json: true,
    async run({ values, words, json }) {
        const digest = digestWord(words[0], 'the digest of a transaction');
        const history = await openHistory('tx', values);
        try {
            const found = (await history.source.transaction(digest));
            if (found === undefined) {
                if (json !== undefined)
                    writeJson(json, { transaction: null });
                else
                    process.stderr.write(`transaction ${digest} is not here: it is not executed yet, or pruned\n`);
                return 1;
            }
            const result = history.app === undefined
                ? undefined
                : plainResult(appCodec(history.app).decodeResult(fromHex(found.result)));
            if (json !== undefined)
                writeJson(json, { transaction: { ...found, decoded: result ?? null } });
            else {
                process.stdout.write(`transaction  ${found.digest}\nslot         ${found.sequence}, its transaction ${found.index}\n` +
                    `time         ${new Date(found.timeMs).toISOString()}\nheader       ${found.header}\nclient       ${found.client ?? '–'}\n` +
                    `nonce        ${found.nonce ?? '–'}\nkind         ${found.kind ?? '–'}, ${found.suite ?? '–'}, ${found.bytes} bytes\n` +
                    `result       ${JSON.stringify(result) ?? found.result}\n`);
            }
            return 0;
        }
        finally {
            await history.close();
        }
    },
});
//# sourceMappingURL=tx.js.map