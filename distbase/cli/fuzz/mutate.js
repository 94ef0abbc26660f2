/** Makes bytes that nobody would send out of bytes that somebody would. */
/** Heads and values at which readers go wrong: lengths that lie, types that are not ours, numbers at their edges. */
const NASTY = [
    [0xc1],
    [0xdd, 0xff, 0xff, 0xff, 0xff],
    [0xdc, 0xff, 0xff],
    [0xc6, 0xff, 0xff, 0xff, 0xff],
    [0xc6, 0x7f, 0xff, 0xff, 0xff],
    [0xc5, 0xff, 0xff],
    [0xdb, 0xff, 0xff, 0xff, 0xff],
    [0xcf, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
    [0xcf, 0, 0x1f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
    [0xcf, 0, 0x20, 0, 0, 0, 0, 0, 0],
    [0xce, 0xff, 0xff, 0xff, 0xff],
    [0xd4, 0, 0],
    [0xc7, 0, 0],
    [0x81, 0xa9, 0x5f, 0x5f, 0x70, 0x72, 0x6f, 0x74, 0x6f, 0x5f, 0x5f, 0xc3],
    [0xcb, 0x7f, 0xf8, 0, 0, 0, 0, 0, 0],
    [0xc0],
    [0xff],
    [0x90],
    [0xc4, 0],
    [0xa0],
];
const MOST_GROWTH = 2_000;
/** A changed copy. `other`: something valid to take parts of. */
export function mutate(bytes, other, random) {
    let out = bytes;
    const times = 1 + random.below(random.chance(0.2) ? 6 : 2);
    for (let i = 0; i < times; i++)
        out = once(out, other, random);
    return out;
}
function once(bytes, other, random) {
    const { length } = bytes;
    const at = random.below(length + 1);
    switch (random.below(9)) {
        case 0: {
            const out = bytes.slice();
            if (length > 0)
                out[at % length] ^= 1 << random.below(8);
            return out;
        }
        case 1: {
            const out = bytes.slice();
            if (length > 0)
                out[at % length] = random.below(256);
            return out;
        }
        case 2:
            return bytes.slice(0, at);
        case 3:
            return splice(bytes, at, 0, noise(1 + random.below(24), random));
        case 4:
            return splice(bytes, at, random.below(Math.min(40, length + 1)), new Uint8Array(0));
        case 5:
            return splice(bytes, at, random.below(12), Uint8Array.from(random.pick(NASTY)));
        case 6: {
            // A part of something else in place of a part of this.
            const from = random.below(other.length + 1);
            const part = other.subarray(from, from + random.below(Math.min(200, other.length - from + 1)));
            return splice(bytes, at, random.below(60), part);
        }
        case 7: {
            // A part of it twice.
            const part = bytes.subarray(at, at + random.below(200));
            return length > MOST_GROWTH * 8 ? bytes.slice() : splice(bytes, at, 0, part);
        }
        default: {
            const out = bytes.slice();
            // An edge in place of a byte.
            if (length > 0)
                out[at % length] = random.pick([0, 1, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xc0, 0xff]);
            return out;
        }
    }
}
function splice(bytes, at, remove, insert) {
    const rest = bytes.subarray(Math.min(bytes.length, at + remove));
    const out = new Uint8Array(at + insert.length + rest.length);
    out.set(bytes.subarray(0, at));
    out.set(insert, at);
    out.set(rest, at + insert.length);
    return out;
}
export function noise(length, random) {
    const out = new Uint8Array(length);
    for (let i = 0; i < length; i++)
        out[i] = random.below(256);
    return out;
}
/** MessagePack at random, of all its types, ours or not. */
export function garbage(random, depth = 0) {
    const kind = random.below(depth > 12 ? 8 : 14);
    if (kind < 3)
        return [random.below(128)];
    if (kind < 5)
        return [...random.pick(NASTY)];
    if (kind < 7) {
        const length = random.below(40);
        return [0xc4, length, ...noise(length, random)];
    }
    if (kind === 7) {
        const length = random.below(20);
        return [0xa0 | length, ...noise(length, random)];
    }
    if (kind === 8)
        return [random.pick([0xc2, 0xc3, 0xc0, 0xcc, 0xcd]), random.below(256), random.below(256)];
    if (kind === 9) {
        const length = random.below(4);
        const out = [0x80 | length];
        for (let i = 0; i < 2 * length; i++)
            out.push(...garbage(random, depth + 1));
        return out;
    }
    const length = random.below(7);
    const out = [0x90 | length];
    for (let i = 0; i < length; i++)
        out.push(...garbage(random, depth + 1));
    return out;
}
//# sourceMappingURL=mutate.js.map