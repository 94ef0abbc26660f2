export declare const command: import("../command.ts").Command<{
    readonly out: {
        readonly kind: "text";
        readonly value: "FILE";
        readonly default: "keys.json";
        readonly doc: "Where the keys are written.";
    };
    readonly name: {
        readonly kind: "text";
        readonly value: "NAME";
        readonly default: "validator";
        readonly doc: "Name in the public part.";
    };
    readonly public: {
        readonly kind: "text";
        readonly value: "FILE";
        readonly doc: "Where the public part is written: name and public keys, as JSON.";
    };
    readonly show: {
        readonly kind: "text";
        readonly value: "FILE";
        readonly doc: "Make nothing; show the public part of this key file.";
    };
}>;
//# sourceMappingURL=keygen.d.ts.map