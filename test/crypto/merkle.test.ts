import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createHasher, type Hasher } from '../../src/crypto/hash.ts';
import { merkleProof, merkleRoot, verifyMerkleProof } from '../../src/crypto/merkle.ts';

let hasher: Hasher;
beforeAll(async () => {
  hasher = await createHasher('blake3');
});

/** RFC 6962 §2.1 to the letter: split at the largest power of two below n. */
function recursiveRoot(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return hasher.hash('merkleEmpty');
  if (leaves.length === 1) return hasher.hash('merkleLeaf', leaves[0]!);
  let k = 1;
  while (2 * k < leaves.length) k *= 2;
  return hasher.hash('merkleNode', recursiveRoot(leaves.slice(0, k)), recursiveRoot(leaves.slice(k)));
}

const leavesArbitrary = fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 70 });

describe('Merkle trees', () => {
  it('have the roots of the recursive definition', () => {
    expect(merkleRoot(hasher, [])).toEqual(recursiveRoot([]));
    fc.assert(
      fc.property(leavesArbitrary, (leaves) => {
        expect(merkleRoot(hasher, leaves)).toEqual(recursiveRoot(leaves));
      }),
    );
  });

  it('prove every leaf of every size', () => {
    for (let size = 1; size <= 40; size++) {
      const leaves = Array.from({ length: size }, (_, i) => Uint8Array.of(i, size));
      const root = merkleRoot(hasher, leaves);
      for (let index = 0; index < size; index++) {
        const proof = merkleProof(hasher, leaves, index);
        expect(verifyMerkleProof(hasher, root, leaves[index]!, proof)).toBe(true);
        expect(verifyMerkleProof(hasher, root, Uint8Array.of(255), proof)).toBe(false);
        expect(verifyMerkleProof(hasher, leaves[0]!, leaves[index]!, proof)).toBe(false);
      }
    }
  });

  it('refuse a proof with anything in it changed', () => {
    fc.assert(
      fc.property(leavesArbitrary, fc.nat(), fc.nat(), (leaves, at, bit) => {
        const root = merkleRoot(hasher, leaves);
        const index = at % leaves.length;
        const leaf = leaves[index]!;
        const proof = merkleProof(hasher, leaves, index);
        const path = proof.path.map((node) => node.slice());
        const extended = { ...proof, path: [...path, new Uint8Array(32)] };
        expect(verifyMerkleProof(hasher, root, leaf, extended)).toBe(false);
        expect(verifyMerkleProof(hasher, root, leaf, { ...proof, index: proof.size })).toBe(false);
        expect(verifyMerkleProof(hasher, root, leaf, { ...proof, index: -1 })).toBe(false);
        expect(verifyMerkleProof(hasher, root, leaf, { ...proof, size: Number.NaN })).toBe(false);
        if (path.length === 0) return;
        expect(verifyMerkleProof(hasher, root, leaf, { ...proof, path: path.slice(1) })).toBe(false);
        const victim = path[bit % path.length]!;
        victim[bit % 32]! ^= 1 << (bit % 8);
        expect(verifyMerkleProof(hasher, root, leaf, { ...proof, path })).toBe(false);
      }),
    );
  });

  it('never take a node for a leaf', () => {
    const leaves = [Uint8Array.of(1), Uint8Array.of(2)];
    const [left, right] = leaves.map((leaf) => hasher.hash('merkleLeaf', leaf)) as [Uint8Array, Uint8Array];
    const joined = Uint8Array.from([...left, ...right]);
    expect(merkleRoot(hasher, [joined])).not.toEqual(merkleRoot(hasher, leaves));
  });

  it('have no proof for a leaf that is not there', () => {
    expect(() => merkleProof(hasher, [Uint8Array.of(1)], 1)).toThrow(RangeError);
    expect(() => merkleProof(hasher, [], 0)).toThrow(RangeError);
  });
});
