/** Signed checkpoints on their way to a certificate: q signatures under one digest. Every protocol collects them alike. */
/** The signatures under one digest. */
export function votesFor(votes, digest) {
    return votes.filter((vote) => vote?.message.digest === digest);
}
/**
 * A replica far behind must keep checkpoint messages from above its window, and a liar must not fill its memory: each
 * sender has so many places (as many as fit a window, two more for overlap), and its lowest gives way. But a liar may
 * fill its places with inventions above the one checkpoint under which its signature is needed, because it gave that
 * signature to one replica alone: so what more others signed takes the place of what fewer did, too. Whether there is
 * room for this one now.
 */
export function makeRoom(all, places, from, { sequence, digest }) {
    let held = 0;
    let lowest = Number.POSITIVE_INFINITY;
    let least = Number.POSITIVE_INFINITY;
    let leastAt = 0;
    for (const [at, votes] of all) {
        const vote = votes[from];
        if (vote === undefined)
            continue;
        held++;
        lowest = Math.min(lowest, at);
        const others = backers(votes, vote.message.digest, from);
        if (others >= least)
            continue;
        least = others;
        leastAt = at;
    }
    if (held < places)
        return true;
    if (sequence > lowest)
        drop(all, from, lowest);
    else if (backers(all.get(sequence) ?? [], digest, from) > least)
        drop(all, from, leastAt);
    else
        return false;
    return true;
}
function drop(all, from, sequence) {
    const votes = all.get(sequence);
    votes[from] = undefined;
    if (votes.every((vote) => vote === undefined))
        all.delete(sequence);
}
/** How many others signed this. */
function backers(votes, digest, except) {
    let total = 0;
    for (let i = 0; i < votes.length; i++)
        if (i !== except && votes[i]?.message.digest === digest)
            total++;
    return total;
}
//# sourceMappingURL=checkpoint-votes.js.map