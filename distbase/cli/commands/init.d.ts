export declare const command: import("../command.ts").Command<{
    readonly home: {
        readonly kind: "text";
        readonly value: "DIR";
        readonly doc: "The folder to make; new or empty.";
    };
    readonly name: {
        readonly kind: "text";
        readonly value: "NAME";
        readonly default: "v0";
        readonly doc: "This validator's name, where the genesis is made here.";
    };
    readonly keys: {
        readonly kind: "text";
        readonly value: "FILE";
        readonly doc: "Key file to copy into the home. Without it new keys are made.";
    };
    readonly genesis: {
        readonly kind: "text";
        readonly value: "FILE";
        readonly doc: "Join the chain of this genesis, which must list our keys.";
    };
    readonly join: {
        readonly kind: "text";
        readonly value: "DIR|URL";
        readonly doc: "Make a home that is to join a running chain: a cluster's folder, or a validator's address.";
    };
    readonly validator: {
        readonly kind: "texts";
        readonly value: "FILE";
        readonly doc: "Public part of a validator of the new genesis, in the order of ids.";
    };
    readonly peer: {
        readonly kind: "texts";
        readonly value: "NAME=URL";
        readonly doc: "A validator's address, such as bob=ws://10.0.0.2:7100.";
    };
    readonly chain: {
        readonly kind: "text";
        readonly value: "NAME";
        readonly default: "lockstep";
        readonly doc: "Name of the new chain.";
    };
    readonly protocol: {
        readonly kind: "choice";
        readonly of: readonly string[];
        readonly doc: "Protocol of the new chain, as --set protocol=NAME. Default: pbft. With raft, which tolerates crashes only, the genesis says byzantine: false.";
    };
    readonly host: {
        readonly kind: "text";
        readonly value: "ADDRESS";
        readonly default: "127.0.0.1";
        readonly doc: "Address to listen on.";
    };
    readonly port: {
        readonly kind: "integer";
        readonly min: 1;
        readonly max: 65535;
        readonly default: 7100;
        readonly doc: "Port to listen on.";
    };
    readonly set: {
        readonly kind: "texts";
        readonly value: "KEY=VALUE";
        readonly doc: "Set a key of either file.";
    };
}>;
//# sourceMappingURL=init.d.ts.map