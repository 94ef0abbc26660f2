/**
 * A validator's home:
 *
 *   config.yaml    its own settings
 *   genesis.json   what all validators agree on
 *   keys.json      its secret keys, mode 600
 *   data/          votes/, the segments of the vote log; votes.mark, its witness; snapshots/; store/
 *   lock           there while a process has the home
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { applicationByName } from '../apps/registry.js';
import { toHex } from '../core/bytes.js';
import { LockstepError } from '../core/errors.js';
import { chainOf } from '../crypto/chain.js';
import { createHasher } from '../crypto/hash.js';
import { readKeyFile, writeKeyFile } from '../crypto/keyfile.js';
import { openVoteLog } from '../storage/file-vote-log.js';
import { openFileWitness } from '../storage/file-witness.js';
import { nodeFiles } from '../storage/node-files.js';
import { readConfig } from './config.js';
import { formatConfig } from './config-text.js';
import { formatGenesis, readGenesis } from './genesis.js';
export function homePaths(dir) {
    const data = join(dir, 'data');
    return {
        config: join(dir, 'config.yaml'),
        genesis: join(dir, 'genesis.json'),
        keys: join(dir, 'keys.json'),
        data,
        voteLog: join(data, 'votes'),
        logWitness: join(data, 'votes.mark'),
        snapshots: join(data, 'snapshots'),
        store: join(data, 'store'),
        epochs: join(data, 'epochs'),
        nextKeys: join(dir, 'keys.next.json'),
    };
}
/** Where somebody on this machine reaches what listens there. */
export function localUrl({ host, port }) {
    const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
    return `ws://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}
/** Throws `home-missing` unless `dir` is a validator's home. */
export function requireHome(dir) {
    if (!existsSync(dir) || !statSync(dir).isDirectory()) {
        throw new LockstepError('home-missing', `there is no home at ${dir}; make one with \`lockstep init --home ${dir}\``);
    }
    if (!existsSync(homePaths(dir).config)) {
        throw new LockstepError('home-missing', `${dir} has no config.yaml, so it is no validator's home; make one with \`lockstep init --home DIR\``);
    }
}
function urlsOf(genesis, config, self, file) {
    const names = genesis.validators.map((validator) => validator.name);
    const stranger = Object.keys(config.peers).find((name) => !names.includes(name));
    // Of those who came later the config may know what the genesis cannot; whoever came later, too.
    if (stranger !== undefined && config.name === '') {
        throw new LockstepError('bad-config', `${file}: peers.${stranger} is not a validator of the genesis (${names.join(', ')})`);
    }
    return names.map((name, id) => {
        const url = config.peers[name] ?? (id === self ? localUrl(config.listen) : undefined);
        if (url === undefined && self === undefined)
            return '';
        if (url === undefined) {
            throw new LockstepError('bad-config', `${file}: peers.${name} is missing; give the address of that validator`);
        }
        return url;
    });
}
/** Reads and checks a home. Throws `home-missing`, `bad-config`, `bad-genesis`, `bad-key`. Changes nothing. */
export async function loadHome(dir) {
    requireHome(dir);
    const paths = homePaths(dir);
    const config = readConfig(paths.config);
    const genesis = readGenesis(paths.genesis);
    const identity = readKeyFile(paths.keys);
    const hasher = await createHasher(genesis.hash);
    const mine = toHex(identity.ed25519.publicKey);
    const joinedAs = config.name || joinedName(paths.data);
    const place = genesis.validators.findIndex((validator) => validator.ed25519 === mine);
    const self = place < 0 && joinedAs !== '' ? undefined : place;
    if (self !== undefined && genesis.validators[self]?.mlDsa87 !== toHex(identity.mlDsa87.publicKey)) {
        throw new LockstepError('bad-key', `the keys in ${paths.keys} are not those of a validator in ${paths.genesis}; give this home the genesis that lists ` +
            'its public keys (`lockstep keygen --show FILE` prints them), or, where it joined later, its `name` in config.yaml');
    }
    const urls = urlsOf(genesis, config, self, paths.config);
    const name = self === undefined ? joinedAs : genesis.validators[self].name;
    const url = config.peers[name] ?? localUrl(config.listen);
    return { dir, paths, config, chain: chainOf(genesis, hasher), hasher, identity, self, name, urls, url };
}
/** The name of a validator of the genesis whose keys are others by now. */
export function joinedName(data) {
    try {
        return readFileSync(join(data, 'name'), 'utf8').trim();
    }
    catch {
        return '';
    }
}
/**
 * Makes a home with an empty vote log, in a folder that is new or empty. A log that is missing later was lost, and
 * a validator that lost it must not start as if it had promised nothing. Throws `home-not-empty`, `bad-genesis`.
 */
export async function createHome({ dir, config, genesis, identity }) {
    if (existsSync(dir) && readdirSync(dir).length > 0) {
        throw new LockstepError('home-not-empty', `${dir} is not empty; choose another folder, or remove what is in it`);
    }
    const hasher = await createHasher(genesis.hash);
    // Only the application can judge its own settings.
    applicationByName(genesis.app.name).create(genesis.app.params, hasher);
    const paths = homePaths(dir);
    mkdirSync(paths.snapshots, { recursive: true, mode: 0o700 });
    writeFileSync(paths.config, formatConfig(config));
    writeFileSync(paths.genesis, formatGenesis(genesis));
    writeKeyFile(paths.keys, identity);
    emptyLog(paths, chainOf(genesis, hasher), config.durability);
}
/** Makes an empty vote log, where there is none. */
export function emptyLog(paths, chain, durability) {
    openVoteLog({
        path: paths.voteLog,
        chainId: chain.id,
        durability,
        witness: openFileWitness(nodeFiles, paths.logWitness),
    }).log.close();
}
//# sourceMappingURL=home.js.map