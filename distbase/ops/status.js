/** The JSON status of a validator: `GET /status`, the client's status request, `lockstep status --json`. */
function figuresOf(conduct, peer) {
    const found = conduct?.find(({ id }) => id === peer);
    if (found === undefined)
        return null;
    const { id: _, ...figures } = found;
    return figures;
}
/** The status of now. `nowMs` is ms since 1970. */
export function statusDocument(source, nowMs = Date.now()) {
    const { facts, telemetry } = source;
    const { machine, executed, checkpoint, mempool, verifier, transport, banned, halted, transfer, membership, conduct, } = source.state();
    const nameOf = (id) => facts.names[id] ?? (id < 0 ? '' : String(id));
    const peers = facts.names
        .map((name, id) => {
        const backlog = transport.peers[id] ?? -1;
        return {
            id,
            name,
            connected: backlog >= 0,
            backlogBytes: Math.max(0, backlog),
            banned: banned.includes(id),
            conduct: figuresOf(conduct, id),
        };
    })
        .filter((peer) => peer !== undefined && peer.id !== facts.self);
    const { counters, rejections, violations, falsePieces, ...histograms } = telemetry.snapshot();
    return {
        chain: facts.chain,
        protocol: facts.protocol,
        auth: facts.auth,
        hash: facts.hash,
        app: facts.app,
        durability: facts.durability,
        version: facts.version,
        node: process.version,
        pid: process.pid,
        self: { id: facts.self, name: facts.name },
        validators: {
            n: facts.n,
            faulty: facts.faulty,
            quorum: facts.quorum,
            byzantine: facts.byzantine,
        },
        tolerates: facts.byzantine
            ? `${facts.faulty} of ${facts.names.length} validators may be faulty in any way`
            : `${facts.faulty} of ${facts.names.length} validators may crash; none may lie, since ${facts.protocol} tolerates no Byzantine validator`,
        view: machine.view,
        active: machine.active,
        primary: { id: machine.primary, name: nameOf(machine.primary) },
        isPrimary: machine.primary === facts.self,
        halted: halted ?? null,
        epoch: membership.epoch,
        voting: halted === undefined,
        set: {
            since: membership.since,
            members: membership.members.map(({ name, incarnation, voting }) => ({ name, incarnation, voting })),
            pending: membership.pending,
        },
        transfer: transfer ?? null,
        sequence: executed.sequence,
        header: executed.header,
        timeMs: executed.timeMs,
        checkpoint,
        watermarks: { low: machine.lowWatermark, high: machine.highWatermark },
        slotsInFlight: machine.inFlight,
        viewChangeTimeoutMs: machine.timeoutMs,
        mempool,
        peers,
        connectedPeers: peers.filter((peer) => peer.connected).length,
        finality: {
            p50Ms: telemetry.finalityMs.quantile(0.5),
            p99Ms: telemetry.finalityMs.quantile(0.99),
            slots: telemetry.finalityMs.count,
        },
        counters,
        rejections,
        violations,
        falsePieces: Object.fromEntries(Object.entries(falsePieces).map(([id, count]) => [nameOf(Number(id)), count])),
        histograms,
        verifier,
        transport,
        memoryBytes: process.memoryUsage.rss(),
        uptimeMs: nowMs - facts.startedMs,
        ...(source.profile && { profile: source.profile() }),
    };
}
//# sourceMappingURL=status.js.map