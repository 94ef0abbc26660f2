/**
 * Puts an authenticated map together from pieces (`map-pieces.ts`), from its root down: what is known of it at any
 * time is proven, and what is missing is a set of places with the hashes that belong there. What a map at hand holds
 * already, by its hash, is taken from there: so a state that differs little costs little.
 *
 * The map at hand need not be sound: nothing of it is taken but what has the certified hash.
 */
import type { Hasher } from '../crypto/hash.ts';
import { MapSnapshot } from './authenticated-map.ts';
import { type Place } from './map-pieces.ts';
import { Branch, type TrieNode } from './trie.ts';
/** A place whose content is missing. */
export interface Hole {
    readonly place: Place;
    /** What must stand there. */
    readonly hash: Uint8Array;
    /** Whether its branch is of more use than its entries: most of what it holds may be at hand. */
    readonly branch: boolean;
    /** What stands there in the map at hand. */
    readonly base: TrieNode | undefined;
    readonly parent: Open | undefined;
}
/** A branch of which something is missing below. */
interface Open {
    readonly branch: Branch;
    readonly hash: Uint8Array;
    readonly parent: Open | undefined;
    missing: number;
}
export interface AssemblyProgress {
    /** How much of the trie is known, from 0 to 1: paths are hashes, so entries lie evenly on it. */
    readonly share: number;
    /** Entries that are known, and of those how many were at hand. */
    readonly entries: number;
    readonly reused: number;
    readonly bytes: number;
}
export declare class MapAssembly {
    private readonly trieHasher;
    private readonly hasher;
    private readonly holes;
    private readonly open;
    private readonly baseSize;
    private root;
    private outstanding;
    private entries;
    private reused;
    private bytes;
    private share;
    /** `base`: a map at hand whose hashes are known, or none. */
    constructor(hasher: Hasher, root: Uint8Array, base: MapSnapshot | undefined);
    get complete(): boolean;
    get progress(): AssemblyProgress;
    /** Places that nobody was asked for yet. */
    get waiting(): number;
    /** Up to `max` holes of one kind, to be filled or given back. Deep ones first, which bounds how many there are. */
    take(max: number): Hole[];
    giveBack(holes: readonly Hole[]): void;
    /** Fills a hole that was taken. False, and nothing changed, where the piece is not what must stand there. */
    fill(hole: Hole, piece: Uint8Array): boolean;
    /** The map, once it is complete. */
    finish(): MapSnapshot;
    /**
     * What is known so far, over what is at hand where nothing is known, as a map at hand for another assembly. All holes
     * have been given back. Its hashes are not all known, and its size is a guess.
     */
    partial(): MapSnapshot;
    /** Without the claims of what is not complete: such a branch must not pass for the whole of it. */
    private strip;
    private expect;
    private put;
    private attach;
    /** One more of what hangs on a branch is complete; with the last one, it is too. */
    private settled;
}
export {};
//# sourceMappingURL=map-assembly.d.ts.map