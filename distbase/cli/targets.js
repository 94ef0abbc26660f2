import { LockstepError } from '../core/errors.js';
/** `ws://host:port` of what a person gave for a validator's address. Throws `bad-flag`. */
export function nodeUrl(text) {
    const match = /^(?:(ws|http)(s?):\/\/)?([^\s/:]+|\[[0-9a-f:]+\]):(\d{1,5})\/?$/i.exec(text);
    if (!match || Number(match[4]) > 65_535) {
        throw new LockstepError('bad-flag', `"${text}" is no validator's address; give one such as ws://127.0.0.1:7100`);
    }
    return `ws${match[2] ?? ''}://${match[3]}:${Number(match[4])}`;
}
//# sourceMappingURL=targets.js.map