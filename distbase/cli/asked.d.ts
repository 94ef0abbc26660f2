/** Whom the commands ask that show what validators say: one address or several, or those that a folder names. */
import type { Values } from './command.ts';
export declare const ASKED_OPTIONS: {
    readonly home: {
        readonly kind: 'text';
        readonly value: 'DIR';
        readonly doc: "A cluster's folder or a validator's home.";
    };
    readonly node: {
        readonly kind: 'texts';
        readonly value: 'URL';
        readonly doc: "A validator's address.";
    };
    readonly timeout: {
        readonly kind: 'integer';
        readonly value: 'MS';
        readonly min: 1;
        readonly max: 600000;
        readonly unit: 'ms';
        readonly default: 2000;
        readonly doc: 'How long to wait for each.';
    };
};
/**
 * `ws://` addresses. A validator's home stands for all whom it knows, or with `alone` for that validator. Throws `bad-flag`
 * where not exactly one of the two flags is given, and what opening the folder does.
 */
export declare function askedUrls(command: string, { home, node }: Pick<Values<typeof ASKED_OPTIONS>, 'home' | 'node'>, alone?: boolean): Promise<readonly string[]>;
//# sourceMappingURL=asked.d.ts.map