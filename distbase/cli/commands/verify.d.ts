export declare const command: import("../command.ts").Command<{
    readonly home: {
        readonly kind: "text";
        readonly value: "DIR";
        readonly doc: "A validator's home, or a cluster's folder.";
    };
    readonly proof: {
        readonly kind: "text";
        readonly value: "FILE";
        readonly doc: "The proof to check.";
    };
    readonly genesis: {
        readonly kind: "text";
        readonly value: "FILE";
        readonly doc: "The genesis to check the proof against.";
    };
    readonly signatures: {
        readonly kind: "flag";
        readonly doc: "Check every transaction's own signature too, on all cores.";
    };
}>;
//# sourceMappingURL=verify.d.ts.map