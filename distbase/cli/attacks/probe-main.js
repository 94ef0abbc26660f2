/** An honest client in a process of its own: one write at a time, and how long each took, for as long as it is told. */
import { Client } from '../../client/index.js';
import { quantileOf } from '../torture/figures.js';
const client = await Client.connect({ home: process.argv[2] });
let serial = 0;
async function slice(ms) {
    const latencies = [];
    let failed = 0;
    const endMs = performance.now() + ms;
    while (performance.now() < endMs) {
        const fromMs = performance.now();
        try {
            const { result } = await client.submit({
                op: 'put',
                key: `probe-${serial++ % 64}`,
                value: 'x'.repeat(64),
            });
            if (!result.ok)
                failed++;
        }
        catch {
            failed++;
        }
        latencies.push(performance.now() - fromMs);
    }
    return {
        p50Ms: quantileOf(latencies, 0.5),
        maxMs: Math.max(0, ...latencies),
        commits: latencies.length - failed,
        failed,
    };
}
process.on('message', (ms) => {
    void slice(ms).then((result) => process.send(result));
});
process.on('disconnect', () => process.exit(0));
process.send('ready');
//# sourceMappingURL=probe-main.js.map