/** HTTP routes (GET only), whichever library serves them. */

import type { HttpReply, HttpRoute } from './interface.ts';

/**
 * Anybody may ask, as often as he likes: what is computed for it has a bound. So many answers to one question of a route are made at
 * once, a status takes half a millisecond and more; then so many per second. Beyond, whoever asks is told what was answered a moment
 * ago, and where it was something else that was asked, to come again. What takes words to ask (a slot, a key) is asked in series.
 * What takes longer than the usual counts as so many more, and is told for so much longer: the metrics take a few ms.
 */
export const ANSWERS_AT_ONCE = { plain: 10, worded: 100 } as const;
export const ANSWERS_PER_SECOND = { plain: 50, worded: 100 } as const;
const KINDS = ['plain', 'worded'] as const;
const MOMENT_MS = 50;
const USUAL_MS = 0.5;
/** However long the last answer took, with a collection in it say: nobody is told what is older than so many moments. */
const MOST_WEIGHT = 5;

/**
 * What was computed once costs to send as well: the metrics are 25 KB. So many answers to questions without words go to one
 * address a second, ten times what a dashboard and a scraper ask for; so many to all, some MB a second and a hundredth of a core.
 */
export const REPLIES_PER_SECOND = { address: 100, all: 400 } as const;
/** Addresses whose share is kept; one that is forgotten begins with a whole one, within what all have. */
const MAX_ADDRESSES = 1_024;

const BUSY = text(503, 'busy: ask again in a moment\n');

interface Route {
  readonly handler: HttpRoute;
  readonly left: { plain: number; worded: number };
  sinceMs: number;
  /** What the last answer took, in such that take the usual time. */
  weight: number;
  last: { readonly query: string; readonly atMs: number; readonly reply: Promise<HttpReply> } | undefined;
}

/** So many a second, and a second's worth at once. */
class Share {
  private left: number;
  private sinceMs: number;
  private readonly perSecond: number;

  constructor(perSecond: number, nowMs: number) {
    this.perSecond = perSecond;
    this.left = perSecond;
    this.sinceMs = nowMs;
  }

  take(nowMs: number): boolean {
    this.left = Math.min(this.perSecond, this.left + ((nowMs - this.sinceMs) / 1000) * this.perSecond);
    this.sinceMs = nowMs;
    if (this.left < 1) return false;
    this.left--;
    return true;
  }
}

export class Routes {
  private readonly routes = new Map<string, Route>();
  private readonly nowMs: () => number;
  private readonly all: Share;
  private readonly shares = new Map<string, Share>();

  constructor(nowMs: () => number = () => performance.now()) {
    this.nowMs = nowMs;
    this.all = new Share(REPLIES_PER_SECOND.all, nowMs());
  }

  add(path: string, handler: HttpRoute): void {
    this.routes.set(path, {
      handler,
      left: { ...ANSWERS_AT_ONCE },
      sinceMs: this.nowMs(),
      weight: 1,
      last: undefined,
    });
  }

  /** Never rejects: a handler that throws is answered 500, without its reason. */
  async answer(method: string, path: string, query: string, address: string): Promise<HttpReply> {
    const route = this.routes.get(path);
    if (route === undefined) return text(404, 'nothing here\n');
    if (method !== 'GET') return text(405, 'GET only\n');
    const nowMs = this.nowMs();
    const { last, left } = route;
    const kind = query === '' ? 'plain' : 'worded';
    if (kind === 'plain' && !this.mayAsk(address, nowMs)) return BUSY;
    const seconds = (nowMs - route.sinceMs) / 1000;
    for (const each of KINDS)
      left[each] = Math.min(ANSWERS_AT_ONCE[each], left[each] + seconds * ANSWERS_PER_SECOND[each]);
    route.sinceMs = nowMs;
    if (left[kind] < route.weight && last !== undefined && nowMs - last.atMs < MOMENT_MS * route.weight)
      return last.query === query ? last.reply : BUSY;
    const reply = attempt(route.handler, query);
    route.weight = Math.min(MOST_WEIGHT, Math.max(1, (this.nowMs() - nowMs) / USUAL_MS));
    left[kind] = Math.max(0, left[kind] - route.weight);
    route.last = { query, atMs: nowMs, reply };
    return reply;
  }

  private mayAsk(address: string, nowMs: number): boolean {
    let share = this.shares.get(address);
    if (share === undefined) {
      share = new Share(REPLIES_PER_SECOND.address, nowMs);
      for (const oldest of this.shares.keys()) {
        if (this.shares.size < MAX_ADDRESSES) break;
        this.shares.delete(oldest);
      }
      this.shares.set(address, share);
    }
    // Its own first: what it asks beyond that takes nothing from the others.
    return share.take(nowMs) && this.all.take(nowMs);
  }
}

async function attempt(handler: HttpRoute, query: string): Promise<HttpReply> {
  try {
    return await handler(new URLSearchParams(query));
  } catch {
    return text(500, 'the route failed\n');
  }
}

function text(status: number, body: string): HttpReply {
  return { status, contentType: 'text/plain; charset=utf-8', body };
}

const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  400: 'Bad Request',
  404: 'Not Found',
  405: 'Method Not Allowed',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** `200 OK` */
export function statusLine(status: number): string {
  return `${status} ${REASONS[status] ?? 'Status'}`;
}
