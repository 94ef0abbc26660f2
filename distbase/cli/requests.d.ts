/** What a person writes after `submit` and `query`, as the object that an application takes. */
/** All forms of one kind, for `--help`. */
export declare function formsHelp(kind: 'command' | 'query'): string;
/**
 * The request of `put greeting hello`, or of one word that is a JSON object. Throws `bad-flag`; what a field may hold
 * is the application's to say.
 */
export declare function parseRequest(kind: 'command' | 'query', app: string, words: readonly string[]): object;
/** A result as JSON has it: bytes as hex. */
export declare function plainResult(value: unknown): unknown;
//# sourceMappingURL=requests.d.ts.map