/** One validator as a child process: `lockstep start --home … --json`. */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { LockstepError } from '../core/errors.js';
/**
 * How Node runs a validator: a young generation that holds what some thousand slots leave behind, so that collections
 * are fewer and later (the slowest hundredth of commits gained about a tenth), for up to 96 MiB more memory. The
 * command's first line asks for the same, where it is run by its name.
 */
export const VALIDATOR_NODE_ARGUMENTS = [
    '--min-semi-space-size=32',
    '--max-semi-space-size=32',
];
/** The built command. From the sources (under a test runner) it is what the last build made: Node 20 runs no TypeScript. */
export function commandPath() {
    const built = import.meta.url.endsWith('.ts') ? '../../dist/cli/main.js' : './main.js';
    const path = fileURLToPath(new URL(built, import.meta.url));
    if (!existsSync(path))
        throw new LockstepError('internal', `${path} is missing: run \`npm run build\` first`);
    return path;
}
function lastLineOf(file) {
    try {
        return readFileSync(file, 'utf8').trimEnd().split('\n').at(-1) ?? '';
    }
    catch {
        return '';
    }
}
export class ValidatorChild {
    home;
    /** What it writes to standard error goes here, run after run. */
    logFile;
    process;
    /** Resolves at the ready line; rejects with `internal` where the process ends before it. */
    ready;
    exited;
    exit;
    constructor(home, nodeArguments = [], environment = {}) {
        this.home = home;
        this.logFile = join(home, 'validator.log');
        const log = openSync(this.logFile, 'a', 0o600);
        try {
            // In a group of its own, so that Ctrl-C reaches the parent alone, which stops its children in order. The
            // channel is how a child learns that its parent died.
            this.process = spawn(process.execPath, [...VALIDATOR_NODE_ARGUMENTS, ...nodeArguments, commandPath(), 'start', '--home', home, '--json'], {
                stdio: ['ignore', 'pipe', log, 'ipc'],
                detached: true,
                env: { ...process.env, ...environment },
            });
        }
        finally {
            closeSync(log);
        }
        this.exited = new Promise((resolve) => {
            const done = (code, signal) => {
                this.exit ??= { code, signal, lastLine: lastLineOf(this.logFile) };
                resolve(this.exit);
            };
            this.process.once('exit', done);
            this.process.once('error', () => done(null, null));
        });
        this.ready = new Promise((resolve, reject) => {
            createInterface({ input: this.process.stdout }).once('line', () => resolve());
            void this.exited.then((exit) => reject(new LockstepError('internal', `${home}: ${describeExit(exit)}`)));
        });
        // Whoever waits hears of it; nobody has to.
        this.ready.catch(() => { });
    }
    get alive() {
        return this.exit === undefined;
    }
    signal(signal) {
        if (this.alive)
            this.process.kill(signal);
    }
    /** SIGTERM, then SIGKILL for one that does not end within `graceMs`. */
    async stop(graceMs = 5000) {
        this.signal('SIGCONT');
        this.signal('SIGTERM');
        const timer = setTimeout(() => this.signal('SIGKILL'), graceMs);
        const exit = await this.exited;
        clearTimeout(timer);
        return exit;
    }
}
export function describeExit({ code, signal, lastLine }) {
    const how = signal ? `ended by ${signal}` : `ended with code ${code ?? 'unknown'}`;
    return lastLine ? `${how}: ${lastLine}` : how;
}
//# sourceMappingURL=child.js.map