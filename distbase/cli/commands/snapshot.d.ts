export declare const command: import("../command.ts").Command<{
    readonly at: {
        readonly kind: "integer";
        readonly value: "SEQUENCE";
        readonly min: 1;
        readonly max: number;
        readonly doc: "Of export: the checkpoint, instead of the last.";
    };
    readonly 'dry-run': {
        readonly kind: "flag";
        readonly doc: "Check everything, and write nothing.";
    };
}>;
//# sourceMappingURL=snapshot.d.ts.map