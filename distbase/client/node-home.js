/**
 * What a client takes from a folder: the genesis, the validators' addresses, and a key. Two kinds of folders will do:
 * a local cluster's (`genesis.json`, `cluster.json`, `client-keys.json`) and a validator's home (`genesis.json`,
 * `config.yaml`; the validator's own key is not a client's, so that a new one is made). Node only.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { LockstepError } from '../core/errors.js';
import { readKeyFile } from '../crypto/keyfile.js';
/** Throws `home-missing`, `bad-genesis`, `bad-config` or `bad-key`. */
export function readClientHome(home, suite) {
    const file = (name) => join(home, name);
    if (!existsSync(file('genesis.json'))) {
        throw new LockstepError('home-missing', `${home} holds no cluster and is no home: it has no genesis.json`);
    }
    const genesis = readGenesisFile(file('genesis.json'));
    if (existsSync(file('cluster.json'))) {
        return {
            genesis,
            urls: clusterUrls(file('cluster.json')),
            key: readKey(file('client-keys.json'), suite),
        };
    }
    if (!existsSync(file('config.yaml'))) {
        throw new LockstepError('home-missing', `${home} has neither cluster.json nor config.yaml`);
    }
    return { genesis, urls: peerUrls(file('config.yaml'), genesis), key: undefined };
}
/** Only what a client could not do without; the chain's identity is the digest of all of it. */
function readGenesisFile(path) {
    let genesis;
    try {
        genesis = JSON.parse(readFileSync(path, 'utf8'));
    }
    catch (cause) {
        throw new LockstepError('bad-genesis', `${path} is not JSON`, { cause });
    }
    const whole = Array.isArray(genesis?.validators) &&
        genesis.validators.length > 0 &&
        typeof genesis.app?.name === 'string' &&
        typeof genesis.parameters?.maxTransactionBytes === 'number' &&
        typeof genesis.hash === 'string';
    if (!whole)
        throw new LockstepError('bad-genesis', `${path} is no genesis: validators, app, hash or parameters are missing`);
    return genesis;
}
function clusterUrls(path) {
    const { validators } = JSON.parse(readFileSync(path, 'utf8'));
    if (!Array.isArray(validators))
        throw new LockstepError('bad-config', `${path} lists no validators`);
    return validators.map(String);
}
function peerUrls(path, genesis) {
    const config = parse(readFileSync(path, 'utf8'));
    const peers = (config?.peers ?? {});
    return genesis.validators.map((v) => peers[v.name]).filter((url) => typeof url === 'string');
}
function readKey(path, suite) {
    if (!existsSync(path))
        return undefined;
    const identity = readKeyFile(path);
    return suite === 'ed25519' ? identity.ed25519 : identity.mlDsa87;
}
//# sourceMappingURL=node-home.js.map