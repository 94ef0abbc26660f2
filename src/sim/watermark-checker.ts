/** Watermarks follow what was executed: nobody honest makes room beyond a window past what somebody honest did. */

import type { ReplicaId, Sequence } from '../core/ids.ts';
import type { AnyMessage, Machine } from '../core/machine.ts';
import { type Observer, Violation } from './observer.ts';

export class WatermarkChecker implements Observer {
  #window = 0;
  #executed: Sequence = 0;

  /** A new machine has exactly one window above where it starts. */
  restarted(_replica: ReplicaId, machine: Machine<AnyMessage, AnyMessage>): void {
    if (this.#window > 0) return;
    const { lowWatermark, highWatermark } = machine.status();
    this.#window = highWatermark - lowWatermark;
  }

  executed(_replica: ReplicaId, sequence: Sequence): void {
    if (sequence > this.#executed) this.#executed = sequence;
  }

  stepped(replica: ReplicaId, machine: Machine<AnyMessage, AnyMessage>): void {
    const { highWatermark } = machine.status();
    if (highWatermark <= this.#executed + this.#window) return;
    throw new Violation(
      'watermark',
      `replica ${replica} takes slots up to ${highWatermark}, and nobody honest executed more than ${this.#executed}`,
    );
  }
}
