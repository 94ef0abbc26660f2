/**
 * Reads the vote logs of validators that are killed and started again. A log that grew long is replaced by a new one,
 * and what the old one held is gone then; so each of its files gets a second name as soon as it is seen, and is read to
 * its end when a later generation has taken its place.
 */
import { existsSync, linkSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createMessageCodec } from '../../codec/message-codec.js';
import { createRecordCodec } from '../../codec/record-codec.js';
import { protocolByName } from '../../protocols/registry.js';
import { createBatchDigests } from '../../replica/batch-digest.js';
import { markedEpoch } from '../../replica/epoch-mark.js';
import { nodeFiles } from '../../storage/node-files.js';
import { parseSegmentName } from '../../storage/vote-log-format.js';
import { scannedRecords, scanVoteLog } from '../../storage/vote-log-scan.js';
import { homePaths } from '../home.js';
export class LogFollower {
    paths;
    folder;
    chain;
    codec;
    audit;
    /** Per replica and generation not yet done with: how many of its records the audit has. */
    taken;
    /** `folder` is on the homes' file system and is made. */
    constructor(homes, folder, chain, hasher, audit) {
        this.paths = homes.map((home) => homePaths(home).voteLog);
        this.folder = folder;
        this.chain = chain;
        this.audit = audit;
        const { parameters: limits, validators } = chain.genesis;
        const { batchDigest } = createBatchDigests(hasher);
        const options = { n: validators.length, batchDigest, limits };
        const { messages, records } = protocolByName(chain.genesis.protocol);
        this.codec = createRecordCodec(records, createMessageCodec(messages, options), options);
        this.taken = homes.map(() => new Map());
    }
    /** Looks for new files: often enough that none comes and goes between two looks. */
    look() {
        for (const id of this.paths.keys())
            this.lookAt(id);
    }
    /** Everything in the log of a validator that does not run. */
    read(id) {
        this.lookAt(id);
        for (const generation of this.taken[id].keys())
            this.take(id, generation);
    }
    linksOf(id, generation) {
        return join(this.folder, `v${id}`, String(generation));
    }
    lookAt(id) {
        const taken = this.taken[id];
        let newest = 0;
        for (const name of readdirSync(this.paths[id])) {
            const generation = parseSegmentName(name)?.generation;
            if (generation === undefined)
                continue;
            newest = Math.max(newest, generation);
            const links = this.linksOf(id, generation);
            if (!taken.has(generation)) {
                mkdirSync(links, { recursive: true });
                taken.set(generation, 0);
            }
            try {
                if (!existsSync(join(links, name)))
                    linkSync(join(this.paths[id], name), join(links, name));
            }
            catch (error) {
                // Replaced between the listing and now: then it was linked before, or came and went at once.
                if (error.code !== 'ENOENT')
                    throw error;
            }
        }
        for (const generation of [...taken.keys()].sort((a, b) => a - b)) {
            if (generation >= newest)
                continue;
            this.take(id, generation);
            taken.delete(generation);
            rmSync(this.linksOf(id, generation), { recursive: true });
        }
    }
    take(id, generation) {
        const links = this.linksOf(id, generation);
        const scan = scanVoteLog(nodeFiles, links, this.chain.id, undefined);
        if (scan.damage !== undefined)
            throw new Error(`${links}: ${JSON.stringify(scan.damage)}`);
        const taken = this.taken[id].get(generation);
        let index = 0;
        for (const bytes of scannedRecords(nodeFiles, links, scan)) {
            if (index++ < taken)
                continue;
            if (markedEpoch(bytes) !== undefined)
                continue;
            const record = this.codec.decodeRecord(bytes);
            if (typeof record === 'string')
                throw new Error(`${links}: record ${index} is ${record}`);
            this.audit.add(id, record);
        }
        this.taken[id].set(generation, index);
    }
}
//# sourceMappingURL=log-follower.js.map