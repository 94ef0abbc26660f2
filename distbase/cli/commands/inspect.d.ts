export declare const command: import("../command.ts").Command<{
    readonly home: {
        readonly kind: 'text';
        readonly value: 'DIR';
        readonly doc: "The validator's home, where it is not given as a word.";
    };
}>;
//# sourceMappingURL=inspect.d.ts.map