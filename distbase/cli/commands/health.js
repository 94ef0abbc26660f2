import { LockstepError } from '../../core/errors.js';
import { httpUrl } from '../cluster.js';
import { defineCommand } from '../command.js';
import { readConfig } from '../config.js';
import { homePaths, requireHome } from '../home.js';
import { getReply, reasonOf } from '../http.js';
import { writeJson } from '../output.js';
import { nodeUrl } from '../targets.js';
const AGAIN_MS = 100;
/** Where a home's validator listens, as its own machine reaches it. */
function addressOf(home) {
    requireHome(home);
    const { host, port } = readConfig(homePaths(home).config).listen;
    const reached = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
    return `http://${reached.includes(':') ? `[${reached}]` : reached}:${port}`;
}
async function ask(url, timeoutMs) {
    try {
        const { status, body } = await getReply(url, timeoutMs, 1 << 16);
        const { reason } = JSON.parse(body);
        return { ok: status === 200, reason: String(reason ?? `HTTP ${status}`) };
    }
    catch (error) {
        return { ok: false, reason: `no answer from ${url}: ${reasonOf(error)}` };
    }
}
export const command = defineCommand({
    name: 'health',
    summary: 'say whether a validator votes, for supervisors and containers',
    help: `Asks one validator whether it votes and has caught up (GET /readyz), or with --live only whether its process answers (GET /healthz). One line says ok, or why not.

Restart a validator that is not alive. Do not restart one that is alive and not ready: it fetches a state or waits for the others, and would begin anew. Wait for ready before the next one is restarted.

Exit code 0 where the answer is yes, 1 where it is no.

Examples:
  lockstep health --home ./home
  lockstep health --home ./home --wait 60          up to a minute, for it to become ready
  lockstep health --node 10.0.0.2:7100 --live`,
    options: {
        home: { kind: 'text', value: 'DIR', doc: "A validator's home on this machine." },
        node: { kind: 'text', value: 'URL', doc: "A validator's address, instead of a home." },
        live: { kind: 'flag', doc: 'Ask only whether the process answers.' },
        wait: {
            kind: 'number',
            value: 'SECONDS',
            min: 0,
            max: 86_400,
            unit: 's',
            default: 0,
            doc: 'Ask again until the answer is yes, for this long.',
        },
        timeout: {
            kind: 'integer',
            value: 'MS',
            min: 1,
            max: 600_000,
            unit: 'ms',
            default: 2000,
            doc: 'How long one answer may take.',
        },
    },
    json: true,
    async run({ values: { home, node, live, wait, timeout }, json }) {
        if ((home === undefined) === (node === undefined))
            throw new LockstepError('bad-flag', 'lockstep health needs --home DIR or --node URL, one of them');
        const base = home === undefined ? httpUrl(nodeUrl(node)) : addressOf(home);
        const url = `${base}/${live ? 'healthz' : 'readyz'}`;
        const deadlineMs = performance.now() + wait * 1000;
        let answer = await ask(url, timeout);
        while (!answer.ok && performance.now() < deadlineMs) {
            await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
            answer = await ask(url, timeout);
        }
        if (json !== undefined)
            writeJson(json, answer);
        else
            process.stdout.write(`${answer.reason}\n`);
        return answer.ok ? 0 : 1;
    },
});
//# sourceMappingURL=health.js.map