/** Requests that one validator answers by itself: unordered reads, and its status. */
import type { ReplicaId, Sequence } from '../core/ids.ts';
import type { Link } from './link.ts';
import type { Submission } from './options.ts';
export interface Answer {
    readonly sequence: Sequence;
    readonly result: Uint8Array;
}
/** The validator that was asked has no lease. */
export interface NoLease {
    readonly leader: ReplicaId | undefined;
}
type Reply = Answer | NoLease | string;
export declare class Questions {
    private readonly open;
    private readonly links;
    private readonly send;
    /** 0 is the request id of the client's own probes. */
    private lastId;
    private turn;
    constructor(links: readonly Link[], send: (link: Link, items: readonly Uint8Array[]) => void);
    get size(): number;
    /** Asks one validator after another, until one answers. */
    read(payload: Uint8Array, timeoutMs: number, signal: AbortSignal | undefined): Promise<Submission<Uint8Array>>;
    /** The status text of one validator. */
    status(link: Link, timeoutMs: number): Promise<string>;
    /** Asks one validator for a read under its lease; undefined where it gave no answer in time. */
    lease(link: Link, payload: Uint8Array, timeoutMs: number): Promise<Answer | NoLease | undefined>;
    answered(requestId: number, link: Link, answer: Reply): void;
    tick(nowMs: number): void;
    close(): void;
    private ask;
    /** To the next validator that is connected, if there is one. */
    private move;
    private fail;
}
export {};
//# sourceMappingURL=questions.d.ts.map