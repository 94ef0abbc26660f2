/** Reads that the leader answers by itself: finds it, asks it, and gives up soon where there is none with a lease. */
import type { Link } from './link.ts';
import type { Submission } from './options.ts';
import type { Questions } from './questions.ts';
export declare class LeaseReads {
    private readonly links;
    private readonly questions;
    /** Who answered the last one. */
    private leader;
    constructor(links: readonly Link[], questions: Questions);
    /** The answer, or undefined where nobody with a lease was found. */
    read(payload: Uint8Array, timeoutMs: number): Promise<Submission<Uint8Array> | undefined>;
}
//# sourceMappingURL=lease-reads.d.ts.map