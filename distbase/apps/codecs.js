/** The codecs of all applications by name: what a client needs and no more. Browser-safe. */
import { LockstepError } from '../core/errors.js';
import { kvCodec } from './kv-codec.js';
import { ledgerCodec } from './ledger-codec.js';
const CODECS = [kvCodec, ledgerCodec];
export const APP_NAMES = CODECS.map((codec) => codec.name);
/** Throws `bad-genesis` where there is no such application. */
export function appCodec(name) {
    const codec = CODECS.find((one) => one.name === name);
    if (codec === undefined) {
        throw new LockstepError('bad-genesis', `there is no app '${name}'; there are ${APP_NAMES.join(', ')}`);
    }
    return codec;
}
//# sourceMappingURL=codecs.js.map