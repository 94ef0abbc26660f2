/**
 * Two processes that hold the same keys, a copied home above all, would contradict each other in one validator's name.
 * This finds them, and has one of them stop before its first vote.
 *
 * Each process draws a number when it starts, its run. Items between connected validators, outside of every protocol:
 *
 * - `[24, run, started]` by whoever connects: who it is, and since when (ms since 1970);
 * - `[25, run]` clear: the sender knows of no other process of yours;
 * - `[26, run]` challenge: somebody else in your name calls himself this run;
 * - `[27, run, started, voting, challenge, signature]` alive: the answer, which the challenger keeps for that other one.
 *
 * **What a process does.** Until all but itself of a quorum have said that it is clear, nothing that it says leaves: the
 * machine runs and its log is written, but frames wait (`Outbox.held`). For an ordinary restart that is one round
 * trip, since the kernel closes the sockets of a process that died. When it is shown an `alive` that names its own
 * run, signed with its own key, it stops.
 *
 * **What a peer does.** It has one connection per validator, and a new one that proves the identity takes the place of the old.
 * If the old one had ended before, the new process is clear at once. If it had to give way, two processes may live: then
 * the peer waits `RIVAL_MS`. One that lives dials again within that time, takes the connection back, and is
 * challenged in the name of the other; its answer is given to the other as soon as that one dials again. One that
 * does not come back is dead, and the new process is clear.
 *
 * **Why a liar cannot stop anybody.** `alive` is signed with the validator's own key over a number that is fresh with each
 * start. Nobody else can make one, and an old one names another run. A peer can keep silent, as it always could, and
 * can say that a process is clear which is not. So a quorum is asked: of the peers that the other process
 * needs in order to vote, and those that say clear here, at least f are the same. If two processes have one key, that
 * validator is one of the f that fail, and at least one of those f peers is honest.
 *
 * **Which one stops.** One that has not voted yet yields to one that has, or that started before it. Of two that vote, which
 * were apart until now, the one that started later. A clock that is wrong may choose the other one, and one only.
 */
import type { RejectionCode } from '../core/errors.ts';
import type { Item } from '../transport/interface.ts';
import type { Clock } from './ports.ts';
export declare const RUN_ITEM = 24;
export declare const CLEAR_ITEM = 25;
export declare const CHALLENGE_ITEM = 26;
export declare const ALIVE_ITEM = 27;
export declare const RUN_BYTES = 16;
/** This process. */
export interface Run {
    /** `RUN_BYTES` bytes that no other process has drawn. */
    readonly id: Uint8Array;
    /** ms since 1970. */
    readonly startedMs: number;
}
export interface TwinOptions {
    readonly run: Run;
    /** 32 bytes: `Chain.id`. */
    readonly chainId: Uint8Array;
    readonly clock: Clock;
    /** Others of a quorum. */
    readonly needed: () => number;
    /** Sends at once, whatever is held. */
    readonly send: (to: number, item: Item) => void;
    readonly sign: (input: Uint8Array) => Uint8Array;
    /** Whether this is our own signature. */
    readonly verify: (input: Uint8Array, signature: Uint8Array) => boolean;
    /** No other process votes in our name: what is held may leave. */
    readonly onClear: () => void;
    /** Another one does, and we have to stop. */
    readonly onTwin: (why: string) => void;
}
/** What an `alive` signs: `lockstep/alive/1\0` ‖ chain ‖ run ‖ started (8) ‖ voting (1) ‖ challenge. */
export declare function aliveInput(chainId: Uint8Array, { id, startedMs }: Run, voting: boolean, challenge: Uint8Array): Uint8Array;
export declare class TwinWatch {
    private readonly o;
    private readonly own;
    private readonly peers;
    private readonly saidClear;
    private isCleared;
    constructor(options: TwinOptions);
    /** Whether what this process says may leave. */
    get cleared(): boolean;
    /** `replaced`: an older connection of this peer had to give way. */
    peerUp(peer: number, replaced: boolean): void;
    /** Whether an item of this kind is ours. */
    takes(kind: unknown): boolean;
    onItem(from: number, item: readonly unknown[]): RejectionCode | undefined;
    /** Whether enough have said so; asked again where the set has changed. */
    check(): void;
    stop(): void;
    private onRun;
    private clear;
    private onClear;
    private onChallenge;
    private onAlive;
    private judge;
    private of;
}
//# sourceMappingURL=twins.d.ts.map