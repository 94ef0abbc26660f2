/**
 * The witness of a vote log as a small file of its own. Two places are written in turn, in sectors of their own, so that
 * a write that is cut off leaves the mark before it. Nothing is synced: a mark that is lost with the power only lags.
 *
 *   place   magic "LSMARK\0\0" (8) ‖ count (f64) ‖ generation (u32) ‖ length (f64) ‖ seed (u32) ‖ CRC-32 of the 32 bytes before
 */
import type { Files } from './files.ts';
import type { LogWitness, WitnessMark } from './interface.ts';
/** The newest mark in the file, or undefined. */
export declare function readFileWitness(files: Files, path: string): WitnessMark | undefined;
/** Opens the witness, or makes one that knows nothing. */
export declare function openFileWitness(files: Files, path: string): LogWitness;
//# sourceMappingURL=file-witness.d.ts.map