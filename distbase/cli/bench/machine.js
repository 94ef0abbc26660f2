/** What a figure was measured on: without it the figure says nothing. */
import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os';
import { version } from '../version.js';
export function machine() {
    return {
        cpu: cpus()[0]?.model.trim() ?? 'unknown',
        cores: availableParallelism(),
        memoryBytes: totalmem(),
        system: `${platform()} ${release()} ${arch()}`,
    };
}
export function versions() {
    const { node, v8, uv, openssl } = process.versions;
    return { lockstep: version, node, v8, uv, openssl };
}
/** One line for people. */
export function describeMachine() {
    const { cpu, cores, memoryBytes, system } = machine();
    const gigabytes = (memoryBytes / 2 ** 30).toFixed(0);
    return `${cpu}, ${cores} ${cores === 1 ? 'core' : 'cores'}, ${gigabytes} GiB, ${system}, Node ${process.versions.node}`;
}
//# sourceMappingURL=machine.js.map