import { defineCommand } from '../command.js';
import { CONNECT_OPTIONS, connectClient } from '../connect.js';
import { writeJson } from '../output.js';
import { formsHelp, parseRequest, plainResult } from '../requests.js';
export const command = defineCommand({
    name: 'query',
    summary: 'read the state',
    usage: 'QUESTION…',
    help: `A query is ordered like a write by default and answered by f + 1 validators alike: it sees every write that was acknowledged before it. --unordered asks one validator for its present state: cheaper, possibly stale, no more to be trusted than that validator; the slot that it saw is part of the answer.

What the applications take:
${formsHelp('query')}
or one JSON object, such as '{"op":"get","key":"a"}'. Without an account, balance is the one of the key in use.

Exit code 1 where the application refused it, or no answer came in time.

Examples:
  lockstep query --home ./net get greeting
  lockstep query --home ./net --unordered size --json
  lockstep query --node 127.0.0.1:7100 balance`,
    options: {
        ...CONNECT_OPTIONS,
        unordered: { kind: 'flag', doc: 'Ask one validator for its present state.' },
    },
    words: 8,
    json: true,
    async run({ values, words, json }) {
        const client = await connectClient(values);
        try {
            const request = { ...parseRequest('query', client.genesis.app.name, words) };
            if (request.op === 'balance')
                request.account ??= client.id;
            const { sequence, result, latencyMs } = await client.query(request, { unordered: values.unordered });
            if (json !== undefined)
                writeJson(json, { client: client.id, sequence, latencyMs, result: plainResult(result) });
            else {
                const { ok: _, ...fields } = result;
                process.stdout.write(`${JSON.stringify(plainResult(fields))}\n`);
            }
            return result.ok ? 0 : 1;
        }
        finally {
            await client.close();
        }
    },
});
//# sourceMappingURL=query.js.map