/** Restarts validators of a local cluster that die, each with a back-off of its own. */
import { describeExit } from './child.js';
/** First and longest wait before a restart, ms: doubled each time that a validator dies young. */
const FIRST_MS = 100;
const LONGEST_MS = 10_000;
/** A validator that lived this long, ms, is given the shortest wait again. */
const YOUNG_MS = 30_000;
/** What `lockstep start` ends with where a person has to change something: no restart heals that. */
const BEYOND_HELP = 2;
const LOOK_MS = 50;
/** Longest that a restarted validator is watched for its first vote, ms. */
const WATCHED_MS = 120_000;
export class Supervisor {
    /** Those that vote again. */
    restarts = [];
    cluster;
    say;
    abandoned;
    bornMs;
    waitMs;
    timers = new Set();
    stopped = false;
    /** `abandoned` is told of a validator that is left dead. Takes over the cluster's `onDeath`. */
    constructor(cluster, say, abandoned) {
        this.cluster = cluster;
        this.say = say;
        this.abandoned = abandoned;
        this.bornMs = cluster.urls.map(() => performance.now());
        this.waitMs = cluster.urls.map(() => FIRST_MS);
        cluster.onDeath = (id, exit) => this.died(id, exit);
    }
    /** Restarts nobody any more. */
    stop() {
        this.stopped = true;
        for (const timer of this.timers)
            clearTimeout(timer);
    }
    died(id, exit) {
        if (this.stopped)
            return;
        const diedMs = performance.now();
        const name = this.cluster.names[id];
        const how = `validator ${name} ${describeExit(exit)}`;
        if (exit.code === BEYOND_HELP) {
            this.say(`${how}; no restart would heal that, so it stays down`);
            this.abandoned(id);
            return;
        }
        if (diedMs - this.bornMs[id] > YOUNG_MS)
            this.waitMs[id] = FIRST_MS;
        const waitMs = this.waitMs[id];
        this.waitMs[id] = Math.min(2 * waitMs, LONGEST_MS);
        this.say(`${how}; it is started again in ${waitMs} ms`);
        const timer = setTimeout(() => {
            this.timers.delete(timer);
            this.bornMs[id] = performance.now();
            this.cluster.restart(id);
            void this.watch(id, name, diedMs, this.bornMs[id]);
        }, waitMs);
        this.timers.add(timer);
    }
    /** Says when it votes again, unless it dies before. */
    async watch(id, name, diedMs, bornMs) {
        const gone = () => this.stopped || this.bornMs[id] !== bornMs || !this.cluster.alive(id);
        let reason = 'it did not answer';
        while (!gone() && performance.now() - bornMs < WATCHED_MS) {
            reason = await this.cluster.readiness(id);
            if (gone())
                return;
            if (reason === 'ok') {
                const votingMs = performance.now() - diedMs;
                this.restarts.push({ validator: id, downMs: bornMs - diedMs, votingMs });
                this.say(`validator ${name} votes again, ${(votingMs / 1000).toFixed(1)} s after it died`);
                return;
            }
            await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
        }
        if (!gone())
            this.say(`validator ${name} runs, and does not vote yet: ${reason}`);
    }
}
//# sourceMappingURL=supervisor.js.map