/** A `.cpuprofile` of whatever runs meanwhile: Chrome DevTools (Performance, load profile) opens it. */
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { LockstepError } from '../../core/errors.js';
/** Between samples, µs: a few per signature check. */
const SAMPLING_INTERVAL_US = 100;
/** Runs `work` under the profiler and writes the profile. Throws `bad-flag` where the file cannot be written. */
export async function withCpuProfile(path, work) {
    try {
        // Before minutes of work, not after.
        writeFileSync(path, '');
    }
    catch (error) {
        throw new LockstepError('bad-flag', `--cpu-profile ${path} cannot be written: ${error.message}`);
    }
    const session = new Session();
    session.connect();
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: SAMPLING_INTERVAL_US });
    await session.post('Profiler.start');
    const result = await work();
    const { profile } = await session.post('Profiler.stop');
    session.disconnect();
    writeFileSync(path, JSON.stringify(profile));
    return result;
}
//# sourceMappingURL=cpu-profile.js.map