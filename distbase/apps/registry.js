/** All applications by name: what a validator, a tool and the simulator need. */
import { appCodec } from './codecs.js';
import { KeyValueStore } from './kv.js';
import { Ledger } from './ledger.js';
const CREATE = {
    kv: (params, hasher) => new KeyValueStore(params, hasher),
    ledger: (params, hasher) => new Ledger(params, hasher),
};
/** Throws `bad-genesis` where there is no such application. */
export function applicationByName(name) {
    return { ...appCodec(name), create: CREATE[name] };
}
//# sourceMappingURL=registry.js.map