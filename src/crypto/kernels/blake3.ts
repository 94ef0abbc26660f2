/**
 * The BLAKE3 kernel for JavaScript: one instance of wasm/build/blake3.wasm with its memory, for digests and for MACs (the
 * keyed mode, BLAKE3 specification §2.3). Runs in Node and in a browser; `load.ts` finds the module. An instance is not
 * re-entrant and belongs to one thread. Time depends on lengths alone, and no key stays in the instance after a call.
 */

export const DIGEST_BYTES = 32;
export const KEY_BYTES = 32;

import { bytesEqual, fromHex } from '../../core/bytes.ts';

/** The module does not compute what it must, or is not the kernel; it must not be used. */
export class Blake3Error extends Error {
  readonly code = 'self-test';
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Blake3Error';
  }
}

export interface Blake3Kernel {
  /** The digest of the parts one after the other; 32 bytes, the caller's own. */
  hash(...parts: readonly Uint8Array[]): Uint8Array;
  /** The same with one byte before them. */
  tagged(tag: number, parts: readonly Uint8Array[]): Uint8Array;
  /** The keyed mode over two parts. `key`: 32 bytes. */
  keyed(key: Uint8Array, first: Uint8Array, second: Uint8Array): Uint8Array;
}

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly INPUT: { readonly value: number };
  readonly INPUT_BYTES: { readonly value: number };
  readonly KEY: { readonly value: number };
  readonly OUTPUT: { readonly value: number };
  begin(flags: number): void;
  absorb(): void;
  finish(length: number): void;
}

/** §2.1, which are SHA-256's. */
const IV = Uint32Array.of(
  0x6a09e667,
  0xbb67ae85,
  0x3c6ef372,
  0xa54ff53a,
  0x510e527f,
  0x9b05688c,
  0x1f83d9ab,
  0x5be0cd19,
);

/** Flag of the keyed mode (§2.1, table 3). */
const KEYED = 16;

/** Parts up to this length are copied by a loop, longer ones by `set`, whose call costs more than so many bytes. */
const LOOP_BYTES = 24;

class Kernel implements Blake3Kernel {
  private readonly exports: Exports;
  private readonly memory: Uint8Array;
  private readonly input: number;
  private readonly capacity: number;
  private readonly key: Uint8Array;
  private readonly iv: Uint8Array;
  private readonly output: number;
  /** Bytes in the piece that were not taken in yet. */
  private filled = 0;

  constructor(exports: Exports) {
    this.exports = exports;
    this.memory = new Uint8Array(exports.memory.buffer);
    this.input = exports.INPUT.value;
    this.capacity = exports.INPUT_BYTES.value;
    this.output = exports.OUTPUT.value;
    this.key = this.memory.subarray(exports.KEY.value, exports.KEY.value + KEY_BYTES);
    this.iv = new Uint8Array(KEY_BYTES);
    const view = new DataView(this.iv.buffer);
    for (const [i, word] of IV.entries()) view.setUint32(4 * i, word, true);
    this.key.set(this.iv);
  }

  hash(...parts: readonly Uint8Array[]): Uint8Array {
    this.start(0);
    for (let i = 0; i < parts.length; i++) this.take(parts[i]!);
    return this.end();
  }

  tagged(tag: number, parts: readonly Uint8Array[]): Uint8Array {
    this.start(0);
    this.memory[this.input] = tag;
    this.filled = 1;
    for (let i = 0; i < parts.length; i++) this.take(parts[i]!);
    return this.end();
  }

  keyed(key: Uint8Array, first: Uint8Array, second: Uint8Array): Uint8Array {
    if (key.length !== KEY_BYTES) throw new RangeError(`a key of keyed BLAKE3 has ${KEY_BYTES} bytes`);
    this.key.set(key);
    this.start(KEYED);
    this.take(first);
    this.take(second);
    const digest = this.end();
    this.key.set(this.iv);
    return digest;
  }

  private start(flags: number): void {
    this.filled = 0;
    this.exports.begin(flags);
  }

  private take(part: Uint8Array): void {
    const { memory, capacity } = this;
    const { length } = part;
    const at = this.input + this.filled;
    if (length <= LOOP_BYTES && this.filled + length <= capacity) {
      for (let i = 0; i < length; i++) memory[at + i] = part[i]!;
      this.filled += length;
    } else if (this.filled + length <= capacity) {
      memory.set(part, at);
      this.filled += length;
    } else this.takeLong(part);
  }

  private takeLong(part: Uint8Array): void {
    for (let from = 0; from < part.length; ) {
      // Only when more follows: the last piece is for `finish`.
      if (this.filled === this.capacity) {
        this.exports.absorb();
        this.filled = 0;
      }
      const piece = part.subarray(from, from + this.capacity - this.filled);
      this.memory.set(piece, this.input + this.filled);
      this.filled += piece.length;
      from += piece.length;
    }
  }

  private end(): Uint8Array {
    this.exports.finish(this.filled);
    return this.memory.slice(this.output, this.output + DIGEST_BYTES);
  }
}

/** Makes an instance. Throws `Blake3Error` where the module is another, or computes something else. */
export function createBlake3(module: WebAssembly.Module): Blake3Kernel {
  let kernel: Kernel;
  try {
    kernel = new Kernel(new WebAssembly.Instance(module).exports as unknown as Exports);
  } catch (error) {
    throw new Blake3Error('the module is not the BLAKE3 kernel', { cause: error });
  }
  selfTest(kernel);
  return kernel;
}

/** Of the bytes 0, 1, … 250, 0, …: one block, one chunk, a lane by itself, four lanes and three, and more than one piece. */
const KNOWN: readonly (readonly [number, string])[] = [
  [1, '2d3adedff11b61f14c886e35afa036736dcd87a74d27b5c1510225d0f592e213'],
  [1025, 'd00278ae47eb27b34faecf67b4fe263f82d5412916c1ffd97c8cb7fb814b8444'],
  [3072, 'b98cb0ff3623be03326b373de6b9095218513e64f1ee2edd2525c7ad1e5cffd2'],
  [5121, '628bd2cb2004694adaab7bbd778a25df25c47b9d4155a55f8fbd79f2fe154cff'],
  [65537, '7c99f9840a73dfcb6e5bfe4ff6d1558acab7e015640790c26411818bdbe17eca'],
];
/** Of 1,024 such bytes under the key that the published vectors use. */
const KNOWN_KEY = new TextEncoder().encode('whats the Elvish word for friend');
const KNOWN_KEYED = '75c46f6f3d9eb4f55ecaaee480db732e6c2105546f1e675003687c31719c7ba4';

/** Throws `Blake3Error` where it computes something else, or under another key than it was given: of whoever makes digests. */
export function selfTest(kernel: Blake3Kernel): void {
  const bytes = Uint8Array.from({ length: 65537 }, (_, i) => i % 251);
  const is = (digest: Uint8Array, hex: string): boolean => bytesEqual(digest, fromHex(hex)!);
  const plain = KNOWN.every(([length, hex]) => is(kernel.hash(bytes.subarray(0, length)), hex));
  const keyed = is(kernel.keyed(KNOWN_KEY, bytes.subarray(0, 5), bytes.subarray(5, 1024)), KNOWN_KEYED);
  if (!plain || !keyed) throw new Blake3Error('BLAKE3 fails its known answers');
}
