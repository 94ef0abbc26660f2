export declare const command: import("../command.ts").Command<{
    readonly home: {
        readonly kind: 'text';
        readonly value: 'DIR';
        readonly doc: "The validator's home, where it is not given as a word.";
    };
    readonly 'dry-run': {
        readonly kind: "flag";
        readonly doc: "Say what would be done, and change nothing.";
    };
}>;
//# sourceMappingURL=repair.d.ts.map