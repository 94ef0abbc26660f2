/**
 * Hashes what an edit left unhashed in slices, so that no turn of the event loop is held for long: the root of a large
 * state that changed much costs a tenth of a second, and nobody waits for it.
 */
import { bytesEqual } from '../core/bytes.js';
import { Leaf } from './trie.js';
/** The nodes below a root that have no hash yet, children before their parents. */
export class TrieHashing {
    trieHasher;
    stack = [];
    constructor(root, trieHasher) {
        this.trieHasher = trieHasher;
        if (root !== undefined)
            this.stack.push(root);
    }
    /**
     * Hashes up to `budget` nodes, each at most once whoever asked first; the map may be edited between two calls. Gives
     * what is left of the budget: above 0 once all is done.
     */
    step(budget) {
        const { stack, trieHasher } = this;
        let left = budget;
        while (left > 0) {
            const node = stack[stack.length - 1];
            if (node === undefined)
                return left;
            if (node.hash !== undefined)
                stack.pop();
            else if (node instanceof Leaf || !this.pushUnhashed(node.children)) {
                trieHasher.hashOf(node);
                stack.pop();
                left--;
            }
        }
        return left;
    }
    pushUnhashed(children) {
        const before = this.stack.length;
        for (let i = 0; i < children.length; i++) {
            const child = children[i];
            if (child !== undefined && child.hash === undefined)
                this.stack.push(child);
        }
        return this.stack.length > before;
    }
}
/** Hashes all nodes anew, whose hashes are known, and compares: a root vouches for what hangs on it only if all do. */
export class TrieCheck {
    /** Whether all was as it should be, so far. */
    sound = true;
    trieHasher;
    stack = [];
    constructor(root, trieHasher) {
        this.trieHasher = trieHasher;
        if (root !== undefined)
            this.stack.push(root);
    }
    /** Looks at up to `budget` nodes; gives what is left of the budget: above 0 once all is done, or not sound. */
    step(budget) {
        const { stack, trieHasher } = this;
        let left = budget;
        for (; left > 0; left--) {
            const node = stack.pop();
            if (node === undefined)
                return left;
            if (node.hash === undefined || !bytesEqual(trieHasher.freshHash(node), node.hash)) {
                this.sound = false;
                stack.length = 0;
                return left;
            }
            if (node instanceof Leaf)
                continue;
            for (const child of node.children)
                if (child !== undefined)
                    stack.push(child);
        }
        return 0;
    }
}
//# sourceMappingURL=trie-hashing.js.map