/**
 * The vote log as append-only segments in a folder; `vote-log-format.ts` gives their bytes, `vote-log-scan.ts` says what
 * is a whole log. One file, longer than most: what is written, what is durable and who is told belong together.
 */
import { type Files } from './files.ts';
import type { Durability, LogWitness, VoteLog } from './interface.ts';
export interface VoteLogOptions {
    /** The folder of the segments; made where it does not exist. */
    readonly path: string;
    /** 32 bytes: `Chain.id`. */
    readonly chainId: Uint8Array;
    readonly durability: Durability;
    /** A missing log is then `log-damaged`: for a home that has voted before. Default: an empty log is made. */
    readonly mustExist?: boolean;
    /** Default: none, so that a whole record missing at the end goes unnoticed. */
    readonly witness?: LogWitness;
    /** Default: the real disk. */
    readonly files?: Files;
    readonly segmentBytes?: number;
    /** `power` alone: zeros that are kept ahead of the records; see `reserve.ts`. */
    readonly reserveBytes?: number;
    /**
     * `power` alone. False: `flush` returns when the sync has, and blocks the thread meanwhile; true: it returns at once,
     * and `onDurable` tells.
     */
    readonly syncLater?: boolean;
    /** Told what each sync took that a promise waited for, in ms. Default: nobody is. */
    readonly onSync?: (tookMs: number) => void;
}
export interface OpenedVoteLog {
    readonly log: VoteLog;
    /** What was in the log when it was opened, oldest first; to be read before the first `replace`. */
    readonly records: Iterable<Uint8Array>;
    /** Bytes of an unfinished write that were cut off; the records in them were promised to nobody. */
    readonly cutBytes: number;
}
/**
 * Opens the log of a chain, or makes an empty one. Every record is checked before this returns. Throws
 * `LockstepError`: `log-damaged`, `wrong-chain`, `too-new`, `storage-failed`, `disk-full`.
 */
export declare function openVoteLog(options: VoteLogOptions): OpenedVoteLog;
//# sourceMappingURL=file-vote-log.d.ts.map