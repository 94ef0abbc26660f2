export declare const command: import("../command.ts").Command<{
    readonly home: {
        readonly kind: "text";
        readonly value: "DIR";
        readonly doc: "The home that `lockstep init` or `lockstep testnet` made.";
    };
    readonly threads: {
        readonly kind: "integer";
        readonly min: 0;
        readonly max: 64;
        readonly doc: "Threads that check signatures, instead of what config.yaml says.";
    };
    readonly 'log-level': {
        readonly kind: "choice";
        readonly of: readonly ["trace", "debug", "info", "warn", "error", "fatal", "silent"];
        readonly doc: "Instead of what config.yaml says.";
    };
}>;
//# sourceMappingURL=start.d.ts.map