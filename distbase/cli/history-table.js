/** Transactions as lines of a table. */
import { fromHex } from '../core/bytes.js';
import { LockstepError } from '../core/errors.js';
export const LINE_HEAD = ['slot', 'transaction', 'client', 'nonce', 'kind', 'bytes', 'result'];
export const LINE_ALIGN = ['right', 'left', 'left', 'right', 'left', 'right', 'left'];
export function lineRow({ sequence, index, digest, client, nonce, kind, bytes, ok, }) {
    return [
        `${sequence}.${index}`,
        digest,
        client === null ? '–' : `${client.slice(0, 12)}…`,
        nonce === null ? '–' : String(nonce),
        kind ?? '–',
        String(bytes),
        ok ? 'ok' : 'declined',
    ];
}
/** 64 hex digits, in lower case. Throws `bad-flag`. */
export function digestWord(word, what) {
    if (word === undefined || fromHex(word)?.length !== 32) {
        throw new LockstepError('bad-flag', `${what} is 64 hex digits${word === undefined ? '' : `, not "${word}"`}`);
    }
    return word.toLowerCase();
}
//# sourceMappingURL=history-table.js.map