/**
 * The steps of the machine, one event after the other, and the turn of the event loop that they belong to: at its end
 * the replica proposes, tells the machine who waits, flushes the log, and sends.
 */

import type { Batch } from '../core/batch.ts';
import type { Sequence } from '../core/ids.ts';
import type { AnyMessage, Effect, Effects, Machine, MachineEvent } from '../core/machine.ts';
import type { VoteLog } from '../storage/interface.ts';
import type { Outbox } from './outbox.ts';
import type { Clock } from './ports.ts';
import { DISK_RETRY_MS, type Standstill } from './standstill.ts';

export type AnyMachine = Machine<AnyMessage, AnyMessage>;
export type AnyEffect = Effect<AnyMessage, AnyMessage>;

/** How often the log is looked after, ms: how far its witness may lag behind. */
const TEND_MS = 100;

export interface TurnsOptions {
  readonly clock: Clock;
  readonly outbox: Outbox;
  readonly voteLog: VoteLog;
  readonly standstill: Standstill;
  readonly stopped: () => boolean;
  readonly effect: (effect: AnyEffect) => void;
  /** The next batch, where one is to be proposed. */
  readonly proposal: (inFlight: number, delivered: Sequence) => Batch | undefined;
  /** Since when the oldest of what is to be ordered waits; −1 where nothing does. */
  readonly oldestMs: () => number;
  /** Told where that has changed. */
  readonly waiting: (oldestMs: number) => void;
  /** No event is left, and no effect half carried out: an epoch may end here. */
  readonly between: () => void;
  readonly fail: (error: unknown) => void;
}

export class Turns {
  machine!: AnyMachine;
  private readonly o: TurnsOptions;
  private readonly timers = new Map<string, () => void>();
  private readonly events: MachineEvent<AnyMessage>[] = [];
  private readonly out: Effects<AnyMessage, AnyMessage> = [];
  private draining = false;
  private ending = false;
  private lastDemandMs = -1;

  constructor(options: TurnsOptions) {
    this.o = options;
  }

  /** Whether the machine is in the middle of its events. */
  get busy(): boolean {
    return this.draining;
  }

  /** Nothing that was meant for the machine before reaches the next one. */
  clear(): void {
    this.cancelAll();
    this.events.length = 0;
    this.lastDemandMs = -1;
  }

  cancelAll(): void {
    for (const cancel of this.timers.values()) cancel();
    this.timers.clear();
  }

  /** Events that come while another machine is made are that machine's: it is given them by `drain`. */
  begin(make: (out: Effects<AnyMessage, AnyMessage>) => AnyMachine): void {
    this.draining = true;
    this.machine = make(this.out);
    this.carryOut();
    this.draining = false;
  }

  /** An event of its own turn. What comes from others is not heard while the replica stands still. */
  event(event: MachineEvent<AnyMessage>): void {
    const { standstill } = this.o;
    if (this.o.stopped() || (standstill.because !== undefined && event.kind === 'message')) return;
    this.events.push(event);
    if (!this.draining) this.drain();
    this.endTurn();
  }

  /** An event that an effect brings: its turn comes after the effects before it. */
  follow(event: MachineEvent<AnyMessage>): void {
    this.events.push(event);
  }

  /** Steps the machine until no event is left; effects may bring new ones. */
  drain(): void {
    this.draining = true;
    try {
      for (let event = this.events.shift(); event !== undefined; event = this.events.shift()) {
        this.machine.step(event, this.o.clock.nowMs(), this.out);
        this.carryOut();
      }
    } catch (error) {
      this.o.fail(error);
    } finally {
      this.draining = false;
    }
    this.o.between();
  }

  private carryOut(): void {
    for (let i = 0; i < this.out.length; i++) this.o.effect(this.out[i]!);
    this.out.length = 0;
  }

  /** Once per turn: propose, tell the machine who waits, flush the log, send. */
  endTurn(): void {
    if (this.ending || this.o.stopped()) return;
    this.ending = true;
    this.o.clock.endOfTurn(() => {
      this.ending = false;
      if (this.o.stopped() || this.o.standstill.because !== undefined) return;
      try {
        // What waits is told after it is proposed, where it can be: then a machine knows whether more waits behind it.
        this.propose();
        if (this.demand()) this.propose();
        this.o.outbox.flush();
      } catch (error) {
        this.o.standstill.unwritten(error);
      }
    });
  }

  private propose(): void {
    for (;;) {
      // Anew each time: what was proposed last may have ended the epoch.
      const { machine, events } = this;
      const { inFlight, delivered } = machine.status();
      const batch = machine.proposable(this.o.clock.nowMs())
        ? this.o.proposal(inFlight, delivered)
        : undefined;
      if (batch === undefined && machine.drives?.() !== true) return;
      events.push(batch === undefined ? { kind: 'idle' } : { kind: 'propose', batch });
      this.drain();
    }
  }

  /** Whether there was news. */
  private demand(): boolean {
    const oldestMs = this.o.oldestMs();
    if (oldestMs === this.lastDemandMs) return false;
    this.lastDemandMs = oldestMs;
    this.o.waiting(oldestMs);
    this.events.push({ kind: 'demand', oldestMs });
    this.drain();
    return true;
  }

  setTimer(name: string, delayMs: number): void {
    this.timers.get(name)?.();
    const cancel = this.o.clock.after(delayMs, () => {
      if (this.o.standstill.because !== undefined) return this.setTimer(name, DISK_RETRY_MS);
      this.timers.delete(name);
      this.event({ kind: 'timer', timer: name });
    });
    this.timers.set(name, cancel);
  }

  cancelTimer(name: string): void {
    this.timers.get(name)?.();
    this.timers.delete(name);
  }

  /** What of the log may wait is done now and then. */
  tend(): void {
    this.o.clock.after(TEND_MS, () => {
      if (this.o.stopped()) return;
      const { outbox, standstill, voteLog } = this.o;
      try {
        // Where the disk is full, somebody else tries again.
        if (standstill.because === undefined) outbox.write();
        voteLog.tend();
      } catch (error) {
        standstill.unwritten(error);
      }
      this.tend();
    });
  }
}
