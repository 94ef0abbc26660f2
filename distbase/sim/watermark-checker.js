/** Watermarks follow what was executed: nobody honest makes room beyond a window past what somebody honest did. */
import { Violation } from './observer.js';
export class WatermarkChecker {
    #window = 0;
    #executed = 0;
    /** A new machine has exactly one window above where it starts. */
    restarted(_replica, machine) {
        if (this.#window > 0)
            return;
        const { lowWatermark, highWatermark } = machine.status();
        this.#window = highWatermark - lowWatermark;
    }
    executed(_replica, sequence) {
        if (sequence > this.#executed)
            this.#executed = sequence;
    }
    stepped(replica, machine) {
        const { highWatermark } = machine.status();
        if (highWatermark <= this.#executed + this.#window)
            return;
        throw new Violation('watermark', `replica ${replica} takes slots up to ${highWatermark}, and nobody honest executed more than ${this.#executed}`);
    }
}
//# sourceMappingURL=watermark-checker.js.map