/** When the vote log begins anew: above a stable checkpoint whose state is on the disk. */
import { LockstepError } from '../core/errors.js';
import { epochMark } from './epoch-mark.js';
export class LogUpkeep {
    o;
    /** Bytes of the log when it was begun anew. */
    beganWith = 0;
    constructor(options) {
        this.o = options;
    }
    /**
     * A checkpoint became stable. A restart executes the log again, so it is short; but to save a large state costs as much as
     * a log of its size. What a new log begins with, the slots above the checkpoint, is no reason for the next one.
     */
    stable() {
        const { limits, execution, voteLog } = this.o;
        const enough = Math.max(limits.logCompactBytes, execution.savedBytes);
        if (voteLog.bytes - this.beganWith >= enough)
            this.compact();
    }
    /**
     * The state of the last stable checkpoint goes to the disk, and the log starts anew above that very checkpoint: with an
     * older state on the disk the slots between the two would be in neither. Where the disk is too full for the state, the
     * long log is as good.
     */
    compact() {
        const sequence = this.o.stable();
        try {
            if (this.o.execution.save(sequence))
                this.replace();
        }
        catch (error) {
            if (!(error instanceof LockstepError) || error.code !== 'disk-full')
                throw error;
            this.o.log.warn(`the state of a checkpoint is not saved: ${error.message}`, { sequence });
        }
    }
    replace() {
        const { epoch, telemetry, store, voteLog, live } = this.o;
        // A log that is not of this epoch is nobody's any more, but only a vote may begin a new one.
        const own = epoch();
        if (own === undefined)
            return;
        telemetry.logReplacements++;
        // What the log gives up, a restart cannot execute again: it must be in the store by then.
        store.flushSync();
        voteLog.flush(0);
        const mark = own === 0 ? [] : [epochMark(own)];
        voteLog.replace([...mark, ...live()]);
        this.beganWith = voteLog.bytes;
    }
}
//# sourceMappingURL=log-upkeep.js.map