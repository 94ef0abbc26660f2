/** One client in a closed loop: the next request leaves when enough replies to the one before are in. */
import { MYSELF } from './world.js';
export class ClosedLoop {
    latenciesMs = [];
    process;
    o;
    round = 0;
    heard = 0;
    sentMs = 0;
    constructor(process, options) {
        this.process = process;
        this.o = options;
    }
    /** All rounds that are over. */
    get rounds() {
        return Math.max(0, this.round - 1);
    }
    turn(arrivals, nowMs) {
        const { replies, replyUs, requestUs } = this.o;
        let us = 0;
        for (const { from, payload } of arrivals) {
            if (from !== MYSELF) {
                us += replyUs;
                if (payload.reply !== this.round || ++this.heard !== replies)
                    continue;
            }
            const atMs = nowMs + us / 1000;
            if (this.round > this.o.warmup)
                this.latenciesMs.push(atMs - this.sentMs);
            us += requestUs;
            this.next(atMs);
        }
        return us;
    }
    next(nowMs) {
        this.round++;
        this.heard = 0;
        this.sentMs = nowMs;
        const payload = { request: this.round };
        for (const validator of this.o.validators)
            this.process.post(validator, this.o.requestBytes, payload);
    }
}
//# sourceMappingURL=client.js.map