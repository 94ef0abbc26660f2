/**
 * The vote log alone against a disk that loses what was not synced: random work, the power cut in the midst of any file
 * operation, and then whatever else befalls a disk. After each start the log must hold every record that was durable,
 * followed by nothing but some first of those that were given to it later; or, where the disk was tampered with, refuse.
 */
import { LockstepError } from '../../core/errors.js';
import { SeededRandom } from '../../core/random.js';
import { openVoteLog } from '../../storage/file-vote-log.js';
import { openFileWitness } from '../../storage/file-witness.js';
import { isPowerCut, SimDisk } from '../files.js';
const LIVES = 8;
const CHAIN = new Uint8Array(32).fill(1);
const FOLDER = 'home/votes';
const MARK = 'home/votes.mark';
/** One log over several lives. */
class LogWorld {
    cuts = 0;
    refusals = 0;
    #random;
    #disk;
    #later = [];
    #options;
    #log;
    /** What the log was given since it was last replaced; and what it was to be replaced by when the power went. */
    #given = [];
    #replacement;
    #lived = false;
    constructor(seed) {
        this.#random = new SeededRandom(seed ^ 0x10c5);
        this.#disk = new SimDisk(this.#random.fork());
        this.#options = {
            path: FOLDER,
            chainId: CHAIN,
            durability: 'power',
            segmentBytes: 600 + this.#random.below(4000),
            syncLater: this.#random.chance(0.5),
            reserveBytes: this.#random.chance(0.2) ? 0 : this.#random.below(3000),
        };
    }
    /** Why the log broke its word, or undefined. */
    live() {
        for (let life = 0; life < LIVES; life++) {
            try {
                // Sometimes while it opens.
                this.#disk.cutAfter = this.#random.below(this.#random.chance(0.4) ? 14 : 90);
                const wrong = this.#open(false);
                if (wrong !== undefined)
                    return wrong;
                for (let step = 0; step < 60; step++)
                    this.#work();
            }
            catch (error) {
                if (!isPowerCut(error))
                    throw error;
            }
            if (this.#random.chance(0.6)) {
                this.cuts++;
                this.#disk.losePower();
            }
            else
                this.#disk.kill();
            this.#later.length = 0;
        }
        return this.#tamper();
    }
    #open(tampered) {
        const durable = this.#durable();
        const files = this.#disk.boot((_, call) => this.#later.push(call));
        let opened;
        try {
            const witness = openFileWitness(files, MARK);
            opened = openVoteLog({ ...this.#options, files, witness, mustExist: this.#lived });
        }
        catch (error) {
            if (isPowerCut(error))
                throw error;
            if (tampered && error instanceof LockstepError && error.code === 'log-damaged') {
                this.refusals++;
                return undefined;
            }
            return `a log that nobody touched is refused: ${error.message}`;
        }
        const records = [...opened.records];
        const wrong = this.#judge(records, durable);
        if (wrong !== undefined)
            return wrong;
        this.#log = opened.log;
        this.#lived = true;
        this.#given = records.map((record) => ({ record, mark: 0 }));
        this.#replacement = undefined;
        return undefined;
    }
    /** How many of those given are durable. */
    #durable() {
        const durable = this.#log?.durable ?? 0;
        const first = this.#given.findIndex(({ mark }) => mark > durable);
        return first < 0 ? this.#given.length : first;
    }
    #judge(records, durable) {
        const { length } = records;
        const from = [this.#given, this.#replacement].find((given) => given !== undefined && startsWith(given, records));
        if (from === undefined)
            return `the log gives ${length} records that are not the first of what it was given`;
        const least = from === this.#replacement ? from.length : durable;
        return length < least ? `the log gives ${length} records, and ${least} were durable` : undefined;
    }
    #work() {
        const random = this.#random;
        const log = this.#log;
        switch (random.below(10)) {
            case 0:
                return log.tend();
            case 1:
                for (const call of this.#later.splice(0))
                    call();
                return;
            case 2:
                return this.#replace(log);
            case 3:
            case 4:
                return log.flush(random.chance(0.8) ? log.appended : 0);
            default: {
                const record = this.#record();
                log.append(record);
                this.#given.push({ record, mark: log.appended });
            }
        }
    }
    #record() {
        const length = this.#random.chance(0.1) ? this.#random.below(3000) : this.#random.below(120);
        const record = new Uint8Array(length);
        if (this.#random.chance(0.8))
            for (let i = 0; i < length; i++)
                record[i] = this.#random.below(256);
        return record;
    }
    #replace(log) {
        log.flush(log.appended);
        const kept = this.#given.slice(-this.#random.below(5) - 1).map(({ record }) => ({ record, mark: 0 }));
        this.#replacement = kept;
        log.replace(kept.map(({ record }) => record));
        this.#given = kept;
        this.#replacement = undefined;
    }
    /** A last life after a bit was changed, an end was lost, or an old copy put back. */
    #tamper() {
        const wrong = this.#open(false);
        if (wrong !== undefined)
            return wrong;
        // The witness knows all.
        this.#log.tend();
        this.#disk.kill();
        const segments = this.#disk.filesIn(FOLDER);
        if (segments.length === 0)
            return undefined;
        const path = segments[this.#random.below(segments.length)];
        this.#disk.spoil(path, (content) => {
            if (this.#random.chance(0.3))
                return content.subarray(0, this.#random.below(content.length));
            content[this.#random.below(content.length)] ^= 1 << this.#random.below(8);
            return content;
        });
        return this.#open(true);
    }
}
function startsWith(given, records) {
    return (records.length <= given.length &&
        records.every((record, i) => Buffer.compare(record, given[i].record) === 0));
}
/** One log, some eight lives. */
export function runLogCuts(seed) {
    const world = new LogWorld(seed);
    const violation = world.live();
    return { seed, cuts: world.cuts, refusals: world.refusals, violation };
}
//# sourceMappingURL=log-cuts.js.map