/** Properties that hold in every run of every protocol, whatever its faults. Each throws a `Violation`. */
import { NULL_DIGEST } from '../core/ids.js';
import { Violation } from './observer.js';
/** Agreement: no two honest replicas execute different batches, or reach different histories, at one sequence. */
export class AgreementChecker {
    #batches = new Map();
    #histories = new Map();
    executed(replica, sequence, view, batch, history) {
        same(this.#batches, sequence, batch.digest, () => `batch at ${sequence} of replica ${replica} in view ${view}`);
        same(this.#histories, sequence, history, () => `history up to ${sequence} of replica ${replica}`);
    }
}
/** Certified checkpoints: one digest per sequence, and the one that execution gave. */
export class CheckpointChecker {
    #certified = new Map();
    #histories = new Map();
    executed(_replica, sequence, _view, _batch, history) {
        this.#histories.set(sequence, history);
    }
    stable(replica, sequence, digest) {
        same(this.#certified, sequence, digest, () => `checkpoint ${sequence} of replica ${replica}`);
        const history = this.#histories.get(sequence);
        if (history !== undefined && history !== digest) {
            throw new Violation('checkpoint', `checkpoint ${sequence} of replica ${replica} is not what was executed`);
        }
    }
}
/** Validity: only what clients submitted is executed. (That a second copy has no effect is the ledger's doing.) */
export class ValidityChecker {
    #clients;
    constructor(clients) {
        this.#clients = clients;
    }
    executed(replica, sequence, _view, batch) {
        if (batch.digest === NULL_DIGEST && batch.transactions.length > 0) {
            throw new Violation('validity', `replica ${replica} executed a null batch that is not empty at ${sequence}`);
        }
        for (const transaction of batch.transactions) {
            if (this.#clients.idOf(transaction) < 0) {
                throw new Violation('validity', `replica ${replica} executed what no client signed at ${sequence}`);
            }
        }
    }
}
/** A replica's view never goes back, restarts included; where all is well it does not change at all. */
export class ViewChecker {
    /** Whether a change of view is allowed: turn on before the first fault. */
    changesAllowed;
    /** The highest view seen so far, and the number of changes to a later one. */
    highest = 0;
    changes = 0;
    #views = new Map();
    constructor(changesAllowed) {
        this.changesAllowed = changesAllowed;
    }
    viewChanged(replica, view, _active) {
        const before = this.#views.get(replica) ?? 0;
        if (view < before)
            throw new Violation('view', `replica ${replica} went back from view ${before} to ${view}`);
        if (view > before) {
            this.changes++;
            if (!this.changesAllowed) {
                throw new Violation('view', `replica ${replica} left view ${before} for ${view} though all was well`);
            }
        }
        this.#views.set(replica, view);
        this.highest = Math.max(this.highest, view);
    }
    /** What it knew of a view without having promised anything in it, a crash may take away. */
    restarted(replica, machine) {
        this.#views.set(replica, machine.status().view);
    }
}
function same(known, sequence, digest, what) {
    const first = known.get(sequence);
    if (first === undefined)
        known.set(sequence, digest);
    else if (first !== digest) {
        throw new Violation('agreement', `${what()} is ${digest.slice(0, 8)}, elsewhere it is ${first.slice(0, 8)}`);
    }
}
//# sourceMappingURL=checkers.js.map