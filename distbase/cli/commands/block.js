import { LockstepError } from '../../core/errors.js';
import { defineCommand } from '../command.js';
import { HISTORY_OPTIONS, openHistory } from '../history-options.js';
import { LINE_ALIGN, LINE_HEAD, lineRow } from '../history-table.js';
import { table, writeJson } from '../output.js';
export const command = defineCommand({
    name: 'block',
    summary: 'show a slot of the ledger',
    usage: 'NUMBER|latest',
    help: `Shows what a slot ordered: its time, its ledger header and the roots under it, and a line for each transaction. What was pruned (see \`retain\` in config.yaml) is gone on that validator. An answer is that one validator's word; \`lockstep prove\` makes what anybody can check.

Exit code 1 where the slot is not there.

Examples:
  lockstep block latest --home ./net
  lockstep block 12 --node 127.0.0.1:7100 --json`,
    options: HISTORY_OPTIONS,
    words: 1,
    json: true,
    async run({ values, words, json }) {
        const [word = 'latest'] = words;
        if (word !== 'latest' && !/^\d{1,15}$/.test(word)) {
            throw new LockstepError('bad-flag', `"${word}" is no slot; give its number, or latest`);
        }
        const history = await openHistory('block', values);
        try {
            const sequence = word === 'latest' ? word : Number(word);
            const block = (await history.source.block(sequence));
            if (json !== undefined)
                writeJson(json, { block: block ?? null });
            else if (block === undefined) {
                process.stderr.write(`slot ${word} is not here: it is not executed yet, or pruned\n`);
            }
            else {
                process.stdout.write(`slot          ${block.sequence}\ntime          ${new Date(block.timeMs).toISOString()}\nepoch         ${block.epoch}\n` +
                    `header        ${block.header}\nprevious      ${block.previous}\ntransactions  ${block.transactionsRoot}\n` +
                    `results       ${block.resultsRoot}\nbatch         ${block.batch}\n`);
                if (block.transactions.length > 0) {
                    process.stdout.write(`\n${table(LINE_HEAD, block.transactions.map(lineRow), LINE_ALIGN)}\n`);
                }
            }
            return block === undefined ? 1 : 0;
        }
        finally {
            await history.close();
        }
    },
});
//# sourceMappingURL=block.js.map