/** What a validator answers over HTTP, hung on a server that is handed in. */
import { Buffer } from 'node:buffer';
import { statusDocument } from './status.js';
const JSON_TYPE = 'application/json; charset=utf-8';
/** A validator this much of its window behind the others is catching up; a few slots are in flight at any time. */
const BEHIND_SHARE = 0.25;
/** Voting and caught up: in an active view, a quorum in reach, and not behind what f + 1 others say they delivered. */
function readiness(source) {
    const { machine, transport, halted, transfer } = source.state();
    const { quorum, self } = source.facts;
    if (halted)
        return { ok: false, reason: halted };
    if (transfer) {
        const percent = Math.floor(100 * transfer.share);
        return { ok: false, reason: `fetching the state of a checkpoint from the others, ${percent} %` };
    }
    if (!machine.active)
        return { ok: false, reason: `view ${machine.view} is not active yet` };
    const reachable = 1 + transport.peers.filter((backlog, id) => id !== self && backlog >= 0).length;
    if (reachable < quorum)
        return { ok: false, reason: `${reachable} validators reachable, ${quorum} make a quorum` };
    const { behind, highWatermark, lowWatermark } = machine;
    if (behind === undefined)
        return { ok: false, reason: 'too few validators have said yet where they are' };
    if (behind > BEHIND_SHARE * (highWatermark - lowWatermark))
        return { ok: false, reason: `catching up: ${behind} slots behind the others` };
    return { ok: true, reason: 'ok' };
}
/** Alive: the event loop turns, and what stopped us from voting, if anything did, is nothing that a restart heals. */
function liveness({ state }) {
    return { ok: true, reason: state().halted ?? 'ok' };
}
/**
 * Adds `GET /status` (a `StatusDocument`), `GET /genesis` (the genesis, and the validators' addresses by id as this
 * one knows them), `GET /validators` (the set of now, `MembershipFigures`), `GET /epochs?above=N` (what proves the sets of
 * the epochs above N, in base64, oldest first), `GET /healthz` (200 while the process answers: for who restarts it), `GET /readyz` (200 while this
 * validator votes and has caught up, else 503 and why: for who sends it work or restarts the next one) and, where
 * metrics are wanted, `GET /metrics` (Prometheus text format).
 */
export function addOpsRoutes(route, source, chain, metrics, epochs = () => []) {
    const genesis = JSON.stringify({ genesis: chain.genesis, validators: chain.urls });
    route('/genesis', () => ({ status: 200, contentType: JSON_TYPE, body: genesis }));
    route('/validators', () => ({
        status: 200,
        contentType: JSON_TYPE,
        body: JSON.stringify(source.state().membership),
    }));
    route('/epochs', (query) => {
        const above = Number(query.get('above') ?? 0);
        const proofs = Number.isSafeInteger(above) && above >= 0 ? epochs(above) : [];
        const body = JSON.stringify({ proofs: proofs.map((bytes) => Buffer.from(bytes).toString('base64')) });
        return { status: 200, contentType: JSON_TYPE, body };
    });
    route('/status', () => ({
        status: 200,
        contentType: JSON_TYPE,
        body: JSON.stringify(statusDocument(source)),
    }));
    const answer = ({ ok, reason }) => ({
        status: ok ? 200 : 503,
        contentType: JSON_TYPE,
        body: JSON.stringify({ ok, reason }),
    });
    route('/healthz', () => answer(liveness(source)));
    route('/readyz', () => answer(readiness(source)));
    if (metrics) {
        route('/metrics', async () => ({
            status: 200,
            contentType: metrics.contentType,
            body: await metrics.text(),
        }));
    }
}
//# sourceMappingURL=routes.js.map