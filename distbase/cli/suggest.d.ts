/** “Did you mean …?” */
/** Edits (insert, delete, replace, swap of neighbours) that turn one word into the other. */
export declare function editDistance(a: string, b: string): number;
/** The known word that was probably meant, or undefined where none is close. */
export declare function closest(word: string, known: Iterable<string>): string | undefined;
/** ` (did you mean X?)`, or what there is, or nothing. */
export declare function didYouMean(word: string, known: readonly string[], quote?: (s: string) => string): string;
//# sourceMappingURL=suggest.d.ts.map