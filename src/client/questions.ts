/** Requests that one validator answers by itself: unordered reads, and its status. */

import { encodeClientRequest } from '../codec/client-messages.ts';
import { LockstepError } from '../core/errors.ts';
import type { ReplicaId, Sequence } from '../core/ids.ts';
import type { Link } from './link.ts';
import type { Submission } from './options.ts';
import { closedError, heed } from './submissions.ts';

export interface Answer {
  readonly sequence: Sequence;
  readonly result: Uint8Array;
}

/** The validator that was asked has no lease. */
export interface NoLease {
  readonly leader: ReplicaId | undefined;
}

type Reply = Answer | NoLease | string;

interface Question {
  readonly item: Uint8Array;
  readonly startedMs: number;
  readonly deadlineMs: number;
  /** When the next validator is asked instead. */
  nextMs: number;
  link: Link | undefined;
  /** False: only the one validator that was asked first will do. */
  readonly movable: boolean;
  settled(value: Reply): void;
  failed(error: Error): void;
}

/** How long one validator may take for a read before another one is asked, ms. */
const PATIENCE_MS = 1_000;

export class Questions {
  private readonly open = new Map<number, Question>();
  private readonly links: readonly Link[];
  private readonly send: (link: Link, items: readonly Uint8Array[]) => void;
  /** 0 is the request id of the client's own probes. */
  private lastId = 0;
  private turn = 0;

  constructor(links: readonly Link[], send: (link: Link, items: readonly Uint8Array[]) => void) {
    this.links = links;
    this.send = send;
  }

  get size(): number {
    return this.open.size;
  }

  /** Asks one validator after another, until one answers. */
  read(
    payload: Uint8Array,
    timeoutMs: number,
    signal: AbortSignal | undefined,
  ): Promise<Submission<Uint8Array>> {
    const startedMs = performance.now();
    return new Promise((settled, failed) => {
      const waiter = heed(signal, { settled, failed });
      const requestId = ++this.lastId;
      const item = encodeClientRequest({ kind: 'query', requestId, payload });
      const answered = (answer: Reply): void => {
        if (typeof answer === 'string' || !('result' in answer)) return;
        const { sequence, result } = answer;
        waiter.settled({ sequence, result: result.slice(), latencyMs: performance.now() - startedMs });
      };
      this.ask(requestId, item, timeoutMs, answered, waiter.failed);
    });
  }

  /** The status text of one validator. */
  status(link: Link, timeoutMs: number): Promise<string> {
    return new Promise((resolve, reject) => {
      const requestId = ++this.lastId;
      const item = encodeClientRequest({ kind: 'status', requestId });
      const settled = (answer: Reply): void => {
        if (typeof answer === 'string') resolve(answer);
      };
      this.ask(requestId, item, timeoutMs, settled, reject, link);
    });
  }

  /** Asks one validator for a read under its lease; undefined where it gave no answer in time. */
  lease(link: Link, payload: Uint8Array, timeoutMs: number): Promise<Answer | NoLease | undefined> {
    return new Promise((resolve) => {
      const requestId = ++this.lastId;
      const item = encodeClientRequest({ kind: 'lease-query', requestId, payload });
      const settled = (answer: Reply): void => resolve(typeof answer === 'string' ? undefined : answer);
      this.ask(requestId, item, timeoutMs, settled, () => resolve(undefined), link);
    });
  }

  answered(requestId: number, link: Link, answer: Reply): void {
    const question = this.open.get(requestId);
    if (question === undefined || (!question.movable && question.link !== link)) return;
    this.open.delete(requestId);
    question.settled(answer);
  }

  tick(nowMs: number): void {
    for (const [id, question] of this.open) {
      if (nowMs >= question.deadlineMs) {
        const waitedMs = Math.round(nowMs - question.startedMs);
        this.fail(id, question, new LockstepError('timeout', `no validator answered within ${waitedMs} ms`));
      } else if (question.movable && (nowMs >= question.nextMs || question.link?.ready !== true)) {
        this.move(question, nowMs);
      }
    }
  }

  close(): void {
    for (const [id, question] of [...this.open]) this.fail(id, question, closedError());
  }

  private ask(
    id: number,
    item: Uint8Array,
    timeoutMs: number,
    settled: Question['settled'],
    failed: Question['failed'],
    link?: Link,
  ): void {
    const startedMs = performance.now();
    const question: Question = {
      item,
      startedMs,
      deadlineMs: startedMs + timeoutMs,
      nextMs: 0,
      link,
      movable: link === undefined,
      settled,
      failed,
    };
    this.open.set(id, question);
    if (link !== undefined) this.send(link, [item]);
    else this.move(question, startedMs);
  }

  /** To the next validator that is connected, if there is one. */
  private move(question: Question, nowMs: number): void {
    for (let i = 0; i < this.links.length; i++) {
      const link = this.links[this.turn++ % this.links.length]!;
      if (!link.ready) continue;
      question.link = link;
      question.nextMs = nowMs + PATIENCE_MS;
      this.send(link, [question.item]);
      return;
    }
  }

  private fail(id: number, question: Question, error: Error): void {
    this.open.delete(id);
    question.failed(error);
  }
}
