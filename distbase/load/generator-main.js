/** The process that generates load; spawned by `generator.ts`, told what to do over the process channel. */
import { once } from 'node:events';
import { runLatency } from './latency-run.js';
import { failureCode } from './tally.js';
import { runThroughput } from './throughput-run.js';
const tell = (report) => void process.send?.(report);
/** The last report may be megabytes: the channel is not to be closed before it is through. */
const tellLast = (report) => new Promise((resolve) => {
    if (process.send === undefined)
        return resolve();
    process.send(report, undefined, undefined, () => resolve());
});
process.once('disconnect', () => process.exit(1));
const [order] = (await once(process, 'message'));
try {
    const progress = (state) => tell({ kind: 'progress', progress: state });
    const result = order.kind === 'latency' ? await runLatency(order, progress) : await runThroughput(order, progress);
    await tellLast({ kind: 'done', result });
}
catch (error) {
    await tellLast({ kind: 'failed', code: failureCode(error), message: error.message });
}
// Gone where the parent ended in the meantime.
if (process.connected)
    process.disconnect();
//# sourceMappingURL=generator-main.js.map