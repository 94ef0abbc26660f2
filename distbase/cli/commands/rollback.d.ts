export declare const command: import("../command.ts").Command<{
    readonly home: {
        readonly kind: 'text';
        readonly value: 'DIR';
        readonly doc: "The validator's home, where it is not given as a word.";
    };
    readonly to: {
        readonly kind: "integer";
        readonly value: "SEQUENCE";
        readonly min: 1;
        readonly max: number;
        readonly doc: "The checkpoint to go back to.";
    };
    readonly 'dry-run': {
        readonly kind: "flag";
        readonly doc: "Check everything, say what would be done, and change nothing.";
    };
}>;
//# sourceMappingURL=rollback.d.ts.map