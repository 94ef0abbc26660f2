/** Where in a signed body its epoch is, for who has no schema of the protocol at hand. */
import { Reader } from './msgpack-reader.js';
/** The epoch that a signed body names: the field after its author, in every protocol. Undefined where it is none. */
export function epochOfBody(body) {
    const reader = new Reader(body);
    reader.array(Number.MAX_SAFE_INTEGER);
    reader.uint();
    reader.uint();
    const epoch = reader.uint();
    return reader.code === undefined ? epoch : undefined;
}
//# sourceMappingURL=body-epoch.js.map