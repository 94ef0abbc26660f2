import { defineCommand } from '../command.js';
import { CONNECT_OPTIONS, connectClient } from '../connect.js';
import { writeJson } from '../output.js';
import { formsHelp, parseRequest, plainResult } from '../requests.js';
export const command = defineCommand({
    name: 'submit',
    summary: 'send one transaction and wait for its result',
    usage: 'OPERATION…',
    help: `Signs a transaction, sends it to every validator, and waits until f + 1 of them, one of which is honest then, report the same result for the same slot.

What the applications take:
${formsHelp('command')}
or one JSON object, such as '{"op":"put","key":"a","value":[1,2]}'.

Exit code 1 where the application refused it, or no result came in time.

Examples:
  lockstep submit --home ./net put greeting hello
  lockstep submit --node http://127.0.0.1:7100 cas greeting hello goodbye --json
  lockstep submit --home ./net --suite ml-dsa-87 transfer 4be1…a0 100`,
    options: CONNECT_OPTIONS,
    words: 8,
    json: true,
    async run({ values, words, json }) {
        const client = await connectClient(values);
        try {
            const request = parseRequest('command', client.genesis.app.name, words);
            const { sequence, result, latencyMs } = await client.submit(request);
            if (json !== undefined)
                writeJson(json, { client: client.id, sequence, latencyMs, result: plainResult(result) });
            else if (result.ok)
                process.stdout.write(`done in slot ${sequence}, ${latencyMs.toFixed(2)} ms${shown(result)}\n`);
            else
                process.stdout.write(`refused in slot ${sequence}: ${String(result.message)} (${String(result.code)})\n`);
            return result.ok ? 0 : 1;
        }
        finally {
            await client.close();
        }
    },
});
function shown({ ok: _, ...fields }) {
    return Object.keys(fields).length === 0 ? '' : `: ${JSON.stringify(plainResult(fields))}`;
}
//# sourceMappingURL=submit.js.map