/**
 * What a home holds, without starting it and without changing a byte. Every part is looked at by itself, so that one
 * that is damaged hides none of the others.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LockstepError } from '../core/errors.js';
import { chainOf } from '../crypto/chain.js';
import { createHasher } from '../crypto/hash.js';
import { protocolByName, protocolNames } from '../protocols/registry.js';
import { readSnapshot, storedSnapshots } from '../storage/file-snapshots.js';
import { readIncarnation } from '../storage/forgetful.js';
import { homeHolder } from '../storage/home-lock.js';
import { nodeFiles } from '../storage/node-files.js';
import { examineVoteLog } from '../storage/vote-log-repair.js';
import { readGenesis } from './genesis.js';
import { homePaths, loadHome, requireHome } from './home.js';
import { inspectStore } from './inspect-store.js';
/** Names of what repairs and rollbacks leave behind: `votes.damaged-…`, `votes.forgotten-…`, `store.damaged-…`, … */
const ASIDE = /\.(damaged|forgotten|rolled-back)-/;
/** A running validator may replace its log while we read it: then once more. */
const ATTEMPTS = 5;
class Problems {
    list = [];
    /** What `look` gives; where it throws a coded error, undefined, and the error is kept. */
    async try(look) {
        try {
            return await look();
        }
        catch (error) {
            this.add(error);
            return undefined;
        }
    }
    add(error) {
        const { message } = error;
        const code = error instanceof LockstepError ? error.code : 'storage-failed';
        if (!this.list.some((known) => known.message === message))
            this.list.push({ code, message });
    }
}
function examine(paths, chain, running) {
    const place = { files: nodeFiles, path: paths.voteLog, witness: paths.logWitness, chainId: chain.id };
    for (let attempt = 1;; attempt++) {
        try {
            const examination = examineVoteLog(place);
            if (examination.damage === undefined || !running || attempt === ATTEMPTS)
                return examination;
        }
        catch (error) {
            if (!running || attempt === ATTEMPTS)
                throw error;
        }
    }
}
function logReport({ scan, mark, damage }) {
    const segments = scan?.segments ?? [];
    return {
        generation: scan?.generation ?? 0,
        segments: segments.map(({ name, records, size: bytes, wholeBytes }) => ({
            name,
            records,
            bytes,
            wholeBytes,
        })),
        records: scan?.records ?? 0,
        bytes: scan?.length ?? 0,
        tornBytes: scan?.tornBytes ?? 0,
        leftovers: scan?.leftovers ?? [],
        witness: mark === undefined ? null : { generation: mark.generation, bytes: mark.length },
        damage: damage?.message ?? null,
    };
}
function snapshotReports(paths, chain, problems) {
    if (!existsSync(paths.snapshots))
        return [];
    return storedSnapshots(nodeFiles, paths.snapshots).map((sequence) => {
        try {
            const { meta, chunks } = readSnapshot(nodeFiles, paths.snapshots, sequence, chain.id);
            const bytes = chunks.reduce((sum, chunk) => sum + chunk.length, meta.length);
            return { sequence, bytes, damage: null };
        }
        catch (error) {
            problems.add(error);
            return { sequence, bytes: 0, damage: error.message };
        }
    });
}
function asideIn(paths) {
    const folders = [paths.data, paths.snapshots].filter((folder) => existsSync(folder));
    return folders.flatMap((folder) => readdirSync(folder)
        .filter((name) => ASIDE.test(name))
        .map((name) => join(folder, name)));
}
async function chainIn(paths) {
    const genesis = readGenesis(paths.genesis);
    const hasher = await createHasher(genesis.hash);
    if (protocolByName(genesis.protocol) === undefined) {
        const known = protocolNames().join(', ');
        throw new LockstepError('bad-genesis', `no protocol ${genesis.protocol} here: there is ${known}`);
    }
    return { chain: chainOf(genesis, hasher), hasher };
}
function chainReport({ genesis, idHex }) {
    const { chain: name, protocol, auth, app, validators } = genesis;
    const names = validators.map((validator) => validator.name);
    return { name, id: idHex, protocol, auth, app: app.name, validators: names };
}
function validatorReport({ name, url, config }) {
    return { name, url, durability: config.durability };
}
/** Looks at a home, running or not. Throws `home-missing`; everything else is in the result. */
export async function inspectHome(dir) {
    requireHome(dir);
    const paths = homePaths(dir);
    const problems = new Problems();
    const inUseBy = homeHolder(dir) ?? null;
    const found = await problems.try(() => chainIn(paths));
    const home = await problems.try(() => loadHome(dir));
    const incarnation = (await problems.try(() => readIncarnation(paths.data))) ?? null;
    const chain = found?.chain;
    const log = chain && (await problems.try(() => examine(paths, chain, inUseBy !== null)));
    if (log?.damage !== undefined)
        problems.add(log.damage);
    return {
        home: dir,
        inUseBy,
        chain: chain === undefined ? null : chainReport(chain),
        validator: home === undefined ? null : validatorReport(home),
        incarnation,
        voteLog: log === undefined ? null : logReport(log),
        snapshots: chain === undefined ? [] : snapshotReports(paths, chain, problems),
        store: (chain && (await problems.try(() => inspectStore(paths, chain)))) ?? null,
        aside: asideIn(paths),
        problems: problems.list,
    };
}
//# sourceMappingURL=inspection.js.map