export declare const command: import("../command.ts").Command<{
    readonly home: {
        readonly kind: 'text';
        readonly value: 'DIR';
        readonly doc: "A cluster's folder or a validator's home.";
    };
    readonly node: {
        readonly kind: 'texts';
        readonly value: 'URL';
        readonly doc: "A validator's address. Of one validator the others' addresses are asked; give f + 1 or more and they are used as given.";
    };
    readonly genesis: {
        readonly kind: 'text';
        readonly value: 'FILE';
        readonly doc: 'The genesis, with --node. Without it, the one that the node shows is believed.';
    };
    readonly key: {
        readonly kind: 'text';
        readonly value: 'FILE';
        readonly doc: "Key file to sign with. Default: the cluster's client-keys.json, else new keys.";
    };
    readonly suite: {
        readonly kind: 'choice';
        readonly of: readonly ["ed25519", "ml-dsa-87"];
        readonly default: 'ed25519';
        readonly doc: 'What the transaction is signed with.';
    };
    readonly timeout: {
        readonly kind: 'integer';
        readonly value: 'MS';
        readonly min: 1;
        readonly max: 3600000;
        readonly unit: 'ms';
        readonly default: 15000;
        readonly doc: 'Longest wait for the result.';
    };
    readonly unordered: {
        readonly kind: "flag";
        readonly doc: "Ask one validator for its present state.";
    };
}>;
//# sourceMappingURL=query.d.ts.map