/** HotStuff under attack. */
import { hotstuff } from '../../protocols/hotstuff/hotstuff.js';
import { bugs } from '../bugs/hotstuff.js';
import { HotstuffChainChecker } from '../hotstuff/chains.js';
import { stateOf } from '../hotstuff/kit.js';
import { HotstuffPromiseChecker } from '../hotstuff/promises.js';
import { conspire, HOTSTUFF_TACTICS } from '../hotstuff/tactics.js';
import { DRIVER_PARTS } from '../parts.js';
/** All parts as they should be. */
export const HOTSTUFF_PARTS = { ...DRIVER_PARTS, protocol: hotstuff };
export const HOTSTUFF = {
    parts: HOTSTUFF_PARTS,
    tactics: HOTSTUFF_TACTICS,
    conspire,
    checkers: (beginning) => [new HotstuffPromiseChecker(beginning), new HotstuffChainChecker(beginning)],
    sets: true,
    bugs,
    situation,
    // Most mistakes show in something short, and a million scenarios are to be had in an hour.
    profiles: { brief: { weight: 50 } },
    entriesAllowed: (n) => 32 * (10 + 3 * n) * 4 + n * n * 400,
    parameters: (random) => ({
        commit: random.pick(['two-chain', 'two-chain', 'three-chain']),
        leader: random.pick(['stable', 'stable', 'rotating']),
    }),
};
function situation(machine) {
    const s = stateOf(machine);
    let key = s.left ? 1 : 0;
    if (s.isLeader)
        key |= 2;
    if (s.rounds.firstOf(s.view) > 1)
        key |= 4;
    if (s.waiting)
        key |= 8;
    if (s.high.round > s.committed.round + 1)
        key |= 16;
    if (s.certified.size > 2)
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
    if (s.lastVoted > s.high.round)
        key |= 2048;
    if (s.highestSeen > s.delivered)
        key |= 4096;
    if (s.stable > 0)
        key |= 8192;
    return key;
}
//# sourceMappingURL=hotstuff.js.map