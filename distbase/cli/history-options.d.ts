/** Where the commands that look into the past get it from. */
import type { HistorySource } from '../ops/history-routes.ts';
import type { Values } from './command.ts';
export declare const HISTORY_OPTIONS: {
    readonly home: {
        readonly kind: 'text';
        readonly value: 'DIR';
        readonly doc: "A cluster's folder or a validator's home. Of validators that run one is asked; where none runs, the store is read.";
    };
    readonly node: {
        readonly kind: 'text';
        readonly value: 'URL';
        readonly doc: "A validator's address.";
    };
    readonly timeout: {
        readonly kind: 'integer';
        readonly value: 'MS';
        readonly min: 1;
        readonly max: 600000;
        readonly unit: 'ms';
        readonly default: 10000;
        readonly doc: 'Longest wait for an answer.';
    };
};
export interface OpenHistory {
    readonly source: HistorySource;
    /** The application whose bytes results are; undefined where it is not known. */
    readonly app: string | undefined;
    close(): Promise<void>;
}
/** Throws `bad-flag`, `not-connected`, `home-missing`, and what a store is found guilty of. */
export declare function openHistory(command: string, { home, node, timeout }: Values<typeof HISTORY_OPTIONS>): Promise<OpenHistory>;
//# sourceMappingURL=history-options.d.ts.map