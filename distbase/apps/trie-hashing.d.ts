/**
 * Hashes what an edit left unhashed in slices, so that no turn of the event loop is held for long: the root of a large
 * state that changed much costs a tenth of a second, and nobody waits for it.
 */
import { type TrieHasher, type TrieNode } from './trie.ts';
/** The nodes below a root that have no hash yet, children before their parents. */
export declare class TrieHashing {
    private readonly trieHasher;
    private readonly stack;
    constructor(root: TrieNode | undefined, trieHasher: TrieHasher);
    /**
     * Hashes up to `budget` nodes, each at most once whoever asked first; the map may be edited between two calls. Gives
     * what is left of the budget: above 0 once all is done.
     */
    step(budget: number): number;
    private pushUnhashed;
}
/** Hashes all nodes anew, whose hashes are known, and compares: a root vouches for what hangs on it only if all do. */
export declare class TrieCheck {
    /** Whether all was as it should be, so far. */
    sound: boolean;
    private readonly trieHasher;
    private readonly stack;
    constructor(root: TrieNode | undefined, trieHasher: TrieHasher);
    /** Looks at up to `budget` nodes; gives what is left of the budget: above 0 once all is done, or not sound. */
    step(budget: number): number;
}
//# sourceMappingURL=trie-hashing.d.ts.map