/**
 * Reads the vote logs of validators that are killed and started again. A log that grew long is replaced by a new one,
 * and what the old one held is gone then; so each of its files gets a second name as soon as it is seen, and is read to
 * its end when a later generation has taken its place.
 */
import type { Chain } from '../../core/genesis.ts';
import type { ReplicaId } from '../../core/ids.ts';
import type { Hasher } from '../../crypto/hash.ts';
import type { LogAudit } from './promise-audit.ts';
export declare class LogFollower {
    private readonly paths;
    private readonly folder;
    private readonly chain;
    private readonly codec;
    private readonly audit;
    /** Per replica and generation not yet done with: how many of its records the audit has. */
    private readonly taken;
    /** `folder` is on the homes' file system and is made. */
    constructor(homes: readonly string[], folder: string, chain: Chain, hasher: Hasher, audit: LogAudit);
    /** Looks for new files: often enough that none comes and goes between two looks. */
    look(): void;
    /** Everything in the log of a validator that does not run. */
    read(id: ReplicaId): void;
    private linksOf;
    private lookAt;
    private take;
}
//# sourceMappingURL=log-follower.d.ts.map