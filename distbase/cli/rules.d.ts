/**
 * A file's keys said once: type, unit, range, default and documentation. Checking (`settings.ts`), the comments of a
 * file that we write, and the reference in `--help` all come from the same table.
 */
interface Documented {
    readonly doc: string;
}
export type Rule = (Documented & {
    readonly kind: 'integer' | 'number';
    readonly min: number;
    readonly max: number;
    readonly unit?: string;
    readonly default?: number;
}) | (Documented & {
    readonly kind: 'boolean';
    readonly default?: boolean;
}) | (Documented & {
    readonly kind: 'string';
    /** What the text must match, and how to say so. */
    readonly pattern?: RegExp;
    readonly shape?: string;
    readonly default?: string;
}) | (Documented & {
    readonly kind: 'choice';
    readonly of: readonly string[];
    readonly default?: string;
    readonly optional?: true;
})
/** An integer in a range, or one word that stands for “decide yourself”. */
 | (Documented & {
    readonly kind: 'integer-or';
    readonly word: string;
    readonly min: number;
    readonly max: number;
    readonly unit?: string;
    readonly default: number | string;
})
/** Optional: a file without it is as good, and nothing is put in its place. */
 | (Documented & {
    readonly kind: 'group';
    readonly keys: Rules;
    readonly optional?: true;
})
/** Names of the file's own choice, each with a value by the same rule. */
 | (Documented & {
    readonly kind: 'map';
    readonly of: Rule;
}) | (Documented & {
    readonly kind: 'list';
    readonly of: Rule;
    readonly max: number;
})
/** Somebody else checks what is inside. */
 | (Documented & {
    readonly kind: 'open';
    readonly optional?: true;
});
export type Rules = {
    readonly [key: string]: Rule;
};
/** What a rule accepts, for a person. */
export declare function describeRule(rule: Rule): string;
/** What a key has when the file does not name it; undefined where the file must. */
export declare function defaultOf(rule: Rule): unknown;
export {};
//# sourceMappingURL=rules.d.ts.map