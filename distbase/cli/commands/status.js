import { ASKED_OPTIONS, askedUrls } from '../asked.js';
import { fetchStatus } from '../cluster.js';
import { defineCommand } from '../command.js';
import { table, writeJson } from '../output.js';
function row({ url, status }) {
    if (!status)
        return [url];
    const role = status.halted
        ? 'halted'
        : status.transfer
            ? `fetching ${Math.floor(100 * status.transfer.share)}%`
            : !status.active
                ? 'view change'
                : status.isPrimary
                    ? 'primary'
                    : 'backup';
    return [
        url,
        status.self.name,
        role,
        String(status.view),
        String(status.sequence),
        status.header.slice(0, 12),
        String(status.checkpoint.sequence),
        `${status.connectedPeers}/${status.peers.length}`,
        String(status.mempool.transactions),
        status.finality.slots === 0 ? '–' : status.finality.p50Ms.toFixed(2),
    ];
}
/** `v4 fetches the state at 6,400: 42 %, 41,202 entries (3,100 of them at hand), 6.1 MB, from 4 validators`. */
function transferLine({ self, transfer }) {
    const { sequence, share, entries, reused, bytes, sources } = transfer;
    const known = `${entries.toLocaleString('en')} entries (${reused.toLocaleString('en')} of them at hand)`;
    const amount = `${Math.floor(100 * share)} %, ${known}, ${(bytes / 1e6).toFixed(1)} MB`;
    return `${self.name} fetches the state at ${sequence.toLocaleString('en')}: ${amount}, from ${sources} validators`;
}
/** `v0 of v3: suspicious (score 0.42, sure to 80 %): 12 % invalid signatures; …`: whoever is not healthy. */
function conductLines({ self, peers }) {
    return peers.flatMap(({ name, conduct }) => {
        if (conduct === null)
            return [];
        const { judgement, score, evidence, detections } = conduct;
        const { health, confidence, action, reasons } = judgement;
        const found = Object.entries(detections).map(([kind, count]) => `${kind} ${count}`);
        if (health === 'healthy' && evidence === 0 && found.length === 0)
            return [];
        const sure = `score ${score.toFixed(2)}, sure to ${Math.round(100 * confidence)} %`;
        const seen = [...reasons, ...found, ...(evidence > 0 ? [`evidence ${evidence}`] : [])].join(', ');
        const todo = action === 'none' ? '' : `; ${action}`;
        return [`${self.name} of ${name}: ${health} (${sure})${seen === '' ? '' : `: ${seen}`}${todo}`];
    });
}
const HEAD = [
    'address',
    'name',
    'role',
    'view',
    'sequence',
    'header',
    'checkpoint',
    'peers',
    'waiting',
    'p50 ms',
];
const ALIGN = HEAD.map((_, i) => (i < 3 ? 'left' : 'right'));
export const command = defineCommand({
    name: 'status',
    summary: 'show what validators say about themselves',
    help: `Asks validators for their status over HTTP and shows a line for each: its view and role, the last slot that it executed, the ledger header there (equal on all validators at equal sequence), its last stable checkpoint, connected peers, waiting transactions, and the median time from a transaction's arrival to its execution. A validator that fetches the state of the others has a line of its own below, and so has every opinion of one about another that is not healthy: its score from 0 to 1, what it was found at, and what to do. --json prints the whole documents.

Exit code 1 where none of them answers.

Examples:
  lockstep status --home ./net                     every validator of a local cluster, or the peers of a home
  lockstep status --node http://127.0.0.1:7100     one
  lockstep status --node 127.0.0.1:7100 --json`,
    options: ASKED_OPTIONS,
    json: true,
    async run({ values, json }) {
        const { timeout } = values;
        const urls = await askedUrls('status', values);
        const answers = await Promise.all(urls.map(async (url) => {
            try {
                return { url, status: await fetchStatus(url, timeout) };
            }
            catch (error) {
                return { url, error: error.message };
            }
        }));
        if (json !== undefined)
            writeJson(json, { validators: answers });
        else {
            const rows = answers.filter((answer) => answer.status).map(row);
            if (rows.length > 0)
                process.stdout.write(`${table(HEAD, rows, ALIGN)}\n`);
            for (const { status } of answers)
                if (status?.transfer)
                    process.stdout.write(`${transferLine(status)}\n`);
            for (const { status } of answers)
                if (status)
                    for (const line of conductLines(status))
                        process.stdout.write(`${line}\n`);
            const trusting = answers.find(({ status }) => status?.validators.byzantine === false);
            if (trusting?.status)
                process.stdout.write(`${trusting.status.tolerates}\n`);
            for (const { error } of answers)
                if (error)
                    process.stdout.write(`${error}\n`);
        }
        return answers.some((answer) => answer.status) ? 0 : 1;
    },
});
//# sourceMappingURL=status.js.map