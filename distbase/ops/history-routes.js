/** History over HTTP: blocks, transactions, clients' histories, proofs. */
/** Questions answered at once; each takes the store's thread some milliseconds. A further one is told to come again. */
const AT_ONCE = 16;
const DEFAULT_PAGE = 50;
const MAX_PAGE = 256;
const DIGEST = /^[0-9a-f]{64}$/;
const PLACE = /^\d{1,15}\.\d{1,6}$/;
const KEY = /^(?:[0-9a-f]{2}){1,2048}$/;
function reply(status, value) {
    return { status, contentType: 'application/json; charset=utf-8', body: JSON.stringify(value) };
}
const bad = (error) => reply(400, { error });
/** Answers as the source does; 404 where it has nothing, 503 where too many ask or the store cannot be read. */
function gate() {
    let open = 0;
    return async (ask) => {
        if (open >= AT_ONCE)
            return reply(503, { error: 'busy: ask again in a moment' });
        open++;
        try {
            const answer = await ask();
            return answer === undefined
                ? reply(404, { error: 'not here: not executed yet, or pruned' })
                : reply(200, answer);
        }
        catch (error) {
            return reply(503, { error: error instanceof Error ? error.message : String(error) });
        }
        finally {
            open--;
        }
    };
}
function keyOf(hex) {
    return Uint8Array.from({ length: hex.length / 2 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16));
}
/**
 * Adds `GET /block?sequence=N|latest`, `GET /transaction?digest=HEX`, `GET /history?client=HEX[&before=N.I][&limit=N]`,
 * `GET /proof?transaction=HEX` or `?key=HEX`, and `GET /evidence`.
 */
export function addHistoryRoutes(route, source) {
    const answer = gate();
    route('/block', async (query) => {
        const text = query.get('sequence') ?? 'latest';
        if (text !== 'latest' && !/^\d{1,15}$/.test(text))
            return bad('sequence is a number, or latest');
        return answer(() => source.block(text === 'latest' ? text : Number(text)));
    });
    route('/transaction', async (query) => {
        const digest = query.get('digest') ?? '';
        if (!DIGEST.test(digest))
            return bad('digest is 64 hex digits');
        return answer(() => source.transaction(digest));
    });
    route('/history', async (query) => {
        const client = query.get('client') ?? '';
        const before = query.get('before') ?? undefined;
        const limit = Number(query.get('limit') ?? DEFAULT_PAGE);
        if (!DIGEST.test(client))
            return bad('client is 64 hex digits');
        if (before !== undefined && !PLACE.test(before))
            return bad('before is SEQUENCE.INDEX');
        if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE)
            return bad(`limit is 1 to ${MAX_PAGE}`);
        return answer(() => source.history(client, before, limit));
    });
    route('/proof', async (query) => {
        const digest = query.get('transaction');
        const key = query.get('key');
        if (digest !== null && DIGEST.test(digest))
            return answer(() => source.proofOfTransaction(digest));
        if (key !== null && KEY.test(key))
            return answer(() => source.proofOfEntry(keyOf(key)));
        return bad('ask for transaction=DIGEST or key=HEX');
    });
    route('/evidence', () => answer(() => source.evidence()));
}
//# sourceMappingURL=history-routes.js.map