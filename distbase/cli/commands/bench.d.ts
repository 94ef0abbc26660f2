export declare const command: import("../command.ts").Command<{
    readonly validators: {
        readonly kind: 'integer';
        readonly min: 0;
        readonly max: 100;
        readonly default: 4;
        readonly doc: "How many processes; at least 4, or 1 where the protocol tolerates crashes only.";
    };
    readonly protocol: {
        readonly kind: 'choice';
        readonly of: readonly string[];
        readonly default: 'pbft';
        readonly doc: 'The consensus protocol.';
    };
    readonly 'tx-auth': {
        readonly kind: 'choice';
        readonly of: readonly ['ed25519', 'ml-dsa-87'];
        readonly default: 'ed25519';
        readonly doc: 'What clients sign transactions with.';
    };
    readonly payload: {
        readonly kind: 'integer';
        readonly value: 'BYTES';
        readonly min: 0;
        readonly max: 100000;
        readonly unit: 'bytes';
        readonly default: 64;
        readonly doc: 'Length of the value that each transaction writes.';
    };
    readonly clients: {
        readonly kind: 'integer';
        readonly min: 1;
        readonly max: 256;
        readonly default: 4;
        readonly doc: 'Clients of a throughput run, each with a key and connections of its own.';
    };
    readonly warmup: {
        readonly kind: 'number';
        readonly value: 'SECONDS';
        readonly min: 0;
        readonly max: 600;
        readonly unit: 's';
        readonly default: 1.5;
        readonly doc: 'Load before a measured window that is not counted.';
    };
    readonly outstanding: {
        readonly kind: 'integer';
        readonly min: 1;
        readonly max: 100000;
        readonly doc: 'Transactions in flight in a throughput run, all clients together. Default: searched for.';
    };
    readonly durability: {
        readonly kind: 'choice';
        readonly of: readonly ['process', 'power'];
        readonly default: 'process';
        readonly doc: 'What a vote survives before it is sent: kill -9, or loss of power.';
    };
    readonly auth: {
        readonly kind: "choices";
        readonly of: readonly import("../../index.ts").AuthSetting[];
        readonly default: readonly ["ed25519"];
        readonly doc: "How votes are authenticated; several, separated by commas, are measured one after the other.";
    };
    readonly duration: {
        readonly kind: "number";
        readonly value: "SECONDS";
        readonly min: 0.1;
        readonly max: 3600;
        readonly unit: "s";
        readonly doc: "Length of each measured window. Default: 5; compare: 1.5.";
    };
    readonly delays: {
        readonly kind: "text";
        readonly value: "FILE";
        readonly doc: "Distances between the validators, as said above.";
    };
    readonly sizes: {
        readonly kind: "text";
        readonly value: "N,N,…";
        readonly default: "4,7,10";
        readonly doc: "Compare: numbers of validators.";
    };
    readonly simulate: {
        readonly kind: "text";
        readonly value: "N,N,…";
        readonly doc: "Compare: numbers of validators for the simulator, such as 13,31,100. Default: none.";
    };
    readonly protocols: {
        readonly kind: "choices";
        readonly of: readonly string[];
        readonly default: readonly string[];
        readonly doc: "Compare: who takes part; hotstuff-2 and hotstuff-3 commit by two and by three chains.";
    };
    readonly rounds: {
        readonly kind: "integer";
        readonly min: 1;
        readonly max: 100;
        readonly default: 3;
        readonly doc: "Compare: turns of each protocol.";
    };
    readonly 'latency-only': {
        readonly kind: "flag";
        readonly doc: "Compare: no throughput.";
    };
    readonly html: {
        readonly kind: "text";
        readonly value: "FILE";
        readonly doc: "Compare: write a page with charts, in one file.";
    };
}>;
//# sourceMappingURL=bench.d.ts.map