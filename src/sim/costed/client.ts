/** One client in a closed loop: the next request leaves when enough replies to the one before are in. */

import { type Arrival, MYSELF, type Party, type Process } from './world.ts';

export interface ReplyPayload {
  readonly reply: number;
}

export interface RequestPayload {
  readonly request: number;
}

export interface ClientOptions {
  readonly validators: readonly Process[];
  /** Matching replies that end a round. */
  readonly replies: number;
  readonly requestBytes: number;
  /** Rounds at the beginning that are not counted. */
  readonly warmup: number;
  /** A turn of its event loop, µs. */
  readonly turnUs: number;
  /** What a reply takes to read, and a request to make, µs. */
  readonly replyUs: number;
  readonly requestUs: number;
}

export class ClosedLoop implements Party {
  readonly latenciesMs: number[] = [];
  private readonly process: Process;
  private readonly o: ClientOptions;
  private round = 0;
  private heard = 0;
  private sentMs = 0;

  constructor(process: Process, options: ClientOptions) {
    this.process = process;
    this.o = options;
  }

  /** All rounds that are over. */
  get rounds(): number {
    return Math.max(0, this.round - 1);
  }

  turn(arrivals: readonly Arrival[], nowMs: number): number {
    const { replies, replyUs, requestUs, turnUs } = this.o;
    let us = turnUs;
    for (const { from, payload } of arrivals) {
      if (from !== MYSELF) {
        us += replyUs;
        if ((payload as ReplyPayload).reply !== this.round || ++this.heard !== replies) continue;
      }
      const atMs = nowMs + us / 1000;
      if (this.round > this.o.warmup) this.latenciesMs.push(atMs - this.sentMs);
      us += requestUs;
      this.next(atMs);
    }
    return us;
  }

  private next(nowMs: number): void {
    this.round++;
    this.heard = 0;
    this.sentMs = nowMs;
    const payload: RequestPayload = { request: this.round };
    for (const validator of this.o.validators) this.process.post(validator, this.o.requestBytes, payload);
  }
}
