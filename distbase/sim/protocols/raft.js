/** Raft under attack: by crashes, networks, disks and clocks. Nobody lies. */
import { raft } from '../../protocols/raft/raft.js';
import { bugs } from '../bugs/raft.js';
import { DRIVER_PARTS } from '../parts.js';
import { RaftCommitChecker, RaftElectionChecker, raftStateOf } from '../raft-checkers.js';
/** Clocks of a scenario run at half to twice the true pace, so that a lease may last a quarter of the timeout. */
const LEASE_PERCENT = 25;
export const RAFT = {
    parts: { ...DRIVER_PARTS, protocol: raft },
    tactics: {},
    checkers: () => [new RaftElectionChecker(), new RaftCommitChecker()],
    reads: true,
    sets: true,
    bugs,
    situation,
    // Most mistakes show in something short, and a million scenarios are to be had in an hour. A majority needs three.
    profiles: { brief: { weight: 50, sizes: [3, 3, 4, 5] } },
    // A log of several windows, checkpoints with their votes, and what it keeps of each follower.
    entriesAllowed: (n) => 1_500 + 100 * n,
    // Whoever is cut off from the leader alone has voters that hear them both.
    faults: { partition: ['cutLink', 'cutLink'] },
    parameters: (random) => ({ leasePercent: LEASE_PERCENT, learners: random.pick([0, 0, 0, 1]) }),
};
function situation(machine) {
    const s = raftStateOf(machine);
    let key = ['follower', 'pre-candidate', 'candidate', 'leader'].indexOf(s.role);
    if (s.leader >= 0)
        key |= 4;
    if (s.term > 0)
        key |= 8;
    if (s.log.last > s.commit)
        key |= 16;
    if (s.matched < s.log.last)
        key |= 32;
    if (s.ahead.size > 0)
        key |= 64;
    if (s.pending !== undefined)
        key |= 128;
    if (s.transferring >= 0)
        key |= 256;
    if (s.log.baseTerm === undefined)
        key |= 512;
    if (s.followers.some(({ catchUpTo }) => catchUpTo > 0))
        key |= 1024;
    if (s.failed > 1)
        key |= 2048;
    if (s.log.lastTerm < s.term)
        key |= 4096;
    if (s.stable > 0)
        key |= 8192;
    return key;
}
//# sourceMappingURL=raft.js.map