/**
 * The bare message pattern of a protocol's normal case, with nothing behind the messages: a request to all, then the
 * protocol's steps, then replies. One request at a time.
 */
import type { LatencySummary } from './histogram.ts';
/**
 * One message delay.
 *  - `propose`: replica `by` sends to all others.
 *  - `vote`: each sends to all others, and goes on with a quorum of votes, its own included. With `echoBytes`, whoever has
 *    the quorum passes it on to all in one more frame, for which nobody waits.
 *  - `answer`: each sends to replica `by`, which alone goes on, with a quorum.
 */
export type FloorStep = {
    readonly kind: 'propose';
    readonly by: number;
    readonly bytes: number;
    /** It stands for its sender's vote in the next step. */
    readonly votes: boolean;
} | {
    readonly kind: 'vote';
    readonly bytes: number;
    readonly echoBytes?: number;
} | {
    readonly kind: 'answer';
    readonly by: number;
    readonly bytes: number;
};
/** Bytes are those of a frame, envelope and signature included, so that the floor moves what the protocol moves. */
export interface FloorPattern {
    readonly steps: readonly FloorStep[];
    readonly quorum: number;
    readonly requestBytes: number;
    readonly replyBytes: number;
    /** Matching replies that end a round for the client. */
    readonly replies: number;
}
/** First byte of a frame; that of a step is `step` and its index, that of an echo `echo`. */
export declare const FLOOR_KINDS: {
    readonly hello: 0;
    readonly request: 1;
    readonly reply: 2;
    readonly echo: 3;
    readonly step: 4;
};
/** What a process of the floor is told first; a replica is told all ports next. */
export type FloorOrder = {
    readonly role: 'replica';
    readonly self: number;
    readonly n: number;
    readonly pattern: FloorPattern;
    /** How much later frames leave for each replica, ms by id. */
    readonly delaysMs: readonly number[];
} | {
    readonly role: 'client';
    readonly ports: readonly number[];
    readonly pattern: FloorPattern;
    readonly warmupMs: number;
    readonly durationMs: number;
};
/** What it answers. */
export type FloorReport = {
    readonly kind: 'listening';
    readonly port: number;
} | {
    readonly kind: 'ready';
} | {
    readonly kind: 'measured';
    readonly summary: LatencySummary;
};
export interface FloorSends {
    /** To all others. */
    toAll(kind: number, round: number, bytes: number): void;
    toOne(to: number, kind: number, round: number, bytes: number): void;
    reply(round: number): void;
}
export declare class FloorReplica {
    private readonly rounds;
    private readonly self;
    private readonly pattern;
    private readonly send;
    constructor(self: number, pattern: FloorPattern, send: FloorSends);
    receive(kind: number, number: number): void;
    private count;
    /** Does our part of the present step; true: it is over here. */
    private stepOver;
    private takePart;
    private round;
}
//# sourceMappingURL=floor-pattern.d.ts.map