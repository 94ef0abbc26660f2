/**
 * Binary Merkle trees over the chain's hash, shaped as in RFC 6962 §2.1: where a level has an odd number of nodes
 * the last one moves up unchanged. Leaves, nodes and the empty tree are hashed under kinds of their own, so that
 * no node can be passed off as a leaf.
 */
import { bytesEqual } from '../core/bytes.js';
function parents(hasher, level) {
    const above = [];
    for (let i = 0; i + 1 < level.length; i += 2) {
        above.push(hasher.hash('merkleNode', level[i], level[i + 1]));
    }
    if (level.length % 2 === 1)
        above.push(level[level.length - 1]);
    return above;
}
function leafLevel(hasher, leaves) {
    return leaves.map((leaf) => hasher.hash('merkleLeaf', leaf));
}
/** The root over the leaves in order, 32 bytes. */
export function merkleRoot(hasher, leaves) {
    if (leaves.length === 0)
        return hasher.hash('merkleEmpty');
    let level = leafLevel(hasher, leaves);
    while (level.length > 1)
        level = parents(hasher, level);
    return level[0];
}
/** Throws `RangeError` where there is no leaf at `index`. */
export function merkleProof(hasher, leaves, index) {
    if (!Number.isInteger(index) || index < 0 || index >= leaves.length) {
        throw new RangeError(`no leaf ${index} in a tree of ${leaves.length}`);
    }
    const path = [];
    let level = leafLevel(hasher, leaves);
    for (let at = index; level.length > 1; at >>>= 1) {
        const sibling = level[at ^ 1];
        if (sibling !== undefined)
            path.push(sibling);
        level = parents(hasher, level);
    }
    return { index, size: leaves.length, path };
}
/** Whether the proof leads from `leaf` to `root`. Proofs come from strangers: any shape is a plain false. */
export function verifyMerkleProof(hasher, root, leaf, proof) {
    const { index, size, path } = proof;
    if (!Number.isSafeInteger(size) || !Number.isSafeInteger(index))
        return false;
    if (index < 0 || index >= size)
        return false;
    let node = hasher.hash('merkleLeaf', leaf);
    let at = index;
    let next = 0;
    for (let width = size; width > 1; width = Math.ceil(width / 2)) {
        const isLeft = at % 2 === 0;
        if (!isLeft || at + 1 < width) {
            const sibling = path[next++];
            if (sibling === undefined || sibling.length !== 32)
                return false;
            node = isLeft ? hasher.hash('merkleNode', node, sibling) : hasher.hash('merkleNode', sibling, node);
        }
        at = Math.floor(at / 2);
    }
    return next === path.length && bytesEqual(node, root);
}
//# sourceMappingURL=merkle.js.map