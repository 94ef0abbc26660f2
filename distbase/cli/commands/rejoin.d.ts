export declare const command: import("../command.ts").Command<{
    readonly home: {
        readonly kind: "text";
        readonly value: "DIR";
        readonly doc: "The validator's home; it must not be running.";
    };
    readonly reason: {
        readonly kind: "text";
        readonly value: "TEXT";
        readonly default: "the operator said so";
        readonly doc: "Why, for the log.";
    };
    readonly with: {
        readonly kind: "texts";
        readonly value: "DIR";
        readonly doc: "Where too many have forgotten: the homes of the other validators, or copies, or a local cluster's folder.";
    };
    readonly 'accept-loss': {
        readonly kind: "flag";
        readonly doc: "With --with: go on although what was acknowledged may be in none of the homes.";
    };
    readonly 'dry-run': {
        readonly kind: "flag";
        readonly doc: "Say what would be done, and do nothing.";
    };
}>;
//# sourceMappingURL=rejoin.d.ts.map