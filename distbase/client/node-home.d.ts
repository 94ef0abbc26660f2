/**
 * What a client takes from a folder: the genesis, the validators' addresses, and a key. Two kinds of folders will do:
 * a local cluster's (`genesis.json`, `cluster.json`, `client-keys.json`) and a validator's home (`genesis.json`,
 * `config.yaml`; the validator's own key is not a client's, so that a new one is made). Node only.
 */
import type { SuiteName } from '../crypto/interface.ts';
import type { ClientHome } from './prepare.ts';
/** Throws `home-missing`, `bad-genesis`, `bad-config` or `bad-key`. */
export declare function readClientHome(home: string, suite: SuiteName): ClientHome;
//# sourceMappingURL=node-home.d.ts.map