import { LockstepError } from '../../core/errors.js';
import { MAX_HISTORY_PAGE } from '../../core/limits.js';
import { parsePosition } from '../../replica/history.js';
import { defineCommand } from '../command.js';
import { HISTORY_OPTIONS, openHistory } from '../history-options.js';
import { digestWord, LINE_ALIGN, LINE_HEAD, lineRow } from '../history-table.js';
import { table, writeJson } from '../output.js';
export const command = defineCommand({
    name: 'history',
    summary: 'list the transactions of a client',
    usage: 'CLIENT',
    help: `Lists what a client had ordered, newest first. A client is known by its id: \`lockstep submit --json\` and \`lockstep block\` show it. What was pruned (see \`retain\` in config.yaml) is not listed.

Examples:
  lockstep history 8d31…07 --home ./net
  lockstep history 8d31…07 --home ./net --limit 1000 --before 512.3 --json`,
    options: {
        ...HISTORY_OPTIONS,
        limit: { kind: 'integer', min: 1, max: 1_000_000, default: 50, doc: 'Most transactions listed.' },
        before: { kind: 'text', value: 'SLOT.INDEX', doc: 'Only what is older than this place.' },
    },
    words: 1,
    json: true,
    async run({ values, words, json }) {
        const client = digestWord(words[0], 'the id of a client');
        if (values.before !== undefined && parsePosition(values.before) === undefined) {
            throw new LockstepError('bad-flag', `--before is a place such as 512.3, not "${values.before}"`);
        }
        const history = await openHistory('history', values);
        try {
            const lines = [];
            let before = values.before;
            for (;;) {
                const wanted = Math.min(values.limit - lines.length, MAX_HISTORY_PAGE);
                const page = (await history.source.history(client, before, wanted));
                lines.push(...page.transactions);
                before = page.before ?? undefined;
                if (before === undefined || lines.length >= values.limit)
                    break;
            }
            if (json !== undefined)
                writeJson(json, { client, transactions: lines, before: before ?? null });
            else {
                if (lines.length === 0)
                    process.stdout.write('no transactions of this client are here\n');
                else
                    process.stdout.write(`${table(LINE_HEAD, lines.map(lineRow), LINE_ALIGN)}\n`);
                if (before !== undefined)
                    process.stdout.write(`there are more: --before ${before}\n`);
            }
            return 0;
        }
        finally {
            await history.close();
        }
    },
});
//# sourceMappingURL=history.js.map