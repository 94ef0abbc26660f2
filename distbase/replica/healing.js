/**
 * Our state at a checkpoint is not the certified one. Until it is, we say nothing: the state goes back to the last
 * checkpoint at which it was, and the slots since then execute again. Where that helps, memory had been damaged for
 * a moment; where it does not, or where that checkpoint itself is damaged, nothing here is to be relied upon.
 */
import { LockstepError } from '../core/errors.js';
export class Healing {
    o;
    /** Where the state was rolled back for, until a checkpoint shows that it helped. */
    at;
    constructor(options) {
        this.o = options;
    }
    /** `from`: the last certified checkpoint. Throws `diverged` where going back did not help before. */
    diverged(sequence, own, certified, from) {
        const { log, telemetry, standstill, execution } = this.o;
        if (standstill.rollingBack !== undefined)
            return;
        telemetry.divergences++;
        const differs = `the state at checkpoint ${sequence} is not the certified one (${own.slice(0, 12)}… here, ${certified.slice(0, 12)}… there)`;
        if (this.at !== undefined) {
            const why = `${differs}, and was not after the slots since the last certified checkpoint were executed again, either`;
            const causes = 'an application that is not deterministic, another version of it, or a defective machine';
            throw new LockstepError('diverged', `${why}: ${causes}. Find out which before starting again`);
        }
        this.at = sequence;
        standstill.rollingBack = `${differs}: going back to checkpoint ${from}`;
        log.warn(`this validator does not vote: ${standstill.rollingBack}`, { sequence, from });
        execution.rollback(from, (sound) => this.back(from, differs, sound));
    }
    back(from, differs, sound) {
        const { store, log, standstill, rolledBack, fail } = this.o;
        if (!sound) {
            const why = `${differs}, and what this process holds of checkpoint ${from} is damaged as well`;
            const todo = 'Start it again: it goes on from its disk. If this comes again, suspect its memory';
            return fail(new LockstepError('diverged', `${why}. ${todo}`));
        }
        standstill.rollingBack = undefined;
        store.truncate(from);
        log.info('the state is that of a certified checkpoint again: executing what came after it', { from });
        rolledBack();
    }
    /** A checkpoint of ours is the certified one. */
    stable(sequence) {
        if (this.at !== undefined && sequence >= this.at)
            this.at = undefined;
    }
    /** Our state is a certified one that was fetched. */
    installed() {
        this.at = undefined;
        this.o.standstill.rollingBack = undefined;
    }
}
//# sourceMappingURL=healing.js.map