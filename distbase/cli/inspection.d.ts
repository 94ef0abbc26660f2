/**
 * What a home holds, without starting it and without changing a byte. Every part is looked at by itself, so that one
 * that is damaged hides none of the others.
 */
import { type ErrorCode } from '../core/errors.ts';
import { type Incarnation } from '../storage/forgetful.ts';
import { type StoreReport } from './inspect-store.ts';
/** Something that keeps the home from starting, or from voting once it has started. */
export interface Problem {
    readonly code: ErrorCode;
    readonly message: string;
}
export interface LogReport {
    readonly generation: number;
    readonly segments: readonly {
        name: string;
        records: number;
        bytes: number;
        wholeBytes: number;
    }[];
    readonly records: number;
    /** Bytes up to the end of the last whole record. */
    readonly bytes: number;
    /** Bytes of an unfinished write behind them, which the next start cuts off. */
    readonly tornBytes: number;
    readonly leftovers: readonly string[];
    /** What the second witness knows: so many bytes of that generation were durable. */
    readonly witness: {
        readonly generation: number;
        readonly bytes: number;
    } | null;
    readonly damage: string | null;
}
export interface SnapshotReport {
    readonly sequence: number;
    readonly bytes: number;
    readonly damage: string | null;
}
export interface Inspection {
    readonly home: string;
    /** The process that runs on it at this moment. */
    readonly inUseBy: number | null;
    readonly chain: {
        readonly name: string;
        readonly id: string;
        readonly protocol: string;
        readonly auth: string;
        readonly app: string;
        readonly validators: readonly string[];
    } | null;
    readonly validator: {
        readonly name: string;
        readonly url: string;
        readonly durability: string;
    } | null;
    readonly incarnation: Incarnation | null;
    readonly voteLog: LogReport | null;
    readonly snapshots: readonly SnapshotReport[];
    readonly store: StoreReport | null;
    /** What repairs and rollbacks put aside. */
    readonly aside: readonly string[];
    readonly problems: readonly Problem[];
}
/** Looks at a home, running or not. Throws `home-missing`; everything else is in the result. */
export declare function inspectHome(dir: string): Promise<Inspection>;
//# sourceMappingURL=inspection.d.ts.map