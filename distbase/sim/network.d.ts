/** A seeded network: what happens to a packet follows from the generator and the rule of its link alone. */
import type { ReplicaId } from '../core/ids.ts';
import type { SeededRandom } from '../core/random.ts';
import type { Fireable, Scheduler } from './scheduler.ts';
/** How one direction of one link treats packets. Packets overtake each other unless `ordered`. */
export interface LinkRule {
    /** Probability that a packet is lost. */
    readonly loss: number;
    /** Probability that a packet arrives twice. */
    readonly duplicate: number;
    /** Delay: uniform in [delayMs, delayMs + jitterMs). */
    readonly delayMs: number;
    readonly jitterMs: number;
    /** Probability that a packet takes up to `slowMs` longer: the long tail. */
    readonly slow: number;
    readonly slowMs: number;
    /** First in, first out, as on a TCP connection. */
    readonly ordered: boolean;
    /** The link is down during every other period of this length in virtual ms; 0: it never flaps. */
    readonly flapMs: number;
}
/** A quiet local network. */
export declare const CALM: LinkRule;
export interface NetworkStats {
    sent: number;
    lost: number;
    duplicated: number;
}
export declare class Network {
    #private;
    readonly stats: NetworkStats;
    /** `distanceMs`: what a packet takes longer on each way, whatever the rule of its link. */
    constructor(n: number, scheduler: Scheduler, random: SeededRandom, rule?: LinkRule, distanceMs?: (from: ReplicaId, to: ReplicaId) => number);
    /** Who takes the packets that are sent to `id`. */
    attach(id: ReplicaId, port: Fireable): void;
    /**
     * Sends a packet, or loses it. The payload is passed as it is and must never change again. `waitMs`: it leaves only
     * then.
     */
    send(from: ReplicaId, to: ReplicaId, tag: number, payload: unknown, waitMs?: number): void;
    /** Sets the rule of one direction of one link; without `to`, of all links. */
    setRule(rule: LinkRule, from?: ReplicaId, to?: ReplicaId): void;
    /** Cuts the direction from → to; packets on their way still arrive. */
    cut(from: ReplicaId, to: ReplicaId): void;
    /** Cuts every link between different groups, both ways. A replica in no group is on its own. */
    partition(...groups: readonly (readonly ReplicaId[])[]): void;
    /** Cuts every link between the addresses whose bit in `side` is set and the others, and no other link. */
    divide(side: number): void;
    /** Cuts whatever the replicas of `deaf` would hear from those of `unheard`, and nothing else. */
    partitionOneWay(unheard: readonly ReplicaId[], deaf: readonly ReplicaId[]): void;
    /** Cuts a replica off, both ways. */
    isolate(id: ReplicaId): void;
    /** Mends all links; with a rule, all of them follow it from now on, else the one given for the whole network. */
    mend(rule?: LinkRule): void;
}
//# sourceMappingURL=network.d.ts.map