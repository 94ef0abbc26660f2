/** What a validator's thread and its store's thread say to each other. */
import type { ErrorCode } from '../core/errors.ts';
import type { Group } from './ledger-groups.ts';
import type { Question } from './ledger-questions.ts';
export interface WorkerSetup {
    readonly path: string;
    readonly chainId: Uint8Array;
    readonly retain: number;
    /**
     * Four Int32: groups that are on the disk (`DONE`), 1 once writing failed (`FAILED`), 1 while the disk is full (`FULL`), and
     * how many bytes of UTF-8 after them say why, for a thread that waits and hears no message (`REASON_BYTES` at most).
     */
    readonly progress: SharedArrayBuffer;
}
export declare const DONE = 0;
export declare const FAILED = 1;
export declare const REASON = 2;
export declare const FULL = 3;
export declare const COUNTERS = 4;
export declare const REASON_BYTES = 1024;
export type ToWorker = {
    readonly kind: 'group';
    readonly group: Group;
} | {
    readonly kind: 'question';
    readonly id: number;
    readonly question: Question;
} | {
    readonly kind: 'close';
};
export interface PlainError {
    readonly code: ErrorCode;
    readonly message: string;
}
export type FromWorker = {
    readonly kind: 'ready';
    readonly head: number;
    readonly witness: Uint8Array | undefined;
} | {
    readonly kind: 'written';
    readonly head: number;
} | {
    readonly kind: 'failed';
    readonly error: PlainError;
}
/** What could not be written waits, and is tried again; a `written` ends it. */
 | {
    readonly kind: 'full';
    readonly error: PlainError;
} | {
    readonly kind: 'answer';
    readonly id: number;
    readonly answer: unknown;
} | {
    readonly kind: 'refused';
    readonly id: number;
    readonly error: PlainError;
} | {
    readonly kind: 'closed';
};
//# sourceMappingURL=store-protocol.d.ts.map