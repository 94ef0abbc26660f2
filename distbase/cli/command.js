/** What a subcommand is. It declares its options once; parsing (`arguments.ts`) and `--help` come from that. */
/** Keeps a command's option types. */
export function defineCommand(command) {
    return command;
}
//# sourceMappingURL=command.js.map