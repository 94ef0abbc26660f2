#!/usr/bin/env -S node --min-semi-space-size=32 --max-semi-space-size=32
/**
 * The command `lockstep`. Exit codes: 0 done; 1 it ran and failed; 2 what was asked for cannot be done as asked
 * (a bad flag, a missing home, a taken port, an unreadable key).
 */
import { report, run } from './run.js';
// A reader that went away (`lockstep … | head`) is no fault.
process.stdout.on('error', (error) => {
    if (error.code === 'EPIPE')
        process.exit(0);
    throw error;
});
try {
    // Set instead of calling exit, so that what is still being written to a pipe gets there.
    process.exitCode = await run(process.argv.slice(2));
}
catch (error) {
    // A command that failed midway may have left threads or sockets open; nothing of it is to go on.
    const code = report(error);
    process.stderr.write('', () => process.exit(code));
}
//# sourceMappingURL=main.js.map