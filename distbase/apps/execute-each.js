/** Executes a batch command by command, so that one that throws leaves no trace but its error. */
import { InvariantError } from '../core/assert.js';
import { CommandError, errorResult } from './results.js';
/**
 * One result per command. `run` executes a write and may throw: a `CommandError` becomes its code and message, any
 * other error the code `failed` without its message, because the wording of the engine's own errors differs between
 * versions of it and results must not. A broken invariant of ours is not a result: it goes through and stops the
 * replica. `query` answers reads, and throws nothing.
 */
export function executeEach(state, commands, run, query) {
    const results = [];
    for (const command of commands) {
        results.push(command.readOnly ? query(command.payload) : executeOne(state, command, run));
    }
    state.release();
    return results;
}
function executeOne(state, command, run) {
    state.savepoint();
    try {
        return run(command);
    }
    catch (error) {
        if (error instanceof InvariantError)
            throw error;
        state.rollback();
        if (error instanceof CommandError)
            return errorResult(error.code, error.message);
        return errorResult('failed', 'the application failed on this command');
    }
}
//# sourceMappingURL=execute-each.js.map