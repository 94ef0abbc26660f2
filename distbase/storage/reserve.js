/**
 * Zeros ahead of the records of a log. A write that makes a file longer has its sync write the file's new length, and
 * where it lies on the disk, beside the data; one into blocks that are there already has not. Zeros count as never
 * written: no record begins with them (`lengthCheck`), and a reader ends where nothing else follows.
 */
/** What a log keeps ahead, bytes: seconds of work at a client's pace. */
export const RESERVE_BYTES = 0;
/** Written at a time, so that it holds the event loop up by some hundred microseconds. */
const STEP_BYTES = 256 << 10;
/**
 * One write for each page: a page cache that has them in one piece, as a large write leaves them, looks through all of
 * it at every sync (seen with ext4 of Linux 6.18: twice the time of a sync).
 */
const PAGE = new Uint8Array(4096);
/**
 * Writes zeros from `reserved`, the file's length, towards `wanted`, unless at least half of what is wanted beyond `size`
 * is there. Gives the file's length. Where the disk has no room, all that is reserved is given back, for the records.
 */
export function reserve(file, size, reserved, wanted) {
    if (reserved - size >= (wanted - size) / 2)
        return reserved;
    const end = Math.min(wanted, reserved + STEP_BYTES);
    let at = reserved;
    try {
        while (at < end) {
            const next = Math.min(end, at - (at % PAGE.length) + PAGE.length);
            file.write(PAGE.subarray(0, next - at), at);
            at = next;
        }
        return at;
    }
    catch {
        // What of the last write is there is zeros too.
        file.truncate(size);
        return size;
    }
}
//# sourceMappingURL=reserve.js.map