/** The snapshot store's twin in memory; keep it over a simulated crash. */
export class MemorySnapshots {
    #stored = [];
    save(sequence, meta, chunks) {
        const copies = Array.from(chunks, (chunk) => chunk.slice()).filter((chunk) => chunk.length > 0);
        const others = this.#stored.filter((snapshot) => snapshot.sequence !== sequence);
        this.#stored = [...others, { sequence, meta: meta.slice(), chunks: copies }]
            .sort((a, b) => a.sequence - b.sequence)
            .slice(-2);
    }
    #parts = [];
    keepPart({ section, piece }) {
        this.#parts.push({ section, piece: piece.slice() });
    }
    parts() {
        return [...this.#parts];
    }
    dropParts() {
        this.#parts = [];
    }
    load() {
        const newest = this.#stored.at(-1);
        return newest && { ...newest, chunks: [...newest.chunks] };
    }
}
//# sourceMappingURL=memory-snapshots.js.map