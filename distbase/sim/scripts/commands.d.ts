/** What a script may do. Each statement is read whole before anything of it is done. */
import type { Reader } from './parse.ts';
import type { ScriptWorld } from './world.ts';
/** Reads the rest of a statement and does it. */
type Command = (reader: Reader, world: ScriptWorld) => void;
/** Replicas by number; `0'` is the twin of 0. At least one, up to a word that is none. */
export declare function readIds(reader: Reader, world: ScriptWorld, what?: string): number[];
/** Before anything happens. */
export declare const DECLARING: Readonly<Record<string, Command>>;
export declare const ACTING: Readonly<Record<string, Command>>;
export {};
//# sourceMappingURL=commands.d.ts.map