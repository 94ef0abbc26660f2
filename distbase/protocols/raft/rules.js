/**
 * The rules of Raft, apart from the machinery, to be read beside figure 2 of Ongaro & Ousterhout, "In search of an
 * understandable consensus algorithm" (extended version, 2014), and Ongaro's dissertation (2014). Everything that safety
 * rests on is here, or is the order "log it, then say it", which the driver keeps.
 *
 * Names: a paper's index is a `sequence`, a server is a replica, and an entry is a slot: one batch.
 */
/** Ticks in the least election timeout. */
export const ELECTION_TICKS = 5;
export const RULES = {
    majority: (voters) => Math.floor(voters / 2) + 1,
    mayListen: ({ quietTicks, leads }) => !leads && quietTicks >= ELECTION_TICKS,
    upToDate: (candidate, voter) => candidate.term > voter.term || (candidate.term === voter.term && candidate.sequence >= voter.sequence),
    mayGrant(voter, candidate, term, last) {
        if (term < voter.term)
            return false;
        const free = term > voter.term || voter.votedFor === -1 || voter.votedFor === candidate;
        return free && this.upToDate(last, voter.last);
    },
    mayPreGrant(voter, term, last) {
        return term > voter.term && this.upToDate(last, voter.last);
    },
    committable(matches, term, termAt) {
        const sequence = matches[matches.length - this.majority(matches.length)];
        return termAt(sequence) === term ? sequence : -1;
    },
    leaseHolds: (nowMs, leaseFromMs, leaseMs, committedInTerm) => committedInTerm && nowMs - leaseFromMs < leaseMs,
};
//# sourceMappingURL=rules.js.map