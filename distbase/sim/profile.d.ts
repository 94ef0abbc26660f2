/** Kinds of scenarios that a campaign draws from, each aimed at something else. */
import type { FaultKind } from './faults.ts';
import type { Subject } from './subject.ts';
/** What `--faults` names: groups of faults that belong together. */
export declare const FAULT_GROUPS: readonly ['crash', 'partition', 'loss', 'disk', 'clock', 'byzantine', 'twins', 'mutate', 'sets'];
export type FaultGroup = (typeof FAULT_GROUPS)[number];
export interface Profile {
    readonly name: string;
    readonly doc: string;
    /** How often it is drawn, next to the others; 0: for the protocols that ask for it, and by its name. */
    readonly weight: number;
    /** Sizes of the cluster, drawn alike. */
    readonly sizes: readonly number[];
    /** Groups of faults that it can use; without all of `needs` it has no scenarios. */
    readonly groups: readonly FaultGroup[];
    readonly needs: readonly FaultGroup[];
    /** How liars are made; none: nobody lies. */
    readonly liars?: 'independent' | 'colluding' | 'mutating';
    /** Whether there are always as many liars as the protocol tolerates. */
    readonly allLiars?: true;
    /** Mean number of faults on the network and the hosts. */
    readonly faults: number;
    readonly faultyMs: number;
    readonly transactions: number;
    /** Ends once everything is executed: no quiet time after it. */
    readonly brief?: true;
    /** Nodes that are no validators at first, where the set changes. */
    readonly joiners?: number;
    readonly cluster?: {
        readonly checkpointInterval?: number;
        readonly window?: number;
        readonly maxBatch?: number;
        readonly pipeline?: number;
    };
}
export declare const PROFILES: readonly Profile[];
export declare const PROFILE_NAMES: readonly string[];
/** Kinds of faults on network and hosts that a profile may use where these groups are allowed. */
export declare function kindsOf(profile: Profile, groups: ReadonlySet<FaultGroup>, faults?: Subject['faults']): FaultKind[];
/** Tactics of liars that act each on their own. */
export declare function tacticsOf({ tactics }: Subject, groups: ReadonlySet<FaultGroup>): string[];
/** What may go wrong for a protocol: where it tolerates crashes only, nobody lies. */
export declare function groupsFor({ parts }: Subject, groups: ReadonlySet<FaultGroup>): ReadonlySet<FaultGroup>;
//# sourceMappingURL=profile.d.ts.map