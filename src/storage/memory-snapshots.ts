/** The snapshot store's twin in memory; keep it over a simulated crash. */

import type { Sequence } from '../core/ids.ts';
import type { SnapshotStore, StatePart } from './interface.ts';

export class MemorySnapshots implements SnapshotStore {
  #stored: { sequence: Sequence; meta: Uint8Array; chunks: Uint8Array[] }[] = [];

  save(sequence: Sequence, meta: Uint8Array, chunks: Iterable<Uint8Array>): void {
    const copies = Array.from(chunks, (chunk) => chunk.slice()).filter((chunk) => chunk.length > 0);
    const others = this.#stored.filter((snapshot) => snapshot.sequence !== sequence);
    this.#stored = [...others, { sequence, meta: meta.slice(), chunks: copies }]
      .sort((a, b) => a.sequence - b.sequence)
      .slice(-2);
  }

  #parts: StatePart[] = [];

  keepPart({ section, piece }: StatePart): void {
    this.#parts.push({ section, piece: piece.slice() });
  }

  parts(): Iterable<StatePart> {
    return [...this.#parts];
  }

  dropParts(): void {
    this.#parts = [];
  }

  load(): { sequence: Sequence; meta: Uint8Array; chunks: Uint8Array[] } | undefined {
    const newest = this.#stored.at(-1);
    return newest && { ...newest, chunks: [...newest.chunks] };
  }
}
