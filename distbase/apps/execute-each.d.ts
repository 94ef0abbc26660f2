/** Executes a batch command by command, so that one that throws leaves no trace but its error. */
import type { Command } from './interface.ts';
/** State that can go back to where it was before a command. */
export interface Undoable {
    /** From here on `rollback` can undo; an earlier savepoint is forgotten. */
    savepoint(): void;
    rollback(): void;
    release(): void;
}
/**
 * One result per command. `run` executes a write and may throw: a `CommandError` becomes its code and message, any
 * other error the code `failed` without its message, because the wording of the engine's own errors differs between
 * versions of it and results must not. A broken invariant of ours is not a result: it goes through and stops the
 * replica. `query` answers reads, and throws nothing.
 */
export declare function executeEach(state: Undoable, commands: readonly Command[], run: (command: Command) => Uint8Array, query: (payload: Uint8Array) => Uint8Array): Uint8Array[];
//# sourceMappingURL=execute-each.d.ts.map