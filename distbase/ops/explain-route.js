/** Why a slot was slow, over HTTP. */
/** Adds `GET /explain?sequence=N`; 404 where the slot is too old, or nothing of it came here. */
export function addExplainRoute(route, explain) {
    const reply = (status, value) => ({
        status,
        contentType: 'application/json; charset=utf-8',
        body: JSON.stringify(value),
    });
    route('/explain', (query) => {
        const text = query.get('sequence') ?? '';
        if (!/^\d{1,15}$/.test(text))
            return reply(400, { error: 'sequence is a number' });
        const report = explain(Number(text));
        return report === undefined
            ? reply(404, { error: 'not one of the last slots that messages came for' })
            : reply(200, report);
    });
}
//# sourceMappingURL=explain-route.js.map