import type { AuthSetting } from '../../core/genesis.ts';
export declare const command: import("../command.ts").Command<{
    readonly validators: {
        readonly kind: "integer";
        readonly min: 0;
        readonly max: 100;
        readonly doc: "How many; at least 4, or 1 where the protocol tolerates crashes only. Default: 4.";
    };
    readonly protocol: {
        readonly kind: "choice";
        readonly of: readonly string[];
        readonly doc: "The consensus protocol. Default: pbft.";
    };
    readonly auth: {
        readonly kind: "choice";
        readonly of: readonly AuthSetting[];
        readonly doc: "How votes are authenticated. Default: ed25519.";
    };
    readonly app: {
        readonly kind: "choice";
        readonly of: readonly string[];
        readonly doc: "The application. Default: kv.";
    };
    readonly home: {
        readonly kind: "text";
        readonly value: "DIR";
        readonly doc: "The cluster's folder. Without it: a temporary one, removed at the end.";
    };
    readonly delays: {
        readonly kind: "text";
        readonly value: "FILE";
        readonly doc: "Distances between the validators, as said above.";
    };
    readonly port: {
        readonly kind: "integer";
        readonly value: "BASE";
        readonly min: 1;
        readonly max: 65535;
        readonly doc: "Validator i listens on BASE + i. Default: 7100.";
    };
    readonly durability: {
        readonly kind: "choice";
        readonly of: readonly ["process", "power"];
        readonly doc: "What a promise survives before it is sent. Default: process.";
    };
    readonly supervise: {
        readonly kind: "flag";
        readonly doc: "Restart a validator that dies: after 0.1 s at first, later after up to 10 s where it dies again and again.";
    };
}>;
//# sourceMappingURL=testnet.d.ts.map