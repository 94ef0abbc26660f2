/**
 * Hashes what an edit left unhashed in slices, so that no turn of the event loop is held for long: the root of a large
 * state that changed much costs a tenth of a second, and nobody waits for it.
 */

import { Leaf, type TrieHasher, type TrieNode } from './trie.ts';

/** The nodes below a root that have no hash yet, children before their parents. */
export class TrieHashing {
  private readonly trieHasher: TrieHasher;
  private readonly stack: TrieNode[] = [];

  constructor(root: TrieNode | undefined, trieHasher: TrieHasher) {
    this.trieHasher = trieHasher;
    if (root !== undefined) this.stack.push(root);
  }

  /**
   * Hashes up to `budget` nodes, each at most once whoever asked first; the map may be edited between two calls. Gives
   * what is left of the budget: above 0 once all is done.
   */
  step(budget: number): number {
    const { stack, trieHasher } = this;
    let left = budget;
    while (left > 0) {
      const node = stack[stack.length - 1];
      if (node === undefined) return left;
      if (node.hash !== undefined) stack.pop();
      else if (node instanceof Leaf || !this.pushUnhashed(node.children)) {
        trieHasher.hashOf(node);
        stack.pop();
        left--;
      }
    }
    return left;
  }

  private pushUnhashed(children: readonly (TrieNode | undefined)[]): boolean {
    const before = this.stack.length;
    for (let i = 0; i < children.length; i++) {
      const child = children[i];
      if (child !== undefined && child.hash === undefined) this.stack.push(child);
    }
    return this.stack.length > before;
  }
}
