import type { AuthSetting } from '../../core/genesis.ts';
export declare const command: import("../command.ts").Command<{
    readonly only: {
        readonly kind: "texts";
        readonly value: "NAME";
        readonly doc: "Only this attack; may be given again.";
    };
    readonly auth: {
        readonly kind: "choice";
        readonly of: readonly AuthSetting[];
        readonly default: "ed25519";
        readonly doc: "How votes are authenticated.";
    };
    readonly slices: {
        readonly kind: "integer";
        readonly min: 1;
        readonly max: 100;
        readonly default: 5;
        readonly doc: "Slices of attack, each after one of quiet.";
    };
    readonly 'slice-ms': {
        readonly kind: "integer";
        readonly min: 50;
        readonly max: 60000;
        readonly unit: "ms";
        readonly default: 400;
        readonly doc: "How long a slice is.";
    };
}>;
//# sourceMappingURL=attack.d.ts.map