export interface BannedAddress {
    readonly address: string;
    readonly reason: string;
    readonly leftMs: number;
}
/** A table of its own with a set per family, whose elements go by themselves. What is no address is left out. */
export declare function nftables(bans: readonly BannedAddress[], ports: readonly number[]): string;
export declare const command: import("../command.ts").Command<{
    readonly home: {
        readonly kind: 'text';
        readonly value: 'DIR';
        readonly doc: "A cluster's folder or a validator's home.";
    };
    readonly node: {
        readonly kind: 'texts';
        readonly value: 'URL';
        readonly doc: "A validator's address.";
    };
    readonly timeout: {
        readonly kind: 'integer';
        readonly value: 'MS';
        readonly min: 1;
        readonly max: 600000;
        readonly unit: 'ms';
        readonly default: 2000;
        readonly doc: 'How long to wait for each.';
    };
}>;
//# sourceMappingURL=guard.d.ts.map