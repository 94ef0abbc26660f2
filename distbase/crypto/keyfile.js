/** Key files: made with mode 600, refused where anybody else may read them. */
import { closeSync, fstatSync, fsyncSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { LockstepError } from '../core/errors.js';
import { formatIdentity, parseIdentity } from './keys.js';
function reason(error) {
    return error.code ?? 'unknown error';
}
/** Writes a new file with mode 600. Throws `LockstepError('bad-key')` where it exists or cannot be written. */
export function writeKeyFile(path, identity) {
    let file;
    try {
        file = openSync(path, 'wx', 0o600);
    }
    catch (error) {
        const why = reason(error);
        const advice = why === 'EEXIST' ? 'it exists, and keys are never overwritten: choose another path' : why;
        throw new LockstepError('bad-key', `cannot write the key file ${path}: ${advice}`);
    }
    try {
        writeFileSync(file, formatIdentity(identity));
        fsyncSync(file);
    }
    finally {
        closeSync(file);
    }
}
/** Throws `LockstepError('bad-key')`: missing, readable by group or others, or no key file. */
export function readKeyFile(path) {
    let file;
    try {
        file = openSync(path, 'r');
    }
    catch (error) {
        const why = reason(error);
        const advice = why === 'ENOENT' ? 'there is no such file; make one with `lockstep keygen`' : why;
        throw new LockstepError('bad-key', `cannot read the key file ${path}: ${advice}`);
    }
    try {
        const mode = fstatSync(file).mode & 0o777;
        if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
            throw new LockstepError('bad-key', `the key file ${path} is open to others (mode ${mode.toString(8)}): run \`chmod 600 ${path}\``);
        }
        return parseIdentity(readFileSync(file, 'utf8'), `the key file ${path}`);
    }
    finally {
        closeSync(file);
    }
}
//# sourceMappingURL=keyfile.js.map