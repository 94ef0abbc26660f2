/**
 * Twins (Bano et al., OPODIS 2021): a replica whose two halves share a key and know nothing of each other equivocates in
 * every way that two honest machines can. What a scenario has of them is data: who is the twin, and for each of
 * seven rounds how the five nodes are cut in two.
 *
 * Two parts of five nodes: sixteen ways, all together among them; seven rounds and four twins: 16⁷ × 4 = 2³⁰
 * scenarios. A seed names one of them, and 2³⁰ seeds in a row name each once: an odd factor permutes the numbers.
 * Seeds above that, and how long a round lasts, vary what else there is. PBFT's leaders go by the view alone, so there
 * is none to choose per round; which leaders there are follows from which views the partitions let fail.
 */
export const TWIN_ROUNDS = 7;
/** Ways to cut five nodes in two: the last node stays on its side. */
const CUTS = 16;
/** A round lasts about one phase of the protocol, a whole commit, or a view change. In virtual ms. */
const ROUND_MS = [0.8, 2, 8];
export const TWINS_CLUSTER = {
    checkpointInterval: 4,
    window: 8,
    maxBatch: 2,
    pipeline: 2,
    timeoutFloorMs: 10,
    timeoutCeilingMs: 80,
    clientRetryMs: 25,
};
/** The same where everything takes so many times as long. */
export function twinsClusterAt(factor) {
    const { timeoutFloorMs, timeoutCeilingMs, clientRetryMs, ...rest } = TWINS_CLUSTER;
    return {
        ...rest,
        timeoutFloorMs: factor * timeoutFloorMs,
        timeoutCeilingMs: factor * timeoutCeilingMs,
        clientRetryMs: factor * clientRetryMs,
    };
}
/** 2³⁰ numbers in another order. */
function permuted(seed) {
    return Math.imul(seed % 2 ** 30, 0x9e3779b1) & 0x3fffffff;
}
/** Which of the four replicas is the twin. */
export function twinOf(seed) {
    return permuted(seed) & 3;
}
/** Runs the rounds of the scenario that the seed names, each so many times as long. Gives the number of rounds in which something was cut. */
export function divideByRounds(cluster, { submissions, undivided }, seed, factor = 1) {
    const roundMs = factor * ROUND_MS[Math.floor(seed / cluster.n) % ROUND_MS.length];
    const asked = new Set(submissions.map(({ number }) => number));
    let digits = permuted(seed) >>> 2;
    let cut = 0;
    for (let round = 0; round < TWIN_ROUNDS; round++) {
        const side = undivided.has(round) ? 0 : digits % CUTS;
        digits = Math.floor(digits / CUTS);
        if (side !== 0)
            cut++;
        cluster.divide(side);
        if (asked.has(round))
            cluster.submit(1);
        cluster.run(roundMs);
    }
    return cut;
}
//# sourceMappingURL=twins.js.map