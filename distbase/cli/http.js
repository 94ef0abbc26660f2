/** A GET of a few kilobytes. Not `fetch`: that one refuses ports which browsers refuse, and a validator may have one. */
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
/** Largest body taken: a genesis of a hundred validators has half a megabyte. */
const MAX_BODY_BYTES = 16 << 20;
/** Resolves with the body of a 200; rejects with why not. `url` is `http:` or `https:`. */
export async function getText(url, timeoutMs, maxBytes = MAX_BODY_BYTES) {
    const { status, body } = await getReply(url, timeoutMs, maxBytes);
    if (status !== 200)
        throw new Error(`HTTP ${status}`);
    return body;
}
/** Resolves with whatever is answered; rejects where nothing is. */
export function getReply(url, timeoutMs, maxBytes = MAX_BODY_BYTES) {
    return new Promise((resolve, reject) => {
        const request = url.startsWith('https:') ? httpsRequest : httpRequest;
        const signal = AbortSignal.timeout(timeoutMs);
        const call = request(url, { agent: false, signal }, (reply) => {
            const parts = [];
            let bytes = 0;
            reply.on('data', (part) => {
                bytes += part.length;
                if (bytes > maxBytes)
                    call.destroy(new Error(`it answers more than ${maxBytes} bytes`));
                else
                    parts.push(part);
            });
            reply.on('error', reject);
            reply.on('end', () => {
                resolve({ status: reply.statusCode ?? 0, body: Buffer.concat(parts).toString('utf8') });
            });
        });
        call.on('error', (error) => {
            if (signal.aborted)
                reject(new Error(`no answer in ${timeoutMs} ms`));
            else
                reject(error);
        });
        call.end();
    });
}
/** What went wrong with a connection, in a few words: an error for several addresses has no message of its own. */
export function reasonOf(error) {
    const { message, code } = error;
    return message || code || String(error);
}
//# sourceMappingURL=http.js.map