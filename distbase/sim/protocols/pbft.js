/** PBFT under attack. */
import { pbft } from '../../protocols/pbft/pbft.js';
import { stateOf } from '../bug-kit.js';
import { bugs as catchingUp } from '../bugs/catching-up.js';
import { bugs as checkpoints } from '../bugs/checkpoints.js';
import { bugs as classicMemory } from '../bugs/classic-memory.js';
import { bugs as classicRules } from '../bugs/classic-rules.js';
import { bugs as classicViews } from '../bugs/classic-views.js';
import { bugs as classicVotes } from '../bugs/classic-votes.js';
import { bugs as decisions } from '../bugs/decisions.js';
import { bugs as fastPath } from '../bugs/fast-path.js';
import { bugs as pacing } from '../bugs/pacing.js';
import { bugs as promises } from '../bugs/promises.js';
import { bugs as quorums } from '../bugs/quorums.js';
import { bugs as restarts } from '../bugs/restarts.js';
import { bugs as sets } from '../bugs/sets.js';
import { bugs as viewChanges } from '../bugs/view-changes.js';
import { bugs as votes } from '../bugs/votes.js';
import { bugs as watermarks } from '../bugs/watermarks.js';
import { conspiracy } from '../collusion.js';
import { DRIVER_PARTS } from '../parts.js';
import { PbftChecker } from '../pbft-checker.js';
import { PbftCommitChecker } from '../pbft-commit-checker.js';
import { PbftQuorumChecker } from '../pbft-quorum-checker.js';
import { ALL_PBFT_TACTICS } from '../pbft-tactics.js';
/** All parts as they should be. */
export const PBFT_PARTS = { ...DRIVER_PARTS, protocol: pbft };
export const PBFT = {
    parts: PBFT_PARTS,
    tactics: ALL_PBFT_TACTICS,
    conspire: (n, liars, seed) => conspiracy(n, liars, seed).adversary,
    checkers: ({ n }) => [new PbftChecker(), new PbftCommitChecker(), new PbftQuorumChecker(n)],
    bugs: [
        ...quorums,
        ...votes,
        ...watermarks,
        ...viewChanges,
        ...classicVotes,
        ...classicRules,
        ...classicViews,
        ...classicMemory,
        ...sets,
        ...decisions,
        ...promises,
        ...fastPath,
        ...restarts,
        ...catchingUp,
        ...checkpoints,
        ...pacing,
    ],
    sets: true,
    situation,
    // Slots of two windows with their votes, claims, and what it keeps per peer.
    entriesAllowed: (n) => 32 * (10 + 3 * n) * 4 + n * n * 400,
};
function situation(machine) {
    const s = stateOf(machine);
    let key = s.active ? 1 : 0;
    if (s.isPrimary)
        key |= 2;
    if (s.view > 0)
        key |= 4;
    if (s.newViewSent)
        key |= 8;
    if (s.newViewDeadlineMs >= 0)
        key |= 16;
    if (s.held.size > 0)
        key |= 32;
    if (s.wanted.size > 0)
        key |= 64;
    if (s.pendingCertificate !== undefined)
        key |= 128;
    if (s.transferring >= 0)
        key |= 256;
    if (s.demandSinceMs >= 0)
        key |= 512;
    if (s.failedViews > 1)
        key |= 1024;
    if (s.low > s.stable)
        key |= 2048;
    if (s.highestSeen > s.delivered)
        key |= 4096;
    if (s.stable > 0)
        key |= 8192;
    return key;
}
//# sourceMappingURL=pbft.js.map