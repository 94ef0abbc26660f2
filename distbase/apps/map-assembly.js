/**
 * Puts an authenticated map together from pieces (`map-pieces.ts`), from its root down: what is known of it at any
 * time is proven, and what is missing is a set of places with the hashes that belong there. What a map at hand holds
 * already, by its hash, is taken from there: so a state that differs little costs little.
 *
 * The map at hand need not be sound: nothing of it is taken but what has the certified hash.
 */
import { bytesEqual } from '../core/bytes.js';
import { MapSnapshot } from './authenticated-map.js';
import { entryBytes } from './map-chunks.js';
import { childAt, emptyBranch, provePiece } from './map-pieces.js';
import { Branch, leavesOf, TrieHasher } from './trie.js';
/** Of a place at hand with fewer entries than this, as far as one can tell, the entries cost less than a branch. */
const FEW_ENTRIES = 4;
export class MapAssembly {
    trieHasher;
    hasher;
    holes = [];
    open = new Map();
    baseSize;
    root;
    outstanding = 0;
    entries = 0;
    reused = 0;
    bytes = 0;
    share = 0;
    /** `base`: a map at hand whose hashes are known, or none. */
    constructor(hasher, root, base) {
        this.hasher = hasher;
        this.trieHasher = new TrieHasher(hasher);
        this.baseSize = base?.size ?? 0;
        this.expect(new Uint8Array(0), root, base?.node, undefined);
    }
    get complete() {
        return this.outstanding === 0;
    }
    get progress() {
        const { entries, reused, bytes } = this;
        return { share: this.complete ? 1 : Math.min(this.share, 0.999), entries, reused, bytes };
    }
    /** Places that nobody was asked for yet. */
    get waiting() {
        return this.holes.length;
    }
    /** Up to `max` holes of one kind, to be filled or given back. Deep ones first, which bounds how many there are. */
    take(max) {
        const out = [];
        while (out.length < max) {
            const hole = this.holes[this.holes.length - 1];
            if (hole === undefined || (out.length > 0 && hole.branch !== out[0].branch))
                break;
            out.push(hole);
            this.holes.pop();
        }
        return out;
    }
    giveBack(holes) {
        for (let i = holes.length - 1; i >= 0; i--)
            this.holes.push(holes[i]);
    }
    /** Fills a hole that was taken. False, and nothing changed, where the piece is not what must stand there. */
    fill(hole, piece) {
        const { place, hash, base, parent } = hole;
        const proven = provePiece(piece, place, hash, this.trieHasher);
        if (proven === undefined)
            return false;
        this.outstanding--;
        if (proven.kind === 'subtree') {
            this.entries += proven.entries;
            this.bytes += proven.bytes;
            this.put(proven.node, place, parent);
            return true;
        }
        // The empty map.
        if (proven.hashes.every((child) => child === undefined))
            return true;
        const branch = emptyBranch();
        const open = { branch, hash, parent, missing: 0 };
        this.open.set(branch, open);
        this.attach(branch, place, parent);
        // Ours is one of the open branch's missing children until all of it is there; so is each child of its own.
        open.missing = 1;
        for (const [nibble, child] of proven.hashes.entries()) {
            if (child === undefined)
                continue;
            open.missing++;
            const below = new Uint8Array(place.length + 1);
            below.set(place);
            below[place.length] = nibble;
            this.expect(below, child, childAt(base, place.length, nibble, this.hasher), open);
        }
        this.settled(open);
        return true;
    }
    /** The map, once it is complete. */
    finish() {
        return new MapSnapshot(this.root, this.entries, this.bytes, this.trieHasher);
    }
    /**
     * What is known so far, over what is at hand where nothing is known, as a map at hand for another assembly. All holes
     * have been given back. Its hashes are not all known, and its size is a guess.
     */
    partial() {
        const copies = new Map();
        const root = this.root === undefined ? this.holes[0]?.base : this.strip(this.root, copies);
        for (const { place, base, parent } of this.holes) {
            const copy = parent && copies.get(parent.branch);
            if (copy !== undefined)
                copy.children[place[place.length - 1]] = base;
        }
        return new MapSnapshot(root, Math.max(this.entries, this.baseSize), this.bytes, this.trieHasher);
    }
    /** Without the claims of what is not complete: such a branch must not pass for the whole of it. */
    strip(node, copies) {
        if (!(node instanceof Branch) || !this.open.has(node))
            return node;
        const copy = emptyBranch();
        copies.set(node, copy);
        for (const [i, child] of node.children.entries())
            copy.children[i] = this.strip(child, copies);
        return copy;
    }
    expect(place, hash, base, parent) {
        if (base !== undefined && bytesEqual(this.trieHasher.hashOf(base), hash)) {
            for (const { key, value } of leavesOf(base)) {
                this.entries++;
                this.reused++;
                this.bytes += entryBytes(key, value);
            }
            this.put(base, place, parent);
            return;
        }
        const atHand = base instanceof Branch ? this.baseSize / 16 ** place.length : 0;
        this.outstanding++;
        this.holes.push({ place, hash, branch: atHand >= FEW_ENTRIES, base, parent });
    }
    put(node, place, parent) {
        this.share += 16 ** -place.length;
        this.attach(node, place, parent);
        if (parent !== undefined)
            this.settled(parent);
    }
    attach(node, place, parent) {
        if (parent === undefined)
            this.root = node;
        else
            parent.branch.children[place[place.length - 1]] = node;
    }
    /** One more of what hangs on a branch is complete; with the last one, it is too. */
    settled(open) {
        for (let at = open; at !== undefined; at = at.parent) {
            if (--at.missing > 0)
                return;
            at.branch.hash = at.hash;
            this.open.delete(at.branch);
        }
    }
}
//# sourceMappingURL=map-assembly.js.map