import type { SuiteName } from '../../crypto/interface.ts';
export declare const command: import("../command.ts").Command<{
    readonly suite: {
        readonly kind: "choices";
        readonly of: readonly SuiteName[];
        readonly default: readonly SuiteName[];
        readonly doc: "Crypto: signature suites.";
    };
    readonly threads: {
        readonly kind: "integer";
        readonly min: 0;
        readonly max: 64;
        readonly doc: "Crypto: most threads of the pool; 0 leaves the pool out. Default: as many as there are cores.";
    };
    readonly budget: {
        readonly kind: "integer";
        readonly min: 1;
        readonly max: 60000;
        readonly unit: "ms";
        readonly default: 200;
        readonly doc: "Crypto: time for each measurement.";
    };
    readonly auth: {
        readonly kind: "choices";
        readonly of: readonly import("../../index.ts").AuthSetting[];
        readonly default: readonly ["ed25519"];
        readonly doc: "Cluster: how votes are authenticated; several, separated by commas, are profiled one after the other.";
    };
    readonly validators: {
        readonly kind: 'integer';
        readonly min: 0;
        readonly max: 100;
        readonly default: 4;
        readonly doc: "Cluster: How many processes; at least 4, or 1 where the protocol tolerates crashes only.";
    };
    readonly protocol: {
        readonly kind: 'choice';
        readonly of: readonly string[];
        readonly default: 'pbft';
        readonly doc: "Cluster: The consensus protocol.";
    };
    readonly 'tx-auth': {
        readonly kind: 'choice';
        readonly of: readonly ['ed25519', 'ml-dsa-87'];
        readonly default: 'ed25519';
        readonly doc: "Cluster: What clients sign transactions with.";
    };
    readonly payload: {
        readonly kind: 'integer';
        readonly value: 'BYTES';
        readonly min: 0;
        readonly max: 100000;
        readonly unit: 'bytes';
        readonly default: 64;
        readonly doc: "Cluster: Length of the value that each transaction writes.";
    };
    readonly durability: {
        readonly kind: 'choice';
        readonly of: readonly ['process', 'power'];
        readonly default: 'process';
        readonly doc: "Cluster: What a vote survives before it is sent: kill -9, or loss of power.";
    };
    readonly warmup: {
        readonly kind: 'number';
        readonly value: 'SECONDS';
        readonly min: 0;
        readonly max: 600;
        readonly unit: 's';
        readonly default: 1.5;
        readonly doc: "Cluster: Load before a measured window that is not counted.";
    };
    readonly duration: {
        readonly kind: "number";
        readonly value: "SECONDS";
        readonly min: 0.1;
        readonly max: 60;
        readonly unit: "s";
        readonly default: 5;
        readonly doc: "Cluster: length of each measured window.";
    };
    readonly saturate: {
        readonly kind: "flag";
        readonly doc: "Cluster: then many transactions at once, and what each of them costs each process.";
    };
    readonly clients: {
        readonly kind: 'integer';
        readonly min: 1;
        readonly max: 256;
        readonly default: 4;
        readonly doc: "Cluster: clients of the load of --saturate.";
    };
    readonly home: {
        readonly kind: "text";
        readonly value: "DIR";
        readonly doc: "Cluster: a cluster's folder, instead of a temporary one. If it runs, with LOCKSTEP_PROFILE=1, it is profiled as it runs; else it is started and stopped again.";
    };
    readonly html: {
        readonly kind: "text";
        readonly value: "FILE";
        readonly doc: "Write a page with charts, in one file.";
    };
    readonly 'cpu-profile': {
        readonly kind: "text";
        readonly value: "PATH";
        readonly doc: "Crypto: record what the main thread does, into this file. cluster: record every validator, into this folder. Times are longer then.";
    };
}>;
//# sourceMappingURL=profile.d.ts.map