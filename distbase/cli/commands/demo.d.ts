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
        readonly default: readonly import("../../index.ts").AuthSetting[];
        readonly doc: "The settings to show, separated by commas. The last one stays up in a terminal.";
    };
    readonly duration: {
        readonly kind: "number";
        readonly value: "SECONDS";
        readonly min: 0.5;
        readonly max: 600;
        readonly unit: "s";
        readonly default: 3;
        readonly doc: "Length of each measured window.";
    };
    readonly strict: {
        readonly kind: "flag";
        readonly doc: "Exit code 1 where a target is missed.";
    };
}>;
//# sourceMappingURL=demo.d.ts.map