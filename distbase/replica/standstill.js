/**
 * Why nothing is said and nothing is heard at present. A full disk is no end: what could not be written was not sent, and is
 * still queued, so that the machine stands still until it is written, and then goes on as if the disk had been slow.
 */
import { LockstepError } from '../core/errors.js';
/** How long a full disk is left alone before it is tried again, ms. */
export const DISK_RETRY_MS = 250;
export class Standstill {
    o;
    logFull;
    historyFull;
    /** Why the state is being rolled back, while it is. */
    rollingBack;
    constructor(options) {
        this.o = options;
    }
    /** Undefined where nothing stands still. */
    get because() {
        return this.logFull ?? this.historyFull ?? this.rollingBack;
    }
    /** The log was not written, at a moment when no step is half carried out. */
    unwritten(error) {
        if (error instanceof LockstepError && error.code === 'disk-full')
            this.pause(error);
        else
            this.o.fail(error);
    }
    pause(error) {
        this.say(error.message);
        this.logFull = error.message;
        this.o.clock.after(DISK_RETRY_MS, () => {
            if (this.o.stopped())
                return;
            try {
                this.o.flush();
                this.logFull = undefined;
                this.roomAgain();
            }
            catch (failure) {
                this.unwritten(failure);
            }
        });
    }
    /**
     * The history was not written, or is again. Nothing that we promise is in it, but it must not fall behind for ever: what
     * the vote log may forget, the history must have.
     */
    historyUnwritten(error) {
        if (this.o.stopped())
            return;
        const why = error === undefined ? undefined : error.message;
        if (why !== undefined)
            this.say(why);
        this.historyFull = why;
        if (why === undefined)
            this.roomAgain();
    }
    /** Once for both. */
    say(why) {
        if ((this.logFull ?? this.historyFull) === undefined) {
            this.o.log.warn(`this validator does not vote: ${why}`);
        }
    }
    roomAgain() {
        if (this.logFull !== undefined || this.historyFull !== undefined)
            return;
        this.o.log.info('there is space on the disk again: this validator votes');
        this.o.resumed();
    }
}
//# sourceMappingURL=standstill.js.map