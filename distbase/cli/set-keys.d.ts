/** `--set KEY=VALUE`: any key of either file, by its dotted name. */
/** Values by dotted key, as `--set` gives them: YAML scalars. */
export declare function splitSettings(settings: readonly string[]): [string, unknown][];
/** Sets a dotted key of a plain object; the tables check the result. */
export declare function assign(target: Record<string, unknown>, key: string, value: unknown): void;
/** Which of the two files a key belongs to. */
export declare function sortSettings(settings: readonly [string, unknown][], joining: boolean): {
    own: [string, unknown][];
    agreed: [string, unknown][];
};
//# sourceMappingURL=set-keys.d.ts.map