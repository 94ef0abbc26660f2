import type { AuthSetting } from '../../core/genesis.ts';
export declare const command: import("../command.ts").Command<{
    readonly protocol: {
        readonly kind: 'choice';
        readonly of: readonly string[];
        readonly default: 'pbft';
        readonly doc: 'The protocol under attack.';
    };
    readonly validators: {
        readonly kind: 'integer';
        readonly min: 4;
        readonly max: number;
        readonly doc: 'Replicas in every scenario. Default: what each profile says, 4 to 10.';
    };
    readonly seeds: {
        readonly kind: 'text';
        readonly value: 'A..B';
        readonly doc: 'Seeds to run, both included. Default: from 1 on.';
    };
    readonly for: {
        readonly kind: 'text';
        readonly value: '60s';
        readonly doc: 'How long to run: 30s, 10m, 2h. Default: 60s, unless seeds are given.';
    };
    readonly faults: {
        readonly kind: 'choices';
        readonly of: readonly ["crash", "partition", "loss", "disk", "clock", "byzantine", "twins", "mutate", "sets"];
        readonly default: readonly ["crash", "partition", "loss", "disk", "clock", "byzantine", "twins", "mutate", "sets"];
        readonly doc: 'What may go wrong.';
    };
    readonly profile: {
        readonly kind: 'choices';
        readonly of: readonly string[];
        readonly doc: 'Kinds of scenarios. Default: all, in turn.';
    };
    readonly delays: {
        readonly kind: 'text';
        readonly value: 'FILE';
        readonly doc: 'Distances between the replicas, as said above; all times of a scenario are stretched accordingly.';
    };
    readonly auth: {
        readonly kind: 'choice';
        readonly of: readonly AuthSetting[];
        readonly default: 'ed25519';
        readonly doc: 'How votes are authenticated with --crypto real and --detect; symbolic signatures stand for any.';
    };
    readonly crypto: {
        readonly kind: 'choice';
        readonly of: readonly ['symbolic', 'real'];
        readonly default: 'symbolic';
        readonly doc: 'Unforgeable tokens around the protocol alone; or the whole driver with its codec, keys and application.';
    };
    readonly model: {
        readonly kind: 'choice';
        readonly of: readonly ['view-change', 'power-cut'];
        readonly doc: 'Run a model instead: of the rule that fills a new view; or of disks that lose what was not synced, 10,000 cuts unless seeds or a time are given.';
    };
    readonly detect: {
        readonly kind: 'flag';
        readonly doc: 'Run production drivers with one misbehaving in every listed way, and with none: what the others find. With --seeds, so many runs of each; else 100.';
    };
    readonly only: {
        readonly kind: 'text';
        readonly value: 'TEXT';
        readonly doc: 'With --detect: the rows whose name contains this.';
    };
    readonly script: {
        readonly kind: 'text';
        readonly value: 'FILE';
        readonly doc: 'Run one scenario script (see src/sim/scripts/README.md).';
    };
    readonly replay: {
        readonly kind: 'text';
        readonly value: 'SEED';
        readonly doc: 'Run one scenario again; SEED:MASK leaves parts of it out.';
    };
    readonly trace: {
        readonly kind: 'flag';
        readonly doc: 'With --replay: print the run as a timeline.';
    };
    readonly bug: {
        readonly kind: 'choice';
        readonly of: readonly ["all", ...string[]];
        readonly doc: 'Plant a classic mistake and see after how many seeds it is found; all: one after the other.';
    };
}>;
//# sourceMappingURL=sim.d.ts.map