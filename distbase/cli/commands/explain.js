import { LockstepError } from '../../core/errors.js';
import { ASKED_OPTIONS, askedUrls } from '../asked.js';
import { httpUrl } from '../cluster.js';
import { defineCommand } from '../command.js';
import { getReply, reasonOf } from '../http.js';
import { table, writeJson } from '../output.js';
const HEAD = ['validator', 'phase', 'state', 'after ms'];
async function ask(url, sequence, timeoutMs) {
    try {
        const { status, body } = await getReply(`${httpUrl(url)}/explain?sequence=${sequence}`, timeoutMs);
        const answer = JSON.parse(body);
        return status === 200
            ? { url, report: answer }
            : { url, error: `${url}: ${answer.error ?? `HTTP ${status}`}` };
    }
    catch (error) {
        return { url, error: `${url} does not answer: ${reasonOf(error)}` };
    }
}
function print({ url, report, error }, sequence) {
    if (report === undefined) {
        process.stdout.write(`${error}\n`);
        return;
    }
    const rows = report.messages.map(({ validator, phase, state, afterMs }) => [
        validator,
        phase,
        state,
        afterMs === null ? '–' : afterMs.toFixed(2),
    ]);
    const path = report.fast ? ', on the fast path' : '';
    const view = report.view === null ? '' : `, view ${report.view}${path}`;
    process.stdout.write(`slot ${sequence} as ${url} saw it${view}\n${report.findings.map((line) => `  ${line}\n`).join('')}` +
        `\n${table(HEAD, rows, ['left', 'left', 'left', 'right'])}\n\n`);
}
export const command = defineCommand({
    name: 'explain',
    summary: 'show whose messages a slot waited for',
    usage: 'SEQUENCE',
    help: `Answers "why was this slot slow?" for one of the last thousand slots: when whose proposal and votes came, counted from the slot's first message; whose message made each phase enough, so that the slot waited for it; and which came late (later than three times the median of the phase, and by 5 ms), were not valid, or never came. Every validator has its own view of it, so with a cluster's folder all are asked.

Exit code 1 where none of them remembers the slot.

Examples:
  lockstep explain 1042 --home ./net
  lockstep explain 1042 --node 127.0.0.1:7100 --json`,
    options: ASKED_OPTIONS,
    words: 1,
    json: true,
    async run({ values, words: [word], json }) {
        const { timeout } = values;
        if (word === undefined || !/^[1-9]\d{0,14}$/.test(word)) {
            throw new LockstepError('bad-flag', 'lockstep explain takes the number of a slot');
        }
        const urls = await askedUrls('explain', values);
        const sequence = Number(word);
        const answers = await Promise.all(urls.map((url) => ask(url, sequence, timeout)));
        if (json !== undefined)
            writeJson(json, { sequence, validators: answers });
        else
            for (const answer of answers)
                print(answer, sequence);
        return answers.some(({ report }) => report !== undefined) ? 0 : 1;
    },
});
//# sourceMappingURL=explain.js.map