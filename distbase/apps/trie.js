/**
 * The nodes of the authenticated map: a 16-ary trie over H('statePath', key), one nibble a level, high nibble
 * first. A leaf stands as high as it can be alone, so the shape, and with it the root, depends on the content only.
 *
 * | node   | hash                                                                                     |
 * | ------ | ---------------------------------------------------------------------------------------- |
 * | leaf   | H('stateLeaf', key length (4 bytes, big-endian) ‖ key ‖ form ‖ rest); form 0: rest is the |
 * |        | value, of up to 64 bytes; form 1: rest is H('stateValue', value)                           |
 * | branch | H('stateNode', which children there are (2 bytes, bit i for nibble i) ‖ their hashes)     |
 * | empty  | H('stateNode', 00 00)                                                                    |
 *
 * Keys are in the leaf's hash, so a proof of absence that meets another leaf shows that leaf's key.
 */
import { invariant } from '../core/assert.js';
import { bytesEqual } from '../core/bytes.js';
/** Longest value that a leaf's hash covers as it is: for those the second hash would cost more than it saves. */
export const INLINE_VALUE_BYTES = 64;
export const HASH_BYTES = 32;
const MAX_DEPTH = 2 * HASH_BYTES;
/** Never changes but for its hash, which is computed once: snapshots share it. */
export class Leaf {
    key;
    value;
    hash = undefined;
    constructor(key, value) {
        this.key = key;
        this.value = value;
    }
}
/** May be changed in place by the edit that made it; any other edit copies it first. */
export class Branch {
    edit;
    children;
    hash = undefined;
    constructor(edit, children) {
        this.edit = edit;
        this.children = children;
    }
}
/** The child to take at a depth. */
export function nibbleAt(path, depth) {
    const byte = path[depth >> 1];
    return (depth & 1) === 0 ? byte >> 4 : byte & 15;
}
export function findLeaf(root, path, key) {
    let node = root;
    for (let depth = 0; node instanceof Branch; depth++)
        node = node.children[nibbleAt(path, depth)];
    return node !== undefined && bytesEqual(node.key, key) ? node : undefined;
}
function owned(branch, edit) {
    if (branch.edit !== edit)
        return new Branch(edit, branch.children.slice());
    branch.hash = undefined;
    return branch;
}
/** `node` with `leaf` put in, in place of one with the same key. `pathOf` is asked only where a leaf must move down. */
export function insertLeaf(node, depth, path, leaf, edit, pathOf) {
    if (node === undefined)
        return leaf;
    if (node instanceof Branch) {
        const branch = owned(node, edit);
        const at = nibbleAt(path, depth);
        branch.children[at] = insertLeaf(branch.children[at], depth + 1, path, leaf, edit, pathOf);
        return branch;
    }
    if (bytesEqual(node.key, leaf.key))
        return leaf;
    return fork(node, pathOf(node.key), leaf, path, depth, edit);
}
/** The branches over two leaves whose paths agree above `depth`. */
function fork(a, aPath, b, bPath, depth, edit) {
    invariant(depth < MAX_DEPTH, 'two keys never share a path');
    const branch = new Branch(edit, new Array(16).fill(undefined));
    const aAt = nibbleAt(aPath, depth);
    const bAt = nibbleAt(bPath, depth);
    if (aAt === bAt) {
        branch.children[aAt] = fork(a, aPath, b, bPath, depth + 1, edit);
    }
    else {
        branch.children[aAt] = a;
        branch.children[bAt] = b;
    }
    return branch;
}
/** `node` without the leaf at `path`, which is there. A leaf that is left alone moves up. */
export function removeLeaf(node, depth, path, edit) {
    if (node instanceof Leaf)
        return undefined;
    const branch = owned(node, edit);
    const at = nibbleAt(path, depth);
    const child = branch.children[at];
    invariant(child !== undefined, 'the leaf to remove was found before');
    branch.children[at] = removeLeaf(child, depth + 1, path, edit);
    let only;
    for (const one of branch.children) {
        if (one === undefined)
            continue;
        if (only !== undefined)
            return branch;
        only = one;
    }
    return only instanceof Leaf ? only : branch;
}
/** Leaves in the order of their paths. A stack of its own: nested generators cost in proportion to the depth. */
export function* leavesOf(root) {
    const stack = root === undefined ? [] : [root];
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
        if (node instanceof Leaf) {
            yield node;
            continue;
        }
        for (let i = 15; i >= 0; i--) {
            const child = node.children[i];
            if (child !== undefined)
                stack.push(child);
        }
    }
}
/** Hashes nodes, each once: what an edit did not touch keeps its hash. */
export class TrieHasher {
    hasher;
    branchInput = new Uint8Array(2 + 16 * HASH_BYTES);
    leafInput = new Uint8Array(512);
    empty;
    constructor(hasher) {
        this.hasher = hasher;
        this.empty = hasher.hash('stateNode', Uint8Array.of(0, 0));
    }
    rootOf(node) {
        return node === undefined ? this.empty : this.hashOf(node);
    }
    hashOf(node) {
        if (node.hash !== undefined)
            return node.hash;
        node.hash = node instanceof Leaf ? this.hashLeaf(node.key, node.value) : this.hashBranch(node);
        return node.hash;
    }
    /** A node's hash from what it holds now and from what its children's hashes are said to be. */
    freshHash(node) {
        return node instanceof Leaf ? this.hashLeaf(node.key, node.value) : this.hashBranch(node);
    }
    hashLeaf(key, value) {
        const inline = value.length <= INLINE_VALUE_BYTES;
        return this.hashLeafForm(key, inline ? 0 : 1, inline ? value : this.hasher.hash('stateValue', value));
    }
    /** A leaf's hash from its parts, as a proof gives them. */
    hashLeafForm(key, form, rest) {
        const length = 5 + key.length + rest.length;
        if (this.leafInput.length < length)
            this.leafInput = new Uint8Array(2 * length);
        const input = this.leafInput;
        input[0] = key.length >>> 24;
        input[1] = key.length >>> 16;
        input[2] = key.length >>> 8;
        input[3] = key.length;
        input.set(key, 4);
        input[4 + key.length] = form;
        input.set(rest, 5 + key.length);
        return this.hasher.hash('stateLeaf', input.subarray(0, length));
    }
    hashBranch(branch) {
        // The children first: the input buffer is shared with them.
        let present = 0;
        for (let i = 0; i < 16; i++) {
            const child = branch.children[i];
            if (child === undefined)
                continue;
            if (child.hash === undefined)
                this.hashOf(child);
            present |= 1 << i;
        }
        const input = this.branchInput;
        input[0] = present >>> 8;
        input[1] = present;
        let at = 2;
        for (let i = 0; i < 16; i++) {
            const hash = branch.children[i]?.hash;
            if (hash === undefined)
                continue;
            input.set(hash, at);
            at += HASH_BYTES;
        }
        return this.hasher.hash('stateNode', input.subarray(0, at));
    }
}
//# sourceMappingURL=trie.js.map