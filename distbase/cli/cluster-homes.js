/**
 * The folder of a local cluster:
 *
 *   genesis.json       the chain
 *   cluster.json       `{ "version": 1, "validators": ["ws://127.0.0.1:7100", …] }`, by id
 *   client-keys.json   a client's key pairs, for trying things out; the ledger of the genesis has money for them
 *   v0/ v1/ …          a validator's home each, those of validators that joined later among them: see cluster-members.ts
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { delayMs } from '../core/delays.js';
import { LockstepError } from '../core/errors.js';
import { createHasher } from '../crypto/hash.js';
import { writeKeyFile } from '../crypto/keyfile.js';
import { generateIdentity } from '../crypto/keys.js';
import { protocolByName } from '../protocols/registry.js';
import { clientIds } from './client-ids.js';
import { DEFAULT_CONFIG } from './config.js';
import { freePorts } from './free-ports.js';
import { formatGenesis, makeGenesis, readGenesis, validatorInfo } from './genesis.js';
import { createHome } from './home.js';
const clusterFile = (folder) => join(folder, 'cluster.json');
/** Whether a folder holds a cluster that `openClusterFolder` would take. */
export function holdsCluster(folder) {
    return existsSync(clusterFile(folder));
}
/** A local cluster's ledger gives its client something to spend, whichever suite it signs with. */
async function defaultParams({ app, hash }, client) {
    if (app !== 'ledger')
        return {};
    const ids = clientIds(client, await createHasher(hash ?? 'blake3'));
    return { allocations: { [ids.ed25519]: 1_000_000_000, [ids.mlDsa87]: 1_000_000_000 } };
}
/** By name, what validator `from` adds to each of the others. */
function delaysOf(delays, from, n) {
    const others = Array.from({ length: n }, (_, to) => to).filter((to) => to !== from);
    return Object.fromEntries(others.map((to) => [`v${to}`, delayMs(delays, from, to)]));
}
/** Makes keys, genesis and homes. Throws `home-not-empty`, `bad-genesis`, `bad-config`. */
export async function makeClusterFolder(options) {
    const { folder, validators: n = 4 } = options;
    if (existsSync(folder) && readdirSync(folder).length > 0) {
        throw new LockstepError('home-not-empty', `${folder} is not empty and holds no cluster; choose another folder`);
    }
    const client = await generateIdentity();
    const identities = await Promise.all(Array.from({ length: n }, generateIdentity));
    const genesis = makeGenesis({
        chain: 'local',
        createdMs: Date.now(),
        validators: identities.map((identity, id) => validatorInfo(`v${id}`, identity)),
        ...(options.protocol !== undefined && { protocol: options.protocol }),
        ...(options.protocolParameters !== undefined && { protocolParameters: options.protocolParameters }),
        // Whoever asks for a protocol by name on his own machine has asked for what it tolerates.
        byzantine: protocolByName(options.protocol ?? 'pbft')?.byzantine ?? true,
        ...(options.auth !== undefined && { auth: options.auth }),
        ...(options.hash !== undefined && { hash: options.hash }),
        ...(options.parameters !== undefined && { parameters: options.parameters }),
        ...(options.onEvidence !== undefined && { onEvidence: options.onEvidence }),
        ...(options.app !== undefined && {
            app: { name: options.app, params: options.appParams ?? (await defaultParams(options, client)) },
        }),
    });
    const first = options.port;
    const ports = first === undefined ? await freePorts(n) : Array.from({ length: n }, (_, id) => first + id);
    const urls = ports.map((port) => `ws://127.0.0.1:${port}`);
    const peers = Object.fromEntries(urls.map((url, id) => [`v${id}`, url]));
    mkdirSync(folder, { recursive: true });
    for (const [id, identity] of identities.entries()) {
        const dialled = { ...peers };
        if (options.through !== undefined) {
            for (const [to, url] of urls.entries())
                if (to !== id)
                    dialled[`v${to}`] = await options.through(id, to, url);
        }
        const config = {
            ...DEFAULT_CONFIG,
            ...options.config,
            listen: { host: '127.0.0.1', port: ports[id] },
            peers: dialled,
            ...(options.delays !== undefined && { sendDelaysMs: delaysOf(options.delays, id, n) }),
        };
        await createHome({ dir: join(folder, `v${id}`), config, genesis, identity });
    }
    writeKeyFile(join(folder, 'client-keys.json'), client);
    writeFileSync(join(folder, 'genesis.json'), formatGenesis(genesis));
    // Last, and whole or not at all: what makes the folder a cluster's.
    const draft = `${clusterFile(folder)}.new`;
    writeFileSync(draft, `${JSON.stringify({ version: 1, validators: urls }, null, 2)}\n`);
    renameSync(draft, clusterFile(folder));
    return openClusterFolder(folder);
}
/** Reads a cluster's folder. Throws `home-missing`, `bad-config`, `bad-genesis`. */
export function openClusterFolder(folder) {
    const file = clusterFile(folder);
    let text;
    try {
        text = readFileSync(file, 'utf8');
    }
    catch {
        throw new LockstepError('home-missing', `${folder} holds no cluster; make one with \`lockstep testnet --home ${folder}\``);
    }
    let urls;
    try {
        urls = JSON.parse(text).validators;
    }
    catch {
        urls = undefined;
    }
    const genesis = readGenesis(join(folder, 'genesis.json'));
    const n = genesis.validators.length;
    const good = Array.isArray(urls) && urls.length === n && urls.every((url) => /^wss?:\/\/\S+:\d+$/.test(String(url)));
    if (!good) {
        throw new LockstepError('bad-config', `${file}: validators must list ${n} addresses such as ws://127.0.0.1:7100`);
    }
    return {
        folder,
        genesis,
        urls: urls,
        homes: genesis.validators.map((validator) => join(folder, validator.name)),
        names: genesis.validators.map((validator) => validator.name),
        memberIds: genesis.validators.map((_, id) => id),
        clientKeys: join(folder, 'client-keys.json'),
    };
}
/** Removes a cluster's folder with all its data. */
export function removeClusterFolder(folder) {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
//# sourceMappingURL=cluster-homes.js.map