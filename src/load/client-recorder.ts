/** What a closed-loop client records of itself: where its time goes, and every commit as it saw it. */

import { Timeline } from '../core/stopwatch.ts';
import type { ClientTrace, TracedCommit } from './orders.ts';
import { encodeTimeline, machineClock } from './timeline.ts';

/** Changes of part kept, some dozens per commit. */
const KEPT_CHANGES = 1 << 20;

export class ClientRecorder {
  readonly timeline: Timeline;
  private readonly clockUs = machineClock();
  private readonly commits: TracedCommit[] = [];
  private startUs = 0;

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
  starts(): void {
    this.startUs = this.clockUs();
  }

  /** Its last answer is being handled. */
  settled(sequence: number, latencyMs: number): void {
    const { timeline, startUs } = this;
    const sentUs: number[] = [];
    for (const [to, us] of timeline.sentUs) sentUs[to] = us;
    const { source: from = -1, begunUs: arrivedUs } = timeline;
    this.commits.push({ startUs, settledUs: this.clockUs(), sequence, from, arrivedUs, sentUs, latencyMs });
  }

  trace(): ClientTrace {
    return { timeline: encodeTimeline(this.timeline.data()), commits: this.commits };
  }
}
