/** What commands print: one JSON object, tables, progress. */
/** Progress and remarks: never on standard output, which may be JSON that somebody reads. */
export declare function note(line: string): void;
/** Writes a `--json` object: `-` is standard output. Throws `bad-flag` where the file cannot be written. */
export declare function writeJson(target: string, value: unknown): void;
export type Alignment = 'left' | 'right';
/** A plain table; columns are as wide as their widest cell. */
export declare function table(head: readonly string[], rows: readonly (readonly string[])[], align?: readonly Alignment[]): string;
//# sourceMappingURL=output.d.ts.map