/**
 * How validators that are in different epochs find each other again. Items between connected members, whatever epoch
 * either is in:
 *
 * - `[16, epoch, voting]` hello: where its sender stands, and whether it votes there;
 * - `[17, proof, …]` the proofs of the epochs above the one that was told, oldest first.
 *
 * Whoever hears of a lower epoch answers with proofs; whoever hears of a higher one says hello, and gets them. Both at a
 * pace: a liar that claims epoch 0 for ever costs us a few proofs per pause.
 */
import { encodeValue } from '../codec/value.js';
export const HELLO_ITEM = 16;
export const PROOFS_ITEM = 17;
/** Proofs in one answer: some 40 KiB each at four validators, and 5 MiB at a hundred. */
const PROOFS_PER_ANSWER = 4;
/** Most proofs taken at once. */
const MAX_PROOFS = 16;
/** Least time between two answers to one member, and between two questions of ours to it, ms. */
const ANSWER_PAUSE_MS = 50;
export class EpochExchange {
    o;
    known = new Map();
    constructor(options) {
        this.o = options;
    }
    /** Says where we stand. */
    hello(to) {
        this.o.send(to, encodeValue([HELLO_ITEM, this.o.epochs.latest.epoch, this.o.voting()]));
    }
    /** A message of this epoch came from a member, which is not ours. */
    heard(from, epoch) {
        const { epoch: ours } = this.o.epochs.latest;
        if (epoch < ours)
            this.answer(from, epoch);
        else if (epoch > ours)
            this.ask(from);
    }
    onHello(from, item) {
        const [, epoch, voting] = item;
        if (item.length !== 3 || typeof epoch !== 'number' || typeof voting !== 'boolean')
            return 'body-malformed';
        this.of(from).mute = !voting;
        this.heard(from, epoch);
        if (!voting)
            this.o.guest(from);
        return undefined;
    }
    onProofs(item) {
        const { epochs } = this.o;
        if (item.length > 1 + MAX_PROOFS)
            return 'body-malformed';
        let added = false;
        for (const proof of item.slice(1)) {
            if (!(proof instanceof Uint8Array))
                return 'body-malformed';
            const verdict = epochs.add(proof);
            if (verdict === 'bad')
                return 'bad-claim';
            added ||= verdict === 'added';
        }
        if (added)
            this.o.advanced();
        return undefined;
    }
    /** Gives a member the proofs above an epoch at once. */
    tell(to, above) {
        const proofs = this.o.epochs.after(above, PROOFS_PER_ANSWER);
        if (proofs.length === 0)
            return;
        const item = [PROOFS_ITEM, ...proofs.map(({ bytes }) => bytes)];
        this.o.send(to, encodeValue(item));
    }
    /** Members of these that said that they have no vote. */
    mute(members) {
        return members.filter((id) => this.known.get(id)?.mute === true);
    }
    /** In a new epoch all are believed to vote until they say otherwise. */
    begin() {
        for (const known of this.known.values())
            known.mute = false;
    }
    forget(member) {
        this.known.delete(member);
    }
    answer(to, above) {
        const known = this.of(to);
        const nowMs = this.o.clock.nowMs();
        if (nowMs - known.answeredMs < ANSWER_PAUSE_MS)
            return;
        known.answeredMs = nowMs;
        this.tell(to, above);
    }
    ask(from) {
        const known = this.of(from);
        const nowMs = this.o.clock.nowMs();
        if (nowMs - known.askedMs < ANSWER_PAUSE_MS)
            return;
        known.askedMs = nowMs;
        this.hello(from);
    }
    of(member) {
        let known = this.known.get(member);
        if (known === undefined) {
            known = { answeredMs: Number.NEGATIVE_INFINITY, askedMs: Number.NEGATIVE_INFINITY, mute: false };
            this.known.set(member, known);
        }
        return known;
    }
}
//# sourceMappingURL=epoch-exchange.js.map