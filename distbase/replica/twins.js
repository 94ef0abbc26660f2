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
import { encodeValue } from '../codec/value.js';
import { concatBytes, fromHex, toHex } from '../core/bytes.js';
import { uint53Bytes } from '../core/uint53.js';
export const RUN_ITEM = 24;
export const CLEAR_ITEM = 25;
export const CHALLENGE_ITEM = 26;
export const ALIVE_ITEM = 27;
export const RUN_BYTES = 16;
/** How long a process that lost its connection to another has to come back: longer than a dialler waits. */
const RIVAL_MS = 2_000;
/** Least time between two answers to challenges of one peer, ms: each is a signature. */
const ANSWER_PAUSE_MS = 20;
/** Answers of one validator that are kept for its others. */
const KEPT_ANSWERS = 4;
const LABEL = new TextEncoder().encode('lockstep/alive/1\0');
function isRun(value) {
    return value instanceof Uint8Array && value.length === RUN_BYTES;
}
/** What an `alive` signs: `lockstep/alive/1\0` ‖ chain ‖ run ‖ started (8) ‖ voting (1) ‖ challenge. */
export function aliveInput(chainId, { id, startedMs }, voting, challenge) {
    return concatBytes(LABEL, chainId, id, uint53Bytes(startedMs), Uint8Array.of(voting ? 1 : 0), challenge);
}
export class TwinWatch {
    o;
    own;
    peers = new Map();
    saidClear = new Set();
    isCleared = false;
    constructor(options) {
        this.o = options;
        this.own = toHex(options.run.id);
    }
    /** Whether what this process says may leave. */
    get cleared() {
        return this.isCleared;
    }
    /** `replaced`: an older connection of this peer had to give way. */
    peerUp(peer, replaced) {
        const known = this.of(peer);
        known.rival = replaced ? (known.run ?? known.rival) : undefined;
        known.run = undefined;
        known.cancel?.();
        known.cancel = undefined;
        const { id, startedMs } = this.o.run;
        this.o.send(peer, encodeValue([RUN_ITEM, id, startedMs]));
    }
    /** Whether an item of this kind is ours. */
    takes(kind) {
        return typeof kind === 'number' && kind >= RUN_ITEM && kind <= ALIVE_ITEM;
    }
    onItem(from, item) {
        switch (item[0]) {
            case RUN_ITEM:
                return this.onRun(from, item);
            case CLEAR_ITEM:
                return this.onClear(from, item);
            case CHALLENGE_ITEM:
                return this.onChallenge(from, item);
            default:
                return this.onAlive(from, item);
        }
    }
    /** Whether enough have said so; asked again where the set has changed. */
    check() {
        if (this.isCleared || this.saidClear.size < this.o.needed())
            return;
        this.isCleared = true;
        this.o.onClear();
    }
    stop() {
        for (const { cancel } of this.peers.values())
            cancel?.();
    }
    onRun(from, item) {
        const [, id, startedMs] = item;
        if (item.length !== 3 || !isRun(id) || !Number.isSafeInteger(startedMs))
            return 'body-malformed';
        const known = this.of(from);
        const run = toHex(id);
        known.run = run;
        // The same process over a new connection.
        if (known.rival === run)
            known.rival = undefined;
        if (known.rival === undefined) {
            this.clear(from, run);
            return undefined;
        }
        const proof = known.answers.get(run);
        if (proof !== undefined)
            this.o.send(from, proof);
        this.o.send(from, encodeValue([CHALLENGE_ITEM, fromHex(known.rival)]));
        known.cancel?.();
        known.cancel = this.o.clock.after(RIVAL_MS, () => {
            if (known.run !== run)
                return;
            known.rival = undefined;
            this.clear(from, run);
        });
        return undefined;
    }
    clear(to, run) {
        this.o.send(to, encodeValue([CLEAR_ITEM, fromHex(run)]));
    }
    onClear(from, item) {
        if (item.length !== 2 || !isRun(item[1]))
            return 'body-malformed';
        if (toHex(item[1]) !== this.own)
            return 'unrequested';
        this.saidClear.add(from);
        this.check();
        return undefined;
    }
    onChallenge(from, item) {
        const [, challenge] = item;
        if (item.length !== 2 || !isRun(challenge))
            return 'body-malformed';
        const known = this.of(from);
        const nowMs = this.o.clock.nowMs();
        if (toHex(challenge) === this.own || nowMs - known.answeredMs < ANSWER_PAUSE_MS)
            return 'rate-limited';
        known.answeredMs = nowMs;
        const { run, chainId } = this.o;
        const voting = this.isCleared;
        const signature = this.o.sign(aliveInput(chainId, run, voting, challenge));
        this.o.send(from, encodeValue([ALIVE_ITEM, run.id, run.startedMs, voting, challenge, signature]));
        return undefined;
    }
    onAlive(from, item) {
        const [, id, startedMs, voting, challenge, signature] = item;
        if (item.length !== 6 || !isRun(id) || !isRun(challenge))
            return 'body-malformed';
        if (!Number.isSafeInteger(startedMs) || startedMs < 0)
            return 'body-malformed';
        if (typeof voting !== 'boolean' || !(signature instanceof Uint8Array))
            return 'body-malformed';
        const other = { id, startedMs: startedMs };
        if (toHex(challenge) === this.own)
            return this.judge(other, voting, signature);
        const known = this.of(from);
        // An answer to our challenge: for whoever calls himself that.
        if (toHex(challenge) !== known.rival || toHex(id) !== known.run)
            return 'unrequested';
        const oldest = known.answers.keys().next().value;
        if (known.answers.size >= KEPT_ANSWERS && oldest !== undefined)
            known.answers.delete(oldest);
        known.answers.set(known.rival, encodeValue([ALIVE_ITEM, id, other.startedMs, voting, challenge, signature.slice()]));
        return undefined;
    }
    judge(other, voting, signature) {
        const { run, chainId, verify, onTwin } = this.o;
        const theirs = toHex(other.id);
        if (theirs === this.own)
            return 'unrequested';
        if (!verify(aliveInput(chainId, other, voting, run.id), signature))
            return 'signature-invalid';
        const older = other.startedMs < run.startedMs || (other.startedMs === run.startedMs && theirs < this.own);
        const yields = this.isCleared ? voting && older : voting || older;
        if (!yields)
            return undefined;
        const since = new Date(other.startedMs).toISOString();
        const state = this.isCleared ? 'and votes like this one' : 'and this one has said nothing yet';
        onTwin(`another process runs with the keys of this validator, since ${since}, ${state}: two would contradict each other. This one ` +
            'stops. Find the other one and end it before this home is started, or remove this home if it is a copy');
        return undefined;
    }
    of(peer) {
        let known = this.peers.get(peer);
        if (known === undefined) {
            known = {
                run: undefined,
                rival: undefined,
                answeredMs: Number.NEGATIVE_INFINITY,
                answers: new Map(),
                cancel: undefined,
            };
            this.peers.set(peer, known);
        }
        return known;
    }
}
//# sourceMappingURL=twins.js.map