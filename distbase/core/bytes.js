/** Byte helpers that need nothing of Node, so that core, the codec and the browser client share them. */
const HEX = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'));
/** Lowercase hex. */
export function toHex(bytes) {
    let out = '';
    for (let i = 0; i < bytes.length; i++)
        out += HEX[bytes[i]];
    return out;
}
/** Value of each hex digit by its character code; 255 elsewhere. */
const NIBBLE = new Uint8Array(128).fill(255);
for (const digits of ['0123456789abcdef', '0123456789ABCDEF']) {
    for (let i = 0; i < 16; i++)
        NIBBLE[digits.charCodeAt(i)] = i;
}
/** Bytes of a hex string, or undefined where it is not one. */
export function fromHex(hex) {
    if (hex.length % 2 !== 0)
        return undefined;
    const out = new Uint8Array(hex.length / 2);
    for (let i = 0; i < out.length; i++) {
        const high = NIBBLE[hex.charCodeAt(2 * i)] ?? 255;
        const low = NIBBLE[hex.charCodeAt(2 * i + 1)] ?? 255;
        if ((high | low) > 15)
            return undefined;
        out[i] = (high << 4) | low;
    }
    return out;
}
/** Equality of public bytes; not constant-time. */
export function bytesEqual(a, b) {
    if (a.length !== b.length)
        return false;
    for (let i = 0; i < a.length; i++)
        if (a[i] !== b[i])
            return false;
    return true;
}
/** One array after another. */
export function concatBytes(...parts) {
    let length = 0;
    for (const part of parts)
        length += part.length;
    const out = new Uint8Array(length);
    let at = 0;
    for (const part of parts) {
        out.set(part, at);
        at += part.length;
    }
    return out;
}
//# sourceMappingURL=bytes.js.map