/**
 * Proofs that a map with a given root holds a value under a key, or nothing. A proof is bytes:
 *
 * - one byte: how many branches lie on the key's path;
 * - for each branch from the root: which children it has (2 bytes), then the hashes of those off the path, in order;
 * - one byte: 0 where the path ends at the key's own leaf or at no node, 1 where it ends at another key's leaf, whose
 *   key length (4 bytes), key, form (1 byte) and rest then follow (see `trie.ts`).
 */
import { bytesEqual, concatBytes } from '../core/bytes.js';
import { Branch, HASH_BYTES, INLINE_VALUE_BYTES, nibbleAt, TrieHasher } from './trie.js';
const NOT_OTHER = 0;
const OTHER_LEAF = 1;
export function proveIn(root, path, key, trieHasher) {
    if (root !== undefined)
        trieHasher.hashOf(root);
    const parts = [];
    let node = root;
    let depth = 0;
    for (; node instanceof Branch; depth++) {
        const at = nibbleAt(path, depth);
        let present = 0;
        const siblings = [];
        for (let i = 0; i < 16; i++) {
            const child = node.children[i];
            if (child === undefined)
                continue;
            present |= 1 << i;
            if (i !== at)
                siblings.push(trieHasher.hashOf(child));
        }
        parts.push(Uint8Array.of(present >>> 8, present), ...siblings);
        node = node.children[at];
    }
    if (node === undefined || bytesEqual(node.key, key)) {
        parts.push(Uint8Array.of(NOT_OTHER));
    }
    else {
        const length = new DataView(new ArrayBuffer(4));
        length.setUint32(0, node.key.length);
        const inline = node.value.length <= INLINE_VALUE_BYTES;
        const rest = inline ? node.value : trieHasher.hasher.hash('stateValue', node.value);
        const head = new Uint8Array(length.buffer);
        parts.push(Uint8Array.of(OTHER_LEAF), head, node.key, Uint8Array.of(inline ? 0 : 1), rest);
    }
    return concatBytes(Uint8Array.of(depth), ...parts);
}
function popCount16(bits) {
    let count = 0;
    for (let rest = bits; rest !== 0; rest &= rest - 1)
        count++;
    return count;
}
/** The levels of a proof, and where its end begins; undefined where it is cut short. */
function readLevels(path, proof) {
    const depth = proof[0];
    if (depth === undefined || depth > 2 * HASH_BYTES)
        return undefined;
    const levels = [];
    let at = 1;
    for (let i = 0; i < depth; i++) {
        if (proof.length - at < 2)
            return undefined;
        const present = (proof[at] << 8) | proof[at + 1];
        const length = popCount16(present & ~(1 << nibbleAt(path, i))) * HASH_BYTES;
        if (proof.length - at - 2 < length)
            return undefined;
        levels.push({ present, siblings: proof.subarray(at + 2, at + 2 + length) });
        at += 2 + length;
    }
    return { levels, at };
}
/** The hash of what stands where the path ends; `none` for nothing; undefined where that contradicts the claim. */
function endHash(trieHasher, path, key, value, end, depth) {
    if (end[0] === NOT_OTHER && end.length === 1) {
        if (value === undefined)
            return 'none';
        const inline = value.length <= INLINE_VALUE_BYTES;
        const rest = inline ? value : trieHasher.hasher.hash('stateValue', value);
        return trieHasher.hashLeafForm(key, inline ? 0 : 1, rest);
    }
    if (end[0] !== OTHER_LEAF || value !== undefined || end.length < 6)
        return undefined;
    const keyBytes = new DataView(end.buffer, end.byteOffset, end.length).getUint32(1);
    if (keyBytes > end.length - 6)
        return undefined;
    const otherKey = end.subarray(5, 5 + keyBytes);
    const form = end[5 + keyBytes];
    const rest = end.subarray(6 + keyBytes);
    if (form === 0 ? rest.length > INLINE_VALUE_BYTES : form !== 1 || rest.length !== HASH_BYTES)
        return undefined;
    if (bytesEqual(otherKey, key))
        return undefined;
    const otherPath = trieHasher.hasher.hash('statePath', otherKey);
    for (let i = 0; i < depth; i++)
        if (nibbleAt(otherPath, i) !== nibbleAt(path, i))
            return undefined;
    return trieHasher.hashLeafForm(otherKey, form, rest);
}
/**
 * Whether the map whose root is `root` holds `value` under `key`, or nothing where `value` is undefined. Proofs come
 * from strangers: any bytes are at worst a plain false.
 */
export function verifyProof(hasher, root, key, value, proof) {
    const path = hasher.hash('statePath', key);
    const read = readLevels(path, proof);
    if (read === undefined)
        return false;
    const { levels, at } = read;
    const trieHasher = new TrieHasher(hasher);
    let hash = endHash(trieHasher, path, key, value, proof.subarray(at), levels.length);
    if (hash === undefined)
        return false;
    for (let depth = levels.length - 1; depth >= 0; depth--) {
        const { present, siblings } = levels[depth];
        const child = nibbleAt(path, depth);
        const there = (present & (1 << child)) !== 0;
        if (there !== (hash !== 'none'))
            return false;
        // The path's own child goes between the siblings before it and those after it.
        const before = popCount16(present & ((1 << child) - 1)) * HASH_BYTES;
        const bitmap = Uint8Array.of(present >>> 8, present);
        const own = hash === 'none' ? siblings.subarray(0, 0) : hash;
        hash = hasher.hash('stateNode', bitmap, siblings.subarray(0, before), own, siblings.subarray(before));
    }
    return bytesEqual(hash === 'none' ? trieHasher.rootOf(undefined) : hash, root);
}
//# sourceMappingURL=map-proof.js.map