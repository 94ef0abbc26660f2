/** The commands. Each is imported only when it runs, so that `lockstep --help` costs nothing. */
import type { Command } from './command.ts';
interface Entry {
    readonly summary: string;
    readonly load: () => Promise<{
        readonly command: Command;
    }>;
}
export declare const COMMANDS: {
    readonly [name: string]: Entry;
};
export {};
//# sourceMappingURL=registry.d.ts.map