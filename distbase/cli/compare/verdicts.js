/** What a comparison has to show, judged on its own figures. */
/** HotStuff's two chains cost one vote more than PBFT's fast path. */
const MOST_OF_PBFT = 1.5;
export function verdicts(rows) {
    const measured = rows.filter(({ kind }) => kind === 'measured');
    const groups = new Map();
    for (const row of measured) {
        const key = `${row.validators} ${row.auth}`;
        groups.set(key, [...(groups.get(key) ?? []), row]);
    }
    return [...groups.values()].flatMap(judge);
}
function judge(rows) {
    const { auth, validators } = rows[0];
    const named = (contender) => rows.find((row) => row.contender === contender);
    const [pbft, two, raft] = [named('pbft'), named('hotstuff-2'), named('raft')];
    const found = [];
    if (pbft && two) {
        const ratio = two.p50Ms / pbft.p50Ms;
        found.push({
            auth,
            validators,
            claim: `HotStuff two-chain p50 within ${MOST_OF_PBFT} times PBFT's`,
            holds: ratio <= MOST_OF_PBFT,
            figure: `${ratio.toFixed(2)} times`,
        });
    }
    if (raft && rows.length > 1) {
        const next = rows.filter((row) => row !== raft).reduce((a, b) => (b.p50Ms < a.p50Ms ? b : a));
        found.push({
            auth,
            validators,
            claim: 'Raft is the fastest',
            holds: raft.p50Ms < next.p50Ms,
            figure: `${raft.p50Ms.toFixed(3)} ms, ${next.contender} ${next.p50Ms.toFixed(3)} ms`,
        });
    }
    return found;
}
//# sourceMappingURL=verdicts.js.map