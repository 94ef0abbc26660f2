export declare const command: import("../command.ts").Command<{
    readonly home: {
        readonly kind: "text";
        readonly value: "DIR";
        readonly doc: "A validator's home on this machine.";
    };
    readonly node: {
        readonly kind: "text";
        readonly value: "URL";
        readonly doc: "A validator's address, instead of a home.";
    };
    readonly live: {
        readonly kind: "flag";
        readonly doc: "Ask only whether the process answers.";
    };
    readonly wait: {
        readonly kind: "number";
        readonly value: "SECONDS";
        readonly min: 0;
        readonly max: 86400;
        readonly unit: "s";
        readonly default: 0;
        readonly doc: "Ask again until the answer is yes, for this long.";
    };
    readonly timeout: {
        readonly kind: "integer";
        readonly value: "MS";
        readonly min: 1;
        readonly max: 600000;
        readonly unit: "ms";
        readonly default: 2000;
        readonly doc: "How long one answer may take.";
    };
}>;
//# sourceMappingURL=health.d.ts.map