/** HTTP routes (GET only), whichever library serves them. */
export class Routes {
    handlers = new Map();
    add(path, handler) {
        this.handlers.set(path, handler);
    }
    /** Never rejects: a handler that throws is answered 500, without its reason. */
    async answer(method, path, query) {
        const handler = this.handlers.get(path);
        if (handler === undefined)
            return text(404, 'nothing here\n');
        if (method !== 'GET')
            return text(405, 'GET only\n');
        try {
            return await handler(new URLSearchParams(query));
        }
        catch {
            return text(500, 'the route failed\n');
        }
    }
}
function text(status, body) {
    return { status, contentType: 'text/plain; charset=utf-8', body };
}
const REASONS = {
    200: 'OK',
    400: 'Bad Request',
    404: 'Not Found',
    405: 'Method Not Allowed',
    500: 'Internal Server Error',
    503: 'Service Unavailable',
};
/** `200 OK` */
export function statusLine(status) {
    return `${status} ${REASONS[status] ?? 'Status'}`;
}
//# sourceMappingURL=http.js.map