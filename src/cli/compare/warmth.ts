/**
 * When a cluster is warm. Compilers gain by work, not by time: n processes that share the cores have each its part of
 * them, so that many validators are cold for long. What handles a slot is compiled after so many slots, what handles a
 * message after so many messages; until then a commit takes up to three times the processor time that it takes in the end,
 * and falls so slowly that stretches of a second that follow each other differ by no more than they do by chance.
 */

/** Whichever comes first: PBFT's commits at 4 validators stop falling after 3,600, Streamlet's at 7 after 350 of 70 messages. */
const SLOTS = 4_000;
const MESSAGES = 30_000;
/** And then a stretch of the warm-up takes at least this share of the best before it. */
const STILL_GAINS = 0.95;
/** Most stretches, for each validator. */
const MOST_STRETCHES = 5;

export interface Stretch {
  readonly commits: number;
  /** Of a commit, between all validators. */
  readonly messagesPerCommit: number;
  /** Of a commit: processor time, or else latency. */
  readonly took: number;
}

export class Warmth {
  commits = 0;
  private readonly validators: number;
  private messages = 0;
  private stretches = 0;
  private best = Number.POSITIVE_INFINITY;
  private gains = true;

  constructor(validators: number) {
    this.validators = validators;
  }

  add({ commits, messagesPerCommit, took }: Stretch): void {
    this.stretches++;
    this.commits += commits;
    this.messages += (commits * messagesPerCommit) / this.validators;
    this.gains = took < STILL_GAINS * this.best;
    this.best = Math.min(this.best, took);
  }

  /** The share of the work that is done, or of the time that is over. */
  get share(): number {
    return Math.max(this.commits / SLOTS, this.messages / MESSAGES, this.timeShare);
  }

  /** Whether it has done the work and gains no more; or else has had its time. */
  get enough(): boolean {
    return (this.share >= 1 && !this.gains) || this.timeShare >= 1;
  }

  private get timeShare(): number {
    return this.stretches / (MOST_STRETCHES * this.validators);
  }
}
