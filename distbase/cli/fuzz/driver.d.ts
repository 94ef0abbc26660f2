/**
 * A whole replica to throw frames at: the production driver on a clock that we move, with memory for a disk. What validator 3
 * signs holds, whatever it is, since it has its key; what it says that others signed does not.
 */
import type { Chain } from '../../core/genesis.ts';
import { Telemetry } from '../../core/telemetry.ts';
import type { Hasher } from '../../crypto/hash.ts';
import type { Identity } from '../../crypto/keys.ts';
export interface Victim {
    readonly telemetry: Telemetry;
    /** A frame of validator 3. */
    frame(items: readonly unknown[]): void;
    /** A frame of a client. */
    client(items: readonly unknown[]): void;
    /** Time goes by. */
    advance(ms: number): Promise<void>;
    /** Why it stopped, if it did. */
    readonly fatal: unknown;
    stop(): void;
}
export declare function openVictim(chain: Chain, hasher: Hasher, identity: Identity, folder: string): Promise<Victim>;
//# sourceMappingURL=driver.d.ts.map