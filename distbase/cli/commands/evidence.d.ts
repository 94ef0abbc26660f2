export declare const command: import("../command.ts").Command<{
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
    readonly genesis: {
        readonly kind: 'text';
        readonly value: 'FILE';
        readonly doc: 'The genesis to check evidence against.';
    };
    readonly out: {
        readonly kind: 'text';
        readonly value: 'FILE';
        readonly doc: 'Where exported evidence goes. Default: standard output.';
    };
}>;
//# sourceMappingURL=evidence.d.ts.map