/**
 * Who of a local cluster's folder is a validator now: the set changes by transactions, and the homes of those that joined
 * lie beside those of the genesis. What the homes themselves know of it is asked, and nobody is started for that.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { toHex } from '../core/bytes.js';
import { readKeyFile } from '../crypto/keyfile.js';
import { createVerifier } from '../crypto/verifier.js';
import { certifiersOf, EpochChain } from '../proofs/epochs.js';
import { protocolByName } from '../protocols/registry.js';
import { MemoryEpochs, openEpochs } from '../storage/epoch-store.js';
import { openClusterFolder } from './cluster-homes.js';
import { loadHome } from './home.js';
async function homesIn(folder) {
    const homes = [];
    const alone = [];
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
        if (!entry.isDirectory())
            continue;
        const dir = join(folder, entry.name);
        try {
            homes.push(await loadHome(dir));
        }
        catch (error) {
            alone.push({ home: dir, why: error.message });
        }
    }
    return { homes, alone };
}
/** The latest set that any of these homes has a proof of. All are checked anew, from the genesis on. */
export async function latestSet(homes, { chain, hasher }) {
    const { genesis } = chain;
    const verifier = await createVerifier({ threads: 0 });
    const protocol = protocolByName(genesis.protocol);
    const epochs = new EpochChain({
        chain,
        hasher,
        store: new MemoryEpochs(),
        verify: (item) => verifier.verifySync(item),
        needed: (n) => certifiersOf(protocol, genesis, n),
    });
    for (const { paths } of homes) {
        for (const proof of openEpochs(paths.epochs).load())
            if (epochs.add(proof) === 'bad')
                break;
    }
    return epochs.latest;
}
const keysOf = ({ ed25519, mlDsa87 }) => `${toHex(ed25519.publicKey)} ${toHex(mlDsa87.publicKey)}`;
/** The keys of a rotation are the home's as soon as the set has them; it takes them up when it starts. */
function nextKeys({ paths }) {
    try {
        return keysOf(readKeyFile(paths.nextKeys));
    }
    catch {
        return undefined;
    }
}
/** Throws `home-missing`, `bad-config`, `bad-genesis`, and of a home of the genesis what `loadHome` throws. */
export async function openMembers(folder) {
    const cluster = openClusterFolder(folder);
    const { homes, alone } = await homesIn(folder);
    const ofChain = [];
    // One of the genesis that cannot be read is told of as ever: by its own error.
    const first = homes.find(({ dir }) => cluster.homes.includes(dir)) ?? (await loadHome(cluster.homes[0]));
    for (const home of homes) {
        if (home.chain.idHex === first.chain.idHex)
            ofChain.push(home);
        else
            alone.push({ home: home.dir, why: `it is of another chain, ${home.chain.genesis.chain}` });
    }
    const set = await latestSet(ofChain, first);
    const members = [];
    const elsewhere = [];
    for (const { id, name, ed25519, mlDsa87 } of set.members) {
        const keys = `${ed25519} ${mlDsa87}`;
        const place = cluster.names.indexOf(name);
        const home = ofChain.find((one) => keysOf(one.identity) === keys || nextKeys(one) === keys);
        // One of the genesis whose home cannot be read is started all the same, and says itself what is wrong with it.
        const broken = alone.findIndex((one) => place >= 0 && one.home === cluster.homes[place]);
        if (home !== undefined) {
            members.push({ id, name, home: home.dir, url: place < 0 ? home.url : cluster.urls[place] });
        }
        else if (broken >= 0) {
            alone.splice(broken, 1);
            members.push({ id, name, home: cluster.homes[place], url: cluster.urls[place] });
        }
        else
            elsewhere.push(name);
    }
    for (const { dir } of ofChain) {
        if (members.some(({ home }) => home === dir))
            continue;
        const what = `its keys are not in the set of epoch ${set.epoch}, the latest that is known here`;
        alone.push({ home: dir, why: `${what}; \`lockstep start --home ${dir}\` lets it follow` });
    }
    const present = {
        homes: members.map(({ home }) => home),
        names: members.map(({ name }) => name),
        urls: members.map(({ url }) => url),
        memberIds: members.map(({ id }) => id),
    };
    return { cluster: { ...cluster, ...present }, set, elsewhere, alone };
}
//# sourceMappingURL=cluster-members.js.map