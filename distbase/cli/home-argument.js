/** The home that a tool works on: its one word, or `--home`. */
import { LockstepError } from '../core/errors.js';
export const HOME_ARGUMENT = {
    home: { kind: 'text', value: 'DIR', doc: "The validator's home, where it is not given as a word." },
};
/** Throws `bad-flag` unless the home is given once. */
export function homeArgument(command, word, flag) {
    const home = word ?? flag;
    if (home === undefined || (word !== undefined && flag !== undefined)) {
        throw new LockstepError('bad-flag', `lockstep ${command} needs a home: lockstep ${command} ${command.includes(' ') ? '… ' : ''}DIR`);
    }
    return home;
}
/**
 * Errors about files name a command with `--home DIR`, since storage knows no homes; here `DIR` becomes the home, so that the
 * command can be copied as it stands.
 */
export function namingHome(message, home) {
    const quoted = /^[\w./:@%+=-]+$/.test(home) ? home : `'${home.replaceAll("'", `'\\''`)}'`;
    return message.replaceAll('--home DIR', `--home ${quoted}`);
}
/** The same of an error. */
export function errorNamingHome(error, home) {
    if (!(error instanceof LockstepError))
        return error;
    const message = namingHome(error.message, home);
    return message === error.message ? error : new LockstepError(error.code, message, { cause: error });
}
//# sourceMappingURL=home-argument.js.map