export declare const command: import("../command.ts").Command<{
    readonly frames: {
        readonly kind: "integer";
        readonly min: 1;
        readonly max: 10000000000;
        readonly default: 1000000;
        readonly doc: "How many.";
    };
    readonly seed: {
        readonly kind: "integer";
        readonly min: 0;
        readonly max: number;
        readonly doc: "Default: drawn, and printed.";
    };
}>;
//# sourceMappingURL=fuzz.d.ts.map