export declare const command: import("../command.ts").Command<{
    readonly transactions: {
        readonly kind: "integer";
        readonly min: 1000;
        readonly max: 1000000000000;
        readonly default: 1000000;
        readonly doc: "How many are to commit.";
    };
    readonly protocol: {
        readonly kind: "choice";
        readonly of: readonly string[];
        readonly default: "pbft";
        readonly doc: "The consensus protocol.";
    };
    readonly auth: {
        readonly kind: "choice";
        readonly of: readonly import("../../index.ts").AuthSetting[];
        readonly default: "ed25519";
        readonly doc: "How votes are authenticated.";
    };
    readonly validators: {
        readonly kind: "integer";
        readonly min: 0;
        readonly max: 100;
        readonly default: 4;
        readonly doc: "How many.";
    };
    readonly durability: {
        readonly kind: "choice";
        readonly of: readonly ["process", "power"];
        readonly default: "process";
        readonly doc: "What a promise survives before it is sent.";
    };
    readonly clients: {
        readonly kind: "integer";
        readonly min: 1;
        readonly max: 256;
        readonly default: 8;
        readonly doc: "Clients, each with a key of its own.";
    };
    readonly outstanding: {
        readonly kind: "integer";
        readonly min: 1;
        readonly max: 100000;
        readonly default: 2048;
        readonly doc: "Transactions in flight.";
    };
    readonly payload: {
        readonly kind: "integer";
        readonly value: "BYTES";
        readonly min: 0;
        readonly max: 100000;
        readonly unit: "bytes";
        readonly default: 64;
        readonly doc: "Length of the value that each transaction writes.";
    };
    readonly every: {
        readonly kind: "number";
        readonly value: "SECONDS";
        readonly min: 0.1;
        readonly max: 3600;
        readonly unit: "s";
        readonly default: 5;
        readonly doc: "Between two looks.";
    };
    readonly html: {
        readonly kind: "text";
        readonly value: "FILE";
        readonly doc: "Where a page with plots is written.";
    };
}>;
//# sourceMappingURL=soak.d.ts.map