/**
 * Why nothing is said and nothing is heard at present. A full disk is no end: what could not be written was not sent, and is
 * still queued, so that the machine stands still until it is written, and then goes on as if the disk had been slow.
 */

import { LockstepError } from '../core/errors.ts';
import type { Clock, ReplicaLog } from './ports.ts';

/** How long a full disk is left alone before it is tried again, ms. */
export const DISK_RETRY_MS = 250;

export interface StandstillOptions {
  readonly clock: Clock;
  readonly log: ReplicaLog;
  readonly stopped: () => boolean;
  /** Writes what waits; throws what the disk does. */
  readonly flush: () => void;
  /** Everything is written. */
  readonly resumed: () => void;
  readonly fail: (error: unknown) => void;
}

export class Standstill {
  private readonly o: StandstillOptions;
  private logFull: string | undefined;
  private historyFull: string | undefined;
  /** Why the state is being rolled back, while it is. */
  rollingBack: string | undefined;

  constructor(options: StandstillOptions) {
    this.o = options;
  }

  /** Undefined where nothing stands still. */
  get because(): string | undefined {
    return this.logFull ?? this.historyFull ?? this.rollingBack;
  }

  /** The log was not written, at a moment when no step is half carried out. */
  unwritten(error: unknown): void {
    if (error instanceof LockstepError && error.code === 'disk-full') this.pause(error);
    else this.o.fail(error);
  }

  private pause(error: LockstepError): void {
    this.say(error.message);
    this.logFull = error.message;
    this.o.clock.after(DISK_RETRY_MS, () => {
      if (this.o.stopped()) return;
      try {
        this.o.flush();
        this.logFull = undefined;
        this.roomAgain();
      } catch (failure) {
        this.unwritten(failure);
      }
    });
  }

  /**
   * The history was not written, or is again. Nothing that we promise is in it, but it must not fall behind for ever: what
   * the vote log may forget, the history must have.
   */
  historyUnwritten(error: unknown): void {
    if (this.o.stopped()) return;
    const why = error === undefined ? undefined : (error as Error).message;
    if (why !== undefined) this.say(why);
    this.historyFull = why;
    if (why === undefined) this.roomAgain();
  }

  /** Once for both. */
  private say(why: string): void {
    if ((this.logFull ?? this.historyFull) === undefined) {
      this.o.log.warn(`this validator does not vote: ${why}`);
    }
  }

  private roomAgain(): void {
    if (this.logFull !== undefined || this.historyFull !== undefined) return;
    this.o.log.info('there is space on the disk again: this validator votes');
    this.o.resumed();
  }
}
