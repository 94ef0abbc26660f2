/** When the vote log begins anew: above a stable checkpoint whose state is on the disk. */

import { LockstepError } from '../core/errors.ts';
import type { Epoch } from '../core/ids.ts';
import type { Telemetry } from '../core/telemetry.ts';
import type { LedgerStore, VoteLog } from '../storage/interface.ts';
import { epochMark } from './epoch-mark.ts';
import type { Execution } from './execution.ts';
import type { ReplicaLimits, ReplicaLog } from './ports.ts';

export interface LogUpkeepOptions {
  readonly voteLog: VoteLog;
  readonly store: LedgerStore;
  readonly execution: Execution;
  readonly telemetry: Telemetry;
  readonly log: ReplicaLog;
  readonly limits: Pick<ReplicaLimits, 'logCompactBytes'>;
  /** The epoch whose promises we make; undefined where we make none, and the log is left alone. */
  readonly epoch: () => Epoch | undefined;
  /** The last stable checkpoint. */
  readonly stable: () => number;
  /** What of the log is still binding, or still of use, as bytes. */
  readonly live: () => Uint8Array[];
}

export class LogUpkeep {
  private readonly o: LogUpkeepOptions;
  /** Bytes of the log when it was begun anew. */
  private beganWith = 0;

  constructor(options: LogUpkeepOptions) {
    this.o = options;
  }

  /**
   * A checkpoint became stable. A restart executes the log again, so it is short; but to save a large state costs as much as
   * a log of its size. What a new log begins with, the slots above the checkpoint, is no reason for the next one.
   */
  stable(): void {
    const { limits, execution, voteLog } = this.o;
    const enough = Math.max(limits.logCompactBytes, execution.savedBytes);
    if (voteLog.bytes - this.beganWith >= enough) this.compact();
  }

  /**
   * The state of the last stable checkpoint goes to the disk, and the log starts anew above that very checkpoint: with an
   * older state on the disk the slots between the two would be in neither. Where the disk is too full for the state, the
   * long log is as good.
   */
  compact(): void {
    const { voteLog } = this.o;
    const sequence = this.o.stable();
    try {
      // What certifies the state first: a state that nothing certifies could not be shown to those behind it.
      voteLog.flush(voteLog.appended);
      if (this.o.execution.save(sequence)) this.replace();
    } catch (error) {
      if (!(error instanceof LockstepError) || error.code !== 'disk-full') throw error;
      this.o.log.warn(`the state of a checkpoint is not saved: ${error.message}`, { sequence });
    }
  }

  private replace(): void {
    const { epoch, telemetry, store, voteLog, live } = this.o;
    // A log that is not of this epoch is nobody's any more, but only a vote may begin a new one.
    const own = epoch();
    if (own === undefined) return;
    telemetry.logReplacements++;
    // What the log gives up, a restart cannot execute again: it must be in the store by then.
    store.flushSync();
    const mark = own === 0 ? [] : [epochMark(own)];
    voteLog.replace([...mark, ...live()]);
    this.beganWith = voteLog.bytes;
  }
}
