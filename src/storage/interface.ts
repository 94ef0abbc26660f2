/** What the driver needs of a disk. Files in production; a twin in memory for the simulator. */

import type { Sequence } from '../core/ids.ts';

export type Durability = 'process' | 'power';

/** An append-only, checksummed log of what this replica promised. */
export interface VoteLog {
  /** Queues a record; it is not written yet. */
  append(record: Uint8Array): void;
  /**
   * Writes all queued records with one system call. When it returns they survive kill −9 (`process`) or the loss of
   * power (`power`). Throws `storage-failed`, and then always: the replica must stop.
   */
  flush(): void;
  /**
   * Replaces the whole log by these records, atomically: after a checkpoint made the older ones useless. Nothing
   * may be queued: flush first, so that no promise is lost on the way.
   */
  replace(records: Iterable<Uint8Array>): void;
  /** Bytes in the file, for deciding when to `replace`. */
  readonly bytes: number;
  close(): void;
}

/** Certified states, newest last. */
export interface SnapshotStore {
  /** Writes a snapshot beside the others and removes all but the newest two, atomically. `meta` comes back as given. */
  save(sequence: Sequence, meta: Uint8Array, chunks: Iterable<Uint8Array>): void;
  /** The newest whole snapshot, or undefined. A damaged one is an error with code `snapshot-damaged`. */
  load(): { sequence: Sequence; meta: Uint8Array; chunks: Uint8Array[] } | undefined;
}
