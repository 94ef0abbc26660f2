/** From a command line to an exit code, in this process: what `main.ts` does with its arguments. */
import { LockstepError } from '../core/errors.js';
import { readArguments } from './arguments.js';
import { columns, commandHelp } from './help.js';
import { COMMANDS } from './registry.js';
import { didYouMean } from './suggest.js';
import { version } from './version.js';
const USER_ERRORS = new Set([
    'bad-flag',
    'bad-config',
    'bad-genesis',
    'bad-key',
    'home-missing',
    'home-in-use',
    'key-in-use',
    'home-not-empty',
    'wrong-chain',
    'too-new',
    'port-taken',
    'bad-request',
]);
function overview() {
    return `lockstep ${version}: a Byzantine-fault-tolerant validator

Usage: lockstep COMMAND [flags]

${columns(Object.entries(COMMANDS).map(([name, { summary }]) => [name, summary]))}

A first look:
  lockstep testnet                                     four validators on this machine, until Ctrl-C
  lockstep submit --home DIR put greeting hello        DIR is the folder that testnet names
  lockstep query --home DIR get greeting

\`lockstep COMMAND --help\` explains a command. Exit codes: 0 done, 1 failed, 2 a mistake in what was asked for.
`;
}
/** Runs a command line without the program's name. Resolves with the exit code; throws what `report` takes. */
export async function run(args) {
    const [name, ...rest] = args;
    if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
        const topic = name === 'help' ? rest[0] : undefined;
        if (topic === undefined) {
            process.stdout.write(overview());
            return name === undefined ? 2 : 0;
        }
        return run([topic, '--help']);
    }
    if (name === '--version' || name === '-v') {
        process.stdout.write(`${version}\n`);
        return 0;
    }
    const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (!entry) {
        const hint = didYouMean(name, Object.keys(COMMANDS));
        throw new LockstepError('bad-flag', `unknown command "${name}"${hint} (\`lockstep --help\` lists them)`);
    }
    const { command } = await entry.load();
    const end = rest.indexOf('--');
    const flags = end < 0 ? rest : rest.slice(0, end);
    if (flags.includes('--help') || flags.includes('-h')) {
        process.stdout.write(commandHelp(command));
        return 0;
    }
    return command.run(readArguments(command, rest));
}
/** One line for a mistake of the user's; the whole stack only for a fault of our own. Gives the exit code. */
export function report(error) {
    if (error instanceof LockstepError && error.code !== 'internal') {
        process.stderr.write(`lockstep: ${error.message}\n`);
        return USER_ERRORS.has(error.code) ? 2 : 1;
    }
    const detail = error instanceof LockstepError
        ? error.message
        : error instanceof Error
            ? (error.stack ?? error.message)
            : String(error);
    process.stderr.write(`lockstep: ${detail}\n`);
    return 1;
}
//# sourceMappingURL=run.js.map