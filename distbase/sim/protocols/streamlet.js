/** Streamlet under attack. */
import { streamlet } from '../../protocols/streamlet/streamlet.js';
import { bugs } from '../bugs/streamlet.js';
import { DRIVER_PARTS } from '../parts.js';
import { StreamletChainChecker } from '../streamlet-chains.js';
import { StreamletChecker } from '../streamlet-checker.js';
import { STREAMLET_TACTICS } from '../streamlet-tactics.js';
export const STREAMLET = {
    parts: { ...DRIVER_PARTS, protocol: streamlet },
    tactics: STREAMLET_TACTICS,
    checkers: (beginning) => [new StreamletChecker(), new StreamletChainChecker(beginning)],
    sets: true,
    bugs,
    situation,
    // Most mistakes show in something short, and a million scenarios are to be had in an hour.
    profiles: { brief: { weight: 50 } },
    // Open votes of every peer; blocks of a window and of rounds that nothing came of, with q votes each.
    entriesAllowed: (n) => n * 128 * (n + 2) + 400 * (2 * n + 10) + n * 200,
    // Derived in two of three scenarios; else as long as a commit takes, or ample.
    parameters: (random) => ({ roundMs: random.pick([0, 0, 0, 0, 8, 25]) }),
};
function situation(machine) {
    const { s } = machine;
    let key = s.leader === s.self ? 1 : 0;
    if (s.proposedRound === s.round)
        key |= 2;
    if (s.votedRound === s.round)
        key |= 4;
    if (s.notarised.has(s.round))
        key |= 8;
    if (s.wants > s.round)
        key |= 16;
    if (s.claimed.length > 0)
        key |= 32;
    if (s.wanted.size > 0)
        key |= 64;
    if (s.pendingCertificate !== undefined)
        key |= 128;
    if (s.transferring >= 0)
        key |= 256;
    if (s.demandSinceMs >= 0)
        key |= 512;
    if (s.tip.height > s.final.height + 2)
        key |= 1024;
    if (s.unfinished)
        key |= 2048;
    if (s.votes.size > 1)
        key |= 4096;
    if (s.stable > 0)
        key |= 8192;
    return key;
}
//# sourceMappingURL=streamlet.js.map