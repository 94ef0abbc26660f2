/**
 * Where OpenSSL's digests become cheaper than hash-wasm's: what `src/crypto/digests.ts` has its table from. And our BLAKE3
 * kernel beside hash-wasm's.
 */

import { loadBlake3, portable } from '../src/crypto/blake3.ts';
import { type DigestName, digestWays, NATIVE_FROM_BYTES } from '../src/crypto/digests.ts';
import { createHasher } from '../src/crypto/hash.ts';
import type { BenchCase, BenchGroup, Scale } from './harness.ts';

const SIZES: Readonly<Record<Scale, readonly number[]>> = {
  tiny: [32],
  full: [32, 64, 128, 256, 4096],
};

function inputs(bytes: number): () => Uint8Array {
  const all = Array.from({ length: 16 }, () => crypto.getRandomValues(new Uint8Array(bytes)));
  let next = 0;
  return () => all[next++ & 15]!;
}

/** As the chain hashes, and as a session does; a transaction with an ML-DSA-87 signature has 7,300 bytes. */
async function blake3(scale: Scale): Promise<BenchGroup[]> {
  const ways = { 'hash-wasm': await portable(), kernel: await loadBlake3() };
  const key = crypto.getRandomValues(new Uint8Array(32));
  const counter = new Uint8Array(9);
  const list: BenchGroup[] = [];
  for (const bytes of scale === 'tiny' ? [65] : [65, 250, 1024, 7300, 65_536]) {
    const next = inputs(bytes);
    const cases = Object.entries(ways).map(([name, way]) => ({ name, run: () => void way.hash(next()) }));
    list.push({ title: `blake3, ${bytes} bytes`, baseline: 'hash-wasm', cases });
  }
  for (const bytes of scale === 'tiny' ? [150] : [60, 150, 1000]) {
    const next = inputs(bytes);
    const cases = Object.entries(ways).map(([name, way]) => ({
      name,
      run: () => void way.keyed(key, counter, next()),
    }));
    list.push({ title: `blake3 with a key, ${bytes} bytes`, baseline: 'hash-wasm', cases });
  }
  return list;
}

export async function groups(scale: Scale): Promise<BenchGroup[]> {
  const list: BenchGroup[] = [];
  for (const name of Object.keys(NATIVE_FROM_BYTES) as DigestName[]) {
    if (name === 'blake3') continue;
    const { wasm, native } = await digestWays(name);
    for (const bytes of SIZES[scale]) {
      const next = inputs(bytes);
      const cases: BenchCase[] = [{ name: 'hash-wasm', run: () => void wasm(next()) }];
      if (native !== undefined) cases.push({ name: 'OpenSSL', run: () => void native(next()) });
      const choice = native !== undefined && bytes >= NATIVE_FROM_BYTES[name] ? 'OpenSSL' : 'hash-wasm';
      list.push({ title: `${name}, ${bytes} bytes (${choice} is used)`, baseline: 'hash-wasm', cases });
    }
  }
  list.push(...(await blake3(scale)));
  const [left, right] = [inputs(32), inputs(32)];
  const cases: BenchCase[] = [];
  for (const name of ['blake3', 'sha3-256'] as const) {
    const hasher = await createHasher(name);
    cases.push({ name, run: () => void hasher.hash('merkleNode', left(), right()) });
  }
  list.push({ title: 'a Merkle node', baseline: 'blake3', cases });
  return list;
}
