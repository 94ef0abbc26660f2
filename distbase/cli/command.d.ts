/** What a subcommand is. It declares its options once; parsing (`arguments.ts`) and `--help` come from that. */
interface OptionBase {
    /** One sentence; `--help` shows it with the unit and the default. */
    readonly doc: string;
    /** What stands for the value in `--help`: `DIR`, `MS`, … */
    readonly value?: string;
    readonly short?: string;
}
export type Option = (OptionBase & {
    readonly kind: 'flag';
}) | (OptionBase & {
    readonly kind: 'text';
    readonly default?: string;
}) | (OptionBase & {
    readonly kind: 'integer' | 'number';
    readonly min: number;
    readonly max: number;
    readonly unit?: string;
    readonly default?: number;
}) | (OptionBase & {
    readonly kind: 'choice';
    readonly of: readonly string[];
    readonly default?: string;
})
/** Several of a choice, separated by commas. */
 | (OptionBase & {
    readonly kind: 'choices';
    readonly of: readonly string[];
    readonly default?: readonly string[];
})
/** A text that may be given several times. */
 | (OptionBase & {
    readonly kind: 'texts';
});
export type Options = {
    readonly [name: string]: Option;
};
type ValueOf<O extends Option> = O extends {
    kind: 'flag';
} ? boolean : O extends {
    kind: 'integer' | 'number';
    default: number;
} ? number : O extends {
    kind: 'integer' | 'number';
} ? number | undefined : O extends {
    kind: 'choices';
    default: readonly string[];
} ? readonly string[] : O extends {
    kind: 'choices';
} ? readonly string[] | undefined : O extends {
    kind: 'texts';
} ? readonly string[] : O extends {
    default: string;
} ? string : string | undefined;
/** Parsed and checked values by option name. */
export type Values<O extends Options> = {
    readonly [K in keyof O]: ValueOf<O[K]>;
};
export interface Invocation<O extends Options> {
    readonly values: Values<O>;
    /** What is not a flag. */
    readonly words: readonly string[];
    /** `--json`: undefined without it, `-` for standard output, else a file's path. */
    readonly json: string | undefined;
}
export interface Command<O extends Options = Options> {
    readonly name: string;
    /** One line of the list of commands. */
    readonly summary: string;
    /** What follows the name in the usage line. */
    readonly usage?: string;
    /** What it does and why, then examples: the body of `--help`. */
    readonly help: string;
    readonly options: O;
    /** Most words that are not flags. Default 0. */
    readonly words?: number;
    /** Whether `--json [FILE]` is taken. */
    readonly json?: boolean;
    /** Resolves with the exit code. Throws `LockstepError` for what the user must know. */
    run(invocation: Invocation<O>): Promise<number>;
}
/** Keeps a command's option types. */
export declare function defineCommand<const O extends Options>(command: Command<O>): Command<O>;
export {};
//# sourceMappingURL=command.d.ts.map