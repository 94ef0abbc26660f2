/** What homes that stand still, or copies of them without their secret keys, hold of what their validators promised. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LockstepError } from '../core/errors.js';
import { chainOf } from '../crypto/chain.js';
import { createHasher } from '../crypto/hash.js';
import { readKeyFile } from '../crypto/keyfile.js';
import { markedEpoch } from '../replica/epoch-mark.js';
import { readIncarnation } from '../storage/forgetful.js';
import { homeHolder } from '../storage/home-lock.js';
import { nodeFiles } from '../storage/node-files.js';
import { examineVoteLog } from '../storage/vote-log-repair.js';
import { scannedRecords, scanVoteLog } from '../storage/vote-log-scan.js';
import { holdsCluster } from './cluster-homes.js';
import { readGenesis, validatorInfo } from './genesis.js';
import { openStoreView } from './history-source.js';
import { homePaths } from './home.js';
/** The folders of these; of a local cluster's folder, the homes in it. */
export function homesAt(dirs) {
    return dirs.flatMap((dir) => {
        if (!holdsCluster(dir))
            return [dir];
        const inside = readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isDirectory());
        return inside.map(({ name }) => join(dir, name)).filter((home) => existsSync(homePaths(home).genesis));
    });
}
function publicKeys(dir, paths) {
    if (existsSync(paths.keys))
        return validatorInfo('', readKeyFile(paths.keys));
    try {
        const { ed25519, mlDsa87 } = JSON.parse(readFileSync(join(dir, 'public.json'), 'utf8'));
        return { ed25519, mlDsa87 };
    }
    catch {
        throw new LockstepError('bad-flag', `${dir} has neither keys.json nor public.json, so it cannot be said whose it is; \`lockstep keygen --public FILE\` writes the latter`);
    }
}
/** Throws `bad-flag`, `bad-genesis`, `bad-key`, and `home-in-use` for one whose validator runs. */
export async function readRemains(dir) {
    const paths = homePaths(dir);
    if (!existsSync(paths.genesis))
        throw new LockstepError('home-missing', `${dir} is neither a home nor a copy of one: it has no genesis.json`);
    const pid = homeHolder(dir);
    if (pid !== undefined && pid !== process.pid)
        throw new LockstepError('home-in-use', `${dir} is in use by process ${pid}; all validators have to be stopped`);
    const genesis = readGenesis(paths.genesis);
    const hasher = await createHasher(genesis.hash);
    return { dir, paths, hasher, chain: chainOf(genesis, hasher), keys: publicKeys(dir, paths) };
}
/** Which member of the set it is; −1: none. */
export function placeOf({ keys }, set) {
    return set.members.findIndex((one) => one.ed25519 === keys.ed25519 && one.mlDsa87 === keys.mlDsa87);
}
/** Whether its log was made anew without all that was promised. */
export function madeWithLoss({ paths }) {
    try {
        return readIncarnation(paths.data).reason !== '';
    }
    catch {
        return true;
    }
}
/** Why its log does not hold all that its validator promised; undefined: it does. */
export function forgetfulBecause({ paths, chain }, token) {
    try {
        const incarnation = readIncarnation(paths.data);
        if (incarnation.forgotten)
            return incarnation.reason;
        if (incarnation.token !== token)
            return 'it is an older incarnation';
        const place = { files: nodeFiles, path: paths.voteLog, witness: paths.logWitness, chainId: chain.id };
        return examineVoteLog(place).damage?.message.split('. ')[0];
    }
    catch (error) {
        if (error instanceof LockstepError)
            return error.message;
        throw error;
    }
}
/** The records of its log, and of what repairs and rejoins put aside, one list each, as far as they are whole. */
export function logsIn({ paths, chain }, epoch) {
    const logs = [];
    const folders = existsSync(paths.data) ? readdirSync(paths.data) : [];
    for (const name of folders.filter((one) => one === 'votes' || /^votes\.(damaged|forgotten)-/.test(one))) {
        const folder = join(paths.data, name);
        let records;
        try {
            const scan = scanVoteLog(nodeFiles, folder, chain.id, undefined);
            records = [...scannedRecords(nodeFiles, folder, scan)];
        }
        catch {
            // One that was put aside because it cannot be read.
            continue;
        }
        const marked = records[0] === undefined ? undefined : markedEpoch(records[0]);
        if ((marked ?? 0) === epoch)
            logs.push(marked === undefined ? records : records.slice(1));
    }
    return logs;
}
/** The certified checkpoint at this slot in its history. Throws `store-damaged`. */
export async function checkpointIn(remains, sequence) {
    if (!existsSync(join(remains.paths.store, 'data.mdb')))
        return undefined;
    const store = await openStoreView(remains);
    try {
        const checkpoint = await store.checkpointTo(sequence);
        return checkpoint?.sequence === sequence ? checkpoint : undefined;
    }
    finally {
        await store.close();
    }
}
/** Slots asked for at once. */
const PAGE = 256;
/** The executed slots of its history above `after` that are of this epoch. Throws `store-damaged`. */
export async function executedIn(remains, after, epoch) {
    if (!existsSync(join(remains.paths.store, 'data.mdb')))
        return [];
    const store = await openStoreView(remains);
    const out = [];
    try {
        for (let from = after + 1;;) {
            const sequences = await store.slotsFrom(from, PAGE);
            if (sequences.length === 0)
                return out;
            for (const sequence of sequences) {
                const slot = await store.slot(sequence);
                if (slot?.epoch === epoch)
                    out.push(slot);
            }
            from = sequences.at(-1) + 1;
        }
    }
    finally {
        await store.close();
    }
}
//# sourceMappingURL=remains.js.map