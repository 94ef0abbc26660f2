/** What the machines of a scripted run did: counted for expectations, and in words for traces. */
import { type ReplicaId } from '../../core/ids.ts';
import type { Effect, Protocol } from '../../core/machine.ts';
import type { PbftMessage, PbftRecord } from '../../protocols/pbft/messages.ts';
type PbftEffect = Effect<PbftMessage, PbftRecord>;
/** What one replica did since the last `mark`. */
export declare class Deeds {
    fast: number;
    slow: number;
    nulls: number;
    transfers: number;
    viewChanges: number;
    /** `offence from replica` and `code from replica`. */
    readonly evidence: Set<string>;
    readonly refusals: Set<string>;
}
export declare class Journal {
    #private;
    lines: string[];
    of(replica: ReplicaId): Deeds;
    /** Starts counting anew. */
    mark(): void;
    note(text: string): void;
    take(): string[];
    effect(replica: ReplicaId, effect: PbftEffect): void;
}
/** The protocol with every effect of its machines in the journal, before anybody bends it. */
export declare function journaled(protocol: Protocol<PbftMessage, PbftRecord>, journal: Journal): Protocol<PbftMessage, PbftRecord>;
export {};
//# sourceMappingURL=journal.d.ts.map