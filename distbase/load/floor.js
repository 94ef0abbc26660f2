/**
 * The floor: what the message pattern alone costs on this machine. As many processes as the cluster has, and a client
 * process; the same socket libraries, frame sizes and frame counts; no protocol, no signatures, no log. No figure of
 * the real cluster can be below it, and whatever is far above it is ours to explain.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { LockstepError } from '../core/errors.js';
import { processEntry } from './process-entry.js';
const START_TIMEOUT_MS = 15_000;
/** Measures the floor; latencies are what the closed-loop client saw. */
export async function measureFloor(options) {
    const { validators: n, pattern, durationMs, warmupMs = 500, delayMs = () => 0, signal } = options;
    signal?.throwIfAborted();
    const children = [];
    const start = (order) => {
        const child = fork(processEntry('floor-main'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
        children.push(child);
        child.send(order);
        return child;
    };
    const killAll = () => {
        for (const child of children)
            child.kill('SIGKILL');
    };
    signal?.addEventListener('abort', killAll);
    try {
        const ids = Array.from({ length: n }, (_, id) => id);
        const replicas = ids.map((self) => {
            const delaysMs = ids.map((to) => (to === self ? 0 : delayMs(self, to)));
            return start({ role: 'replica', self, n, pattern, delaysMs });
        });
        const ports = (await Promise.all(replicas.map((child) => report(child, 'listening')))).map((r) => r.port);
        for (const child of replicas)
            child.send(ports);
        await Promise.all(replicas.map((child) => report(child, 'ready')));
        const client = start({ role: 'client', ports, pattern, warmupMs, durationMs });
        return (await report(client, 'measured', START_TIMEOUT_MS + warmupMs + durationMs)).summary;
    }
    catch (error) {
        signal?.throwIfAborted();
        throw error;
    }
    finally {
        signal?.removeEventListener('abort', killAll);
        killAll();
    }
}
async function report(child, kind, timeoutMs = START_TIMEOUT_MS) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), timeoutMs);
    child.once('exit', () => stop.abort());
    try {
        const [message] = (await once(child, 'message', { signal: stop.signal }));
        if (message.kind === kind)
            return message;
        throw new LockstepError('internal', `a process of the floor said ${message.kind} instead of ${kind}`);
    }
    catch (error) {
        if (!stop.signal.aborted)
            throw error;
        throw new LockstepError('internal', `a process of the floor stopped before it was ${kind}`, {
            cause: error,
        });
    }
    finally {
        clearTimeout(timer);
    }
}
//# sourceMappingURL=floor.js.map