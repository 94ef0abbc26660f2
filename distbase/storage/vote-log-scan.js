/** Looks at a whole vote log without changing it: for opening it, for showing it, and for repairing it. */
import { join } from 'node:path';
import { LockstepError } from '../core/errors.js';
import { damaged, headerSeed, incomplete, parseSegmentName, readSegmentHeader, SEGMENT_HEADER_BYTES, segmentName, } from './vote-log-format.js';
import { readRecords, writtenEnd } from './vote-log-reader.js';
/** The segments of the newest generation. */
function namesIn(files, directory) {
    const found = files.list(directory).flatMap((name) => {
        const place = parseSegmentName(name);
        return place === undefined ? [] : [{ ...place, name }];
    });
    const generation = found.reduce((newest, segment) => Math.max(newest, segment.generation), 0);
    const indexes = found.filter((s) => s.generation === generation).map((s) => s.index);
    const old = found.filter((s) => s.generation !== generation).map((s) => s.name);
    const unfinished = files.list(directory).filter((name) => /^votes-.*\.new$/.test(name));
    return { generation, indexes: indexes.sort((a, b) => a - b), leftovers: [...old, ...unfinished].sort() };
}
/** What is known while the segments are read one after the other. */
class Scanner {
    segments = [];
    length = 0;
    seed = 0;
    records = 0;
    tornBytes = 0;
    damage;
    #files;
    #directory;
    #chainId;
    #mark;
    /** The last segment is torn, or has room reserved: nothing may follow. */
    #torn = false;
    /** A record ends where the witness says that one does. */
    #marked = false;
    constructor(files, directory, chainId, mark) {
        this.#files = files;
        this.#directory = directory;
        this.#chainId = chainId;
        this.#mark = mark;
    }
    /** False: nothing after this one is read. */
    segment(generation, index, last) {
        const name = segmentName(generation, index);
        const path = join(this.#directory, name);
        if (index !== this.segments.length)
            return this.#damaged(path, name, 0, 'segments before it are missing');
        const file = this.#files.open(path);
        const end = { offset: 0, seed: 0 };
        try {
            const size = file.size();
            const header = new Uint8Array(SEGMENT_HEADER_BYTES);
            const got = file.read(header, 0);
            // A segment is made whole before it is used: the header of one that never was may be missing, or zeros.
            if (index > 0 && last && (got < SEGMENT_HEADER_BYTES || header.every((byte) => byte === 0))) {
                this.tornBytes += size;
                return false;
            }
            const place = readSegmentHeader(path, header.subarray(0, got), this.#chainId);
            if (this.#torn)
                return this.#damaged(path, name, 0, 'the segment before it ends in an unfinished write');
            if (place.generation !== generation || place.index !== index || place.position !== this.length) {
                return this.#damaged(path, name, 44, 'the segment is out of its place');
            }
            if (place.previous !== this.seed)
                return this.#damaged(path, name, 60, 'it does not follow the segment before');
            this.#read(file, path, name, index, size, { offset: SEGMENT_HEADER_BYTES, seed: headerSeed(header) }, end);
            return this.damage === undefined;
        }
        catch (error) {
            if (!(error instanceof LockstepError))
                throw error;
            this.damage = { error, file: name, offset: end.offset };
            return false;
        }
        finally {
            file.close();
        }
    }
    #read(file, path, name, index, size, start, end) {
        const position = this.length;
        Object.assign(end, start);
        let records = 0;
        let failure;
        const mark = this.#mark;
        const witnessed = (generation) => {
            if (mark === undefined || mark.generation !== generation || position + end.offset !== mark.length)
                return;
            if (end.seed !== mark.seed)
                throw damaged(path, end.offset, 'another record stands here than was written');
            this.#marked = true;
        };
        const { generation } = parseSegmentName(name);
        try {
            witnessed(generation);
            for (const _ of readRecords(file, path, size, end)) {
                records++;
                witnessed(generation);
            }
        }
        catch (error) {
            failure = error;
        }
        this.segments.push({ name, index, position, wholeBytes: end.offset, size, records, start });
        this.length = position + end.offset;
        this.seed = end.seed;
        this.records += records;
        if (failure !== undefined)
            throw failure;
        if (end.offset < size) {
            this.#torn = true;
            // Zeros to the end were reserved, and never written to.
            this.tornBytes += writtenEnd(file, end.offset, size) - end.offset;
        }
    }
    #damaged(path, file, offset, what) {
        this.damage = { error: damaged(path, offset, what), file, offset };
        return false;
    }
    /** The witness knows more than the files show. */
    compare(generation) {
        const mark = this.#mark;
        if (mark === undefined || this.damage !== undefined)
            return;
        const lost = mark.length - this.length;
        if (mark.generation < generation || (mark.generation === generation && this.#marked))
            return;
        let what = `no record ends at byte ${mark.length} of the log, where one was written`;
        if (lost > 0)
            what = `the log ends ${lost} bytes before the end of what was written and synced`;
        if (mark.generation > generation) {
            what = `the log is generation ${generation}, but generation ${mark.generation} was in its place before: this is an old copy`;
        }
        const last = this.segments.at(-1);
        const error = incomplete(this.#directory, what);
        this.damage = { error, file: last?.name ?? '', offset: last?.wholeBytes ?? 0 };
    }
}
/**
 * Checks every record of the log in `directory`, which must exist. `mark` is what a witness knows. What is wrong is in
 * the result; throws only what the file system does.
 */
export function scanVoteLog(files, directory, chainId, mark) {
    const { generation, indexes, leftovers } = namesIn(files, directory);
    const scanner = new Scanner(files, directory, chainId, mark);
    for (const [i, index] of indexes.entries()) {
        if (!scanner.segment(generation, index, i === indexes.length - 1))
            break;
    }
    scanner.compare(generation);
    const { segments, length, seed, records, tornBytes, damage } = scanner;
    return { generation, segments, length, seed, records, tornBytes, leftovers, damage };
}
/** The records of a log that was scanned and found whole, oldest first. */
export function* scannedRecords(files, directory, scan) {
    for (const { name, wholeBytes, start } of scan.segments) {
        const path = join(directory, name);
        const file = files.open(path);
        try {
            yield* readRecords(file, path, wholeBytes, { ...start });
        }
        finally {
            file.close();
        }
    }
}
//# sourceMappingURL=vote-log-scan.js.map