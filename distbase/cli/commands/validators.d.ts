export declare const command: import("../command.ts").Command<{
    readonly home: {
        readonly kind: "text";
        readonly value: "DIR";
        readonly doc: "A cluster's folder, or a validator's home.";
    };
    readonly node: {
        readonly kind: "texts";
        readonly value: "URL";
        readonly doc: "A validator's address, in place of --home, for list.";
    };
    readonly public: {
        readonly kind: "text";
        readonly value: "FILE";
        readonly doc: "The public part of the new validator, for add.";
    };
    readonly url: {
        readonly kind: "text";
        readonly value: "URL";
        readonly doc: "Where the validator listens, for add and rotate, such as ws://10.0.0.5:7100.";
    };
    readonly propose: {
        readonly kind: "text";
        readonly value: "FILE";
        readonly doc: "Write the change here for others to approve, and send nothing.";
    };
    readonly timeout: {
        readonly kind: "integer";
        readonly value: "MS";
        readonly min: 1;
        readonly max: 600000;
        readonly unit: "ms";
        readonly default: 30000;
        readonly doc: "Longest wait for it to be in effect.";
    };
}>;
//# sourceMappingURL=validators.d.ts.map