/** Stands before a replica's port and loses, delays or spoils messages by their type and author. */
import type { ReplicaId } from '../../core/ids.ts';
import type { Fireable, Scheduler } from '../scheduler.ts';
export interface Filter {
    /** Undefined: of every type, of every author, to everybody. */
    readonly type: string | undefined;
    readonly from: readonly ReplicaId[] | undefined;
    readonly to: readonly number[] | undefined;
    readonly act: {
        readonly kind: 'drop' | 'corrupt';
    } | {
        readonly kind: 'delay';
        readonly ms: number;
    };
    /** How many messages it still meets. */
    left: number;
}
export declare class Sieve implements Fireable {
    #private;
    /** `filters` is shared by all ports of a run, and changes. */
    constructor(port: number, behind: Fireable, scheduler: Scheduler, filters: readonly Filter[]);
    fire(tag: number, payload: unknown): void;
}
//# sourceMappingURL=sieve.d.ts.map