/** Integers up to 2⁵³ − 1 as 8 bytes, big-endian. */
export const UINT53_BYTES = 8;
/** The integer at `at`, or −1 above 2⁵³ − 1. Eight bytes must be there. */
export function readUint53(bytes, at) {
    const b = bytes;
    const high = ((b[at] << 24) | (b[at + 1] << 16) | (b[at + 2] << 8) | b[at + 3]) >>> 0;
    if (high > 0x1f_ffff)
        return -1;
    const low = ((b[at + 4] << 24) | (b[at + 5] << 16) | (b[at + 6] << 8) | b[at + 7]) >>> 0;
    return high * 0x1_0000_0000 + low;
}
/** Writes an integer in [0, 2⁵³ − 1] at `at`. */
export function writeUint53(bytes, at, value) {
    const high = Math.floor(value / 0x1_0000_0000);
    const low = value >>> 0;
    bytes[at] = high >>> 24;
    bytes[at + 1] = high >>> 16;
    bytes[at + 2] = high >>> 8;
    bytes[at + 3] = high;
    bytes[at + 4] = low >>> 24;
    bytes[at + 5] = low >>> 16;
    bytes[at + 6] = low >>> 8;
    bytes[at + 7] = low;
}
/** The integer as 8 bytes of its own. */
export function uint53Bytes(value) {
    const out = new Uint8Array(UINT53_BYTES);
    writeUint53(out, 0, value);
    return out;
}
//# sourceMappingURL=uint53.js.map