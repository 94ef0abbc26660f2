/** The home that a tool works on: its one word, or `--home`. */
export declare const HOME_ARGUMENT: {
    readonly home: {
        readonly kind: 'text';
        readonly value: 'DIR';
        readonly doc: "The validator's home, where it is not given as a word.";
    };
};
/** Throws `bad-flag` unless the home is given once. */
export declare function homeArgument(command: string, word: string | undefined, flag: string | undefined): string;
/**
 * Errors about files name a command with `--home DIR`, since storage knows no homes; here `DIR` becomes the home, so that the
 * command can be copied as it stands.
 */
export declare function namingHome(message: string, home: string): string;
/** The same of an error. */
export declare function errorNamingHome(error: unknown, home: string): unknown;
//# sourceMappingURL=home-argument.d.ts.map