/** Reads a command's arguments by its declaration. */
import type { Command, Invocation, Options } from './command.ts';
/** Reads a command's arguments. Throws `bad-flag` with one line that says what to do. */
export declare function readArguments<O extends Options>(command: Command<O>, args: readonly string[]): Invocation<O>;
//# sourceMappingURL=arguments.d.ts.map