/** Proofs of epochs, as files of a folder and in memory. */

import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Epoch } from '../core/ids.ts';
import { replaceDurably, storageFailed } from './fs.ts';
import type { EpochStore } from './interface.ts';

const nameOf = (epoch: Epoch) => `epoch-${String(epoch).padStart(8, '0')}.bin`;

/** The folder is made with the first proof: whoever only reads a home changes nothing. Both throw `storage-failed`. */
export function openEpochs(dir: string): EpochStore {
  return {
    save(epoch, bytes) {
      const path = join(dir, nameOf(epoch));
      try {
        mkdirSync(dir, { recursive: true, mode: 0o700 });
      } catch (cause) {
        throw storageFailed(dir, cause);
      }
      replaceDurably(path, bytes);
    },
    load() {
      const out: Uint8Array[] = [];
      try {
        const there = new Set(existsSync(dir) ? readdirSync(dir) : []);
        for (let epoch = 1; there.has(nameOf(epoch)); epoch++) {
          out.push(new Uint8Array(readFileSync(join(dir, nameOf(epoch)))));
        }
      } catch (cause) {
        throw storageFailed(dir, cause);
      }
      return out;
    },
  };
}

/** The twin in memory; it outlives whoever uses it. */
export class MemoryEpochs implements EpochStore {
  private readonly entries: Uint8Array[] = [];

  save(epoch: Epoch, bytes: Uint8Array): void {
    this.entries[epoch - 1] = bytes;
  }

  load(): Uint8Array[] {
    return [...this.entries];
  }
}
