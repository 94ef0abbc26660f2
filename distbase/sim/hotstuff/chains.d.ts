/**
 * What is certified and what commits, worked out from all honest votes as nobody inside can: no round has two certified
 * blocks, nobody honest takes for certified what no quorum voted for, and nothing executes but what the rules commit.
 */
import type { Batch } from '../../core/batch.ts';
import { type ReplicaId, type Sequence, type View } from '../../core/ids.ts';
import type { Attested, Machine } from '../../core/machine.ts';
import type { HotstuffMessage, HotstuffRecord } from '../../protocols/hotstuff/messages.ts';
import type { Header } from '../../protocols/hotstuff/rules.ts';
import { type Observer } from '../observer.ts';
import type { Beginning } from '../subject.ts';
/** The block that an epoch begins with is certified by agreement. */
export declare const genesisOf: ({ base }: Beginning) => Header;
export declare class HotstuffChainChecker implements Observer<HotstuffMessage, HotstuffRecord> {
    #private;
    constructor(beginning: Beginning);
    restarted(_replica: ReplicaId, machine: Machine<HotstuffMessage, HotstuffRecord>): void;
    attested(replica: ReplicaId, { message }: Attested<HotstuffMessage>): void;
    persisted(replica: ReplicaId, record: HotstuffRecord): void;
    executed(replica: ReplicaId, sequence: Sequence, view: View, batch: Batch): void;
}
//# sourceMappingURL=chains.d.ts.map