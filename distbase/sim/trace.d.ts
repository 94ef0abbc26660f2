/** What makes two runs comparable: a hash of everything sent and executed, and on request the lines behind it. */
import type { Digest, ReplicaId, Sequence } from '../core/ids.ts';
import type { Attested } from '../core/machine.ts';
import type { ProtocolSchema } from '../core/schema.ts';
import type { Scheduler } from './scheduler.ts';
export declare class Trace {
    #private;
    /** One line per thing that happened; empty unless lines were asked for. */
    readonly lines: string[];
    constructor(scheduler: Scheduler, schema: ProtocolSchema, verbose: boolean);
    /** 16 hex digits: equal for equal runs. */
    get hash(): string;
    sent(from: ReplicaId, to: ReplicaId, { from: author, message }: Attested): void;
    executed(replica: ReplicaId, sequence: Sequence, history: Digest): void;
    /** A fault, or anything else that a reader of the lines should know. */
    note(text: string): void;
}
//# sourceMappingURL=trace.d.ts.map