/** A scenario as data, drawn from its seed before anything runs: what strikes when, who lies how, what is submitted. */
import type { ReplicaId } from '../core/ids.ts';
import type { ProtocolParameters } from '../core/machine.ts';
import { type FaultKind } from './faults.ts';
import type { Mask, Part } from './mask.ts';
import type { LinkRule } from './network.ts';
import { type FaultGroup, type Profile } from './profile.ts';
import type { Subject } from './subject.ts';
export interface PlannedStrike {
    readonly number: number;
    readonly atMs: number;
    readonly kind: FaultKind;
    /** Draws its victim and its extent, so that leaving one out changes no other. */
    readonly seed: number;
}
export interface PlannedLie {
    readonly number: number;
    readonly liar: ReplicaId;
    readonly tactic: string;
}
export interface PlannedSubmission {
    readonly number: number;
    readonly atMs: number;
    /** Bit i: sent to replica i; 0: to all. */
    readonly to: number;
}
export interface Plan {
    readonly n: number;
    readonly profile: Profile;
    /** Whether nothing at all goes wrong. */
    readonly calm: boolean;
    /** The network's rule from the start, where it is not a quiet one. */
    readonly rule: LinkRule | undefined;
    readonly strikes: readonly PlannedStrike[];
    readonly lies: readonly PlannedLie[];
    /** Liars with one plan. */
    readonly conspirators: readonly ReplicaId[];
    /** Rounds of twins in which nothing is cut. */
    readonly undivided: ReadonlySet<number>;
    readonly submissions: readonly PlannedSubmission[];
    /** How many faults, lies and transactions there are where nothing is left out. */
    readonly counts: Readonly<Record<Part, number>>;
    readonly fastPath: boolean;
    readonly timeoutFloorMs: number;
    /** The protocol's own. */
    readonly parameters?: ProtocolParameters | undefined;
}
export interface PlanSettings {
    readonly subject: Subject;
    readonly profile: Profile;
    readonly groups: ReadonlySet<FaultGroup>;
    /** Fixed size of the cluster; undefined: one of the profile's. */
    readonly validators: number | undefined;
    readonly seed: number;
    readonly mask: Mask;
}
export declare function plan({ subject, profile, groups, validators, seed, mask }: PlanSettings): Plan;
//# sourceMappingURL=plan.d.ts.map