/**
 * How much one validator may have us read, before anything of it is decoded. The counters start anew every
 * `BUDGET_PERIOD_MS`, so that a frame costs two additions and no look at a clock. What is beyond is dropped and counted:
 * the protocols ask again for what they lack. A validator that others must hear is never cut off; one in quarantine has
 * the floor, which carries its votes.
 */
import { FLOOR_BYTES_PER_PERIOD, FLOOR_FRAMES_PER_PERIOD, MAX_BYTES_PER_PERIOD, MAX_FRAMES_PER_PERIOD, MAX_INVALID_PER_PERIOD, } from '../core/limits.js';
export const BUDGET_PERIOD_MS = 100;
export class Budget {
    throttled = false;
    #frames = 0;
    #bytes = 0;
    #invalid = 0;
    /** Whether a frame of so many bytes is read. */
    take(bytes) {
        this.#frames++;
        this.#bytes += bytes;
        // The first frame of a period is read whatever its size: one at its limit must get through.
        if (this.#frames === 1)
            return true;
        if (this.throttled)
            return this.#frames <= FLOOR_FRAMES_PER_PERIOD && this.#bytes <= FLOOR_BYTES_PER_PERIOD;
        return (this.#frames <= MAX_FRAMES_PER_PERIOD &&
            this.#bytes <= MAX_BYTES_PER_PERIOD &&
            this.#invalid <= MAX_INVALID_PER_PERIOD);
    }
    /** Something in a frame was not valid. */
    spoilt() {
        this.#invalid++;
    }
    renew() {
        this.#frames = 0;
        this.#bytes = 0;
        this.#invalid = 0;
    }
}
//# sourceMappingURL=budget.js.map