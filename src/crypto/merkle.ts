/**
 * Binary Merkle trees over the chain's hash, shaped as in RFC 6962 §2.1: where a level has an odd number of nodes
 * the last one moves up unchanged. Leaves, nodes and the empty tree are hashed under kinds of their own, so that
 * no node can be passed off as a leaf.
 */

import { bytesEqual } from '../core/bytes.ts';
import type { Hasher } from './hash.ts';

/** Shows that a leaf stands at `index` of a tree of `size` leaves. */
export interface MerkleProof {
  readonly index: number;
  readonly size: number;
  /** The siblings from the leaf's level upwards, 32 bytes each; none where a node moves up unchanged. */
  readonly path: readonly Uint8Array[];
}

function parents(hasher: Hasher, level: readonly Uint8Array[]): Uint8Array[] {
  const above: Uint8Array[] = [];
  for (let i = 0; i + 1 < level.length; i += 2) {
    above.push(hasher.hash('merkleNode', level[i]!, level[i + 1]!));
  }
  if (level.length % 2 === 1) above.push(level[level.length - 1]!);
  return above;
}

function leafLevel(hasher: Hasher, leaves: readonly Uint8Array[]): Uint8Array[] {
  return leaves.map((leaf) => hasher.hash('merkleLeaf', leaf));
}

/** The root over the leaves in order, 32 bytes. */
export function merkleRoot(hasher: Hasher, leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return hasher.hash('merkleEmpty');
  let level = leafLevel(hasher, leaves);
  while (level.length > 1) level = parents(hasher, level);
  return level[0]!;
}

/** Throws `RangeError` where there is no leaf at `index`. */
export function merkleProof(hasher: Hasher, leaves: readonly Uint8Array[], index: number): MerkleProof {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length) {
    throw new RangeError(`no leaf ${index} in a tree of ${leaves.length}`);
  }
  const path: Uint8Array[] = [];
  let level = leafLevel(hasher, leaves);
  for (let at = index; level.length > 1; at >>>= 1) {
    const sibling = level[at ^ 1];
    if (sibling !== undefined) path.push(sibling);
    level = parents(hasher, level);
  }
  return { index, size: leaves.length, path };
}

/** Whether the proof leads from `leaf` to `root`. Proofs come from strangers: any shape is a plain false. */
export function verifyMerkleProof(
  hasher: Hasher,
  root: Uint8Array,
  leaf: Uint8Array,
  proof: MerkleProof,
): boolean {
  const { index, size, path } = proof;
  if (!Number.isSafeInteger(size) || !Number.isSafeInteger(index)) return false;
  if (index < 0 || index >= size) return false;
  let node = hasher.hash('merkleLeaf', leaf);
  let at = index;
  let next = 0;
  for (let width = size; width > 1; width = Math.ceil(width / 2)) {
    const isLeft = at % 2 === 0;
    if (!isLeft || at + 1 < width) {
      const sibling = path[next++];
      if (sibling === undefined || sibling.length !== 32) return false;
      node = isLeft ? hasher.hash('merkleNode', node, sibling) : hasher.hash('merkleNode', sibling, node);
    }
    at = Math.floor(at / 2);
  }
  return next === path.length && bytesEqual(node, root);
}
