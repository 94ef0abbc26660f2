/** The text of `--help`, from a command's declaration. */
import type { Command, Options } from './command.ts';
/**
 * Breaks a text into lines of at most `width` at its spaces; line breaks in it stay. An indented line with a gap is
 * a row of a table and goes on under its second column; any other indented line is an example, and left alone.
 */
export declare function wrapText(text: string, width: number, indent?: string): string;
/** Two columns: what is written, and what it means. */
export declare function columns(rows: readonly (readonly [string, string])[]): string;
export declare function commandHelp<O extends Options>(command: Command<O>): string;
//# sourceMappingURL=help.d.ts.map