/** Snapshots as files, one each, in a folder of their own; `snapshot-format.ts` gives their bytes. */

import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { invariant } from '../core/assert.ts';
import { LockstepError } from '../core/errors.ts';
import type { Sequence } from '../core/ids.ts';
import { renameDurably, storageFailed, syncData, syncDirectory, writeAll } from './fs.ts';
import type { Durability, SnapshotStore } from './interface.ts';
import { blockHeader, parseSnapshot, snapshotDamaged, snapshotHeader } from './snapshot-format.ts';

/** The newest, and the one before it for a replica that has to roll back. */
const KEPT = 2;

export interface SnapshotOptions {
  /** Made where it does not exist. */
  readonly dir: string;
  /** 32 bytes: `Chain.id`. */
  readonly chainId: Uint8Array;
  readonly durability: Durability;
}

const nameOf = (sequence: Sequence) => `snapshot-${String(sequence).padStart(16, '0')}.bin`;

/** Opens the folder and removes what a crash left half-written. Throws `storage-failed`. */
export function openSnapshots(options: SnapshotOptions): SnapshotStore {
  const { dir, chainId, durability } = options;
  invariant(chainId.length === 32, 'a chain id has 32 bytes');
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(dir)) if (name.endsWith('.new')) rmSync(join(dir, name));
  } catch (cause) {
    throw storageFailed(dir, cause);
  }

  /** Sequences of the snapshots there are, ascending. */
  const stored = (): Sequence[] =>
    readdirSync(dir)
      .map((name) => /^snapshot-(\d{16})\.bin$/.exec(name)?.[1])
      .filter((digits) => digits !== undefined)
      .map(Number)
      .sort((a, b) => a - b);

  function write(path: string, sequence: Sequence, meta: Uint8Array, chunks: Iterable<Uint8Array>): void {
    const fd = openSync(path, 'w', 0o600);
    try {
      const fileHeader = snapshotHeader(chainId, sequence);
      writeAll(fd, fileHeader, null);
      let seed = new DataView(fileHeader.buffer).getUint32(52, true);
      const block = (payload: Uint8Array) => {
        const { header, crc } = blockHeader(payload, seed);
        seed = crc;
        writeAll(fd, header, null);
        writeAll(fd, payload, null);
      };
      block(meta);
      for (const chunk of chunks) if (chunk.length > 0) block(chunk);
      block(new Uint8Array(0));
      syncData(fd, durability);
    } finally {
      closeSync(fd);
    }
  }

  return {
    save(sequence, meta, chunks) {
      const path = join(dir, nameOf(sequence));
      try {
        write(`${path}.new`, sequence, meta, chunks);
        renameDurably(`${path}.new`, path, durability);
        for (const old of stored().slice(0, -KEPT)) rmSync(join(dir, nameOf(old)));
        syncDirectory(dir, durability);
      } catch (cause) {
        rmSync(`${path}.new`, { force: true });
        throw storageFailed(path, cause);
      }
    },

    load() {
      const sequence = stored().at(-1);
      if (sequence === undefined) return undefined;
      const path = join(dir, nameOf(sequence));
      try {
        const [meta, ...chunks] = parseSnapshot(path, readFileSync(path), chainId, sequence);
        return { sequence, meta: meta!, chunks };
      } catch (error) {
        if (error instanceof LockstepError) throw error;
        throw snapshotDamaged(path, `it cannot be read (${(error as Error).message})`);
      }
    },
  };
}
