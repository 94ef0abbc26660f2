export declare const command: import("../command.ts").Command<{
    readonly runs: {
        readonly kind: "integer";
        readonly min: 1;
        readonly max: 1000000;
        readonly doc: "Faults to strike. Default: as listed above.";
    };
    readonly for: {
        readonly kind: "number";
        readonly value: "SECONDS";
        readonly min: 1;
        readonly max: 1000000000;
        readonly unit: "s";
        readonly default: 1000000000;
        readonly doc: "Strike no more after this time, and settle the books.";
    };
    readonly seed: {
        readonly kind: "integer";
        readonly min: 0;
        readonly max: number;
        readonly doc: "Default: drawn, and printed.";
    };
    readonly protocol: {
        readonly kind: "choice";
        readonly of: string[];
        readonly default: "pbft";
        readonly doc: "The consensus protocol.";
    };
    readonly validators: {
        readonly kind: "integer";
        readonly min: 0;
        readonly max: 100;
        readonly default: 4;
        readonly doc: "How many.";
    };
    readonly auth: {
        readonly kind: "choice";
        readonly of: readonly import("../../index.ts").AuthSetting[];
        readonly default: "ed25519";
        readonly doc: "How votes are authenticated.";
    };
    readonly durability: {
        readonly kind: "choice";
        readonly of: readonly ["process", "power"];
        readonly default: "process";
        readonly doc: "What a promise survives before it is sent.";
    };
    readonly home: {
        readonly kind: "text";
        readonly value: "DIR";
        readonly doc: "A new folder for the cluster, its data and its logs, which stays. Default: a temporary one.";
    };
    readonly clients: {
        readonly kind: "integer";
        readonly min: 1;
        readonly max: 1000;
        readonly default: 16;
        readonly doc: "Clients, each with 8 requests under way at once.";
    };
    readonly rate: {
        readonly kind: "integer";
        readonly min: 1;
        readonly max: 100000;
        readonly unit: "tx/s";
        readonly doc: "Requests per second, of all clients together. Default: 1500; 400 where their history is judged.";
    };
}>;
//# sourceMappingURL=torture.d.ts.map