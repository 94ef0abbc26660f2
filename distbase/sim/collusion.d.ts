/**
 * Several liars with one plan. What two of them can do that each alone cannot: whoever is primary splits the honest
 * into the same two camps, all liars give each camp the votes that it lacks, and all of them deny it afterwards.
 */
import type { ReplicaId } from '../core/ids.ts';
import type { PbftMessage, PbftRecord } from '../protocols/pbft/messages.ts';
import type { AdversaryOf } from './cluster.ts';
export type Scheme = 'split' | 'favour' | 'deny' | 'erase';
export declare const SCHEMES: readonly Scheme[];
/** The adversaries of one run, for these liars. */
export declare function conspiracy(n: number, liars: readonly ReplicaId[], seed: number): {
    readonly scheme: Scheme;
    readonly adversary: AdversaryOf<PbftMessage, PbftRecord>;
};
//# sourceMappingURL=collusion.d.ts.map