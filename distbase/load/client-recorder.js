/** What a closed-loop client records of itself: where its time goes, and every commit as it saw it. */
import { Timeline } from '../core/stopwatch.js';
import { encodeTimeline, machineClock } from './timeline.js';
/** Changes of part kept, some dozens per commit. */
const KEPT_CHANGES = 1 << 20;
export class ClientRecorder {
    timeline;
    clockUs = machineClock();
    commits = [];
    startUs = 0;
    constructor() {
        this.timeline = new Timeline(this.clockUs, KEPT_CHANGES);
        new PerformanceObserver((list) => {
            const offsetUs = this.clockUs() - 1000 * performance.now();
            for (const { startTime, duration } of list.getEntries()) {
                const fromUs = 1000 * startTime + offsetUs;
                this.timeline.paused(fromUs, fromUs + 1000 * duration);
            }
        }).observe({ entryTypes: ['gc'] });
    }
    /** The next transaction is about to be handed to the client. */
    starts() {
        this.startUs = this.clockUs();
    }
    /** Its last answer is being handled. */
    settled(sequence, latencyMs) {
        const { timeline, startUs } = this;
        const sentUs = [];
        for (const [to, us] of timeline.sentUs)
            sentUs[to] = us;
        const { source: from = -1, begunUs: arrivedUs } = timeline;
        this.commits.push({ startUs, settledUs: this.clockUs(), sequence, from, arrivedUs, sentUs, latencyMs });
    }
    trace() {
        return { timeline: encodeTimeline(this.timeline.data()), commits: this.commits };
    }
}
//# sourceMappingURL=client-recorder.js.map