/**
 * The bare message pattern of a protocol's normal case, with nothing behind the messages: a request to all, then the
 * protocol's steps, then replies. One request at a time.
 */
/** First byte of a frame; that of a step is `step` and its index, that of an echo `echo`. */
export const FLOOR_KINDS = { hello: 0, request: 1, reply: 2, echo: 3, step: 4 };
/** Rounds kept behind the newest: late messages of older ones change nothing. */
const ROUNDS_KEPT = 16;
export class FloorReplica {
    rounds = new Map();
    self;
    pattern;
    send;
    constructor(self, pattern, send) {
        this.self = self;
        this.pattern = pattern;
        this.send = send;
    }
    receive(kind, number) {
        if (kind === FLOOR_KINDS.echo)
            return;
        const round = this.round(number);
        if (round === undefined)
            return;
        if (kind === FLOOR_KINDS.request)
            round.requested = true;
        else
            this.count(round, kind - FLOOR_KINDS.step);
        while (this.stepOver(round, number)) {
            round.at++;
            round.sent = false;
            if (round.at === this.pattern.steps.length)
                this.send.reply(number);
        }
    }
    count(round, index) {
        const step = this.pattern.steps[index];
        if (step === undefined)
            return;
        round.heard[index] += 1;
        if (step.kind === 'propose' && step.votes)
            round.heard[index + 1] += 1;
    }
    /** Does our part of the present step; true: it is over here. */
    stepOver(round, number) {
        const { steps, quorum } = this.pattern;
        const step = steps[round.at];
        if (step === undefined)
            return false;
        const kind = FLOOR_KINDS.step + round.at;
        if (step.kind === 'propose') {
            if (step.by !== this.self)
                return round.heard[round.at] > 0;
            if (round.at === 0 && !round.requested)
                return false;
            this.count(round, round.at);
            this.send.toAll(kind, number, step.bytes);
            return true;
        }
        if (!round.sent) {
            round.sent = true;
            this.takePart(round, number);
        }
        if (step.kind === 'answer' && step.by !== this.self)
            return false;
        if (round.heard[round.at] < quorum)
            return false;
        if (step.kind === 'vote' && step.echoBytes !== undefined)
            this.send.toAll(FLOOR_KINDS.echo, number, step.echoBytes);
        return true;
    }
    takePart(round, number) {
        const { steps } = this.pattern;
        const step = steps[round.at];
        const before = steps[round.at - 1];
        const proposed = before?.kind === 'propose' && before.votes && before.by === this.self;
        if (proposed)
            return;
        const kind = FLOOR_KINDS.step + round.at;
        if (step.kind === 'vote')
            this.send.toAll(kind, number, step.bytes);
        else if (step.kind === 'answer' && step.by !== this.self) {
            this.send.toOne(step.by, kind, number, step.bytes);
            return;
        }
        round.heard[round.at] += 1;
    }
    round(number) {
        let round = this.rounds.get(number);
        if (round !== undefined)
            return round;
        if (this.rounds.has(number + ROUNDS_KEPT))
            return undefined;
        const heard = new Array(this.pattern.steps.length + 1).fill(0);
        round = { requested: false, at: 0, sent: false, heard };
        this.rounds.set(number, round);
        this.rounds.delete(number - ROUNDS_KEPT);
        return round;
    }
}
//# sourceMappingURL=floor-pattern.js.map