/** HTTP routes (GET only), whichever library serves them. */

import type { HttpReply, HttpRoute } from './interface.ts';

/**
 * Anybody may ask, as often as he likes: what is computed for it has a bound. So many answers to one question of a route are made at
 * once, a status takes half a millisecond and more; then so many per second. Beyond, whoever asks is told what was answered a moment
 * ago, and where it was something else that was asked, to come again. What takes words to ask (a slot, a key) is asked in series.
 */
export const ANSWERS_AT_ONCE = { plain: 10, worded: 100 } as const;
export const ANSWERS_PER_SECOND = { plain: 50, worded: 100 } as const;
const KINDS = ['plain', 'worded'] as const;
const MOMENT_MS = 50;

const BUSY = text(503, 'busy: ask again in a moment\n');

interface Route {
  readonly handler: HttpRoute;
  readonly left: { plain: number; worded: number };
  sinceMs: number;
  last: { readonly query: string; readonly atMs: number; readonly reply: Promise<HttpReply> } | undefined;
}

export class Routes {
  private readonly routes = new Map<string, Route>();
  private readonly nowMs: () => number;

  constructor(nowMs: () => number = () => performance.now()) {
    this.nowMs = nowMs;
  }

  add(path: string, handler: HttpRoute): void {
    this.routes.set(path, { handler, left: { ...ANSWERS_AT_ONCE }, sinceMs: this.nowMs(), last: undefined });
  }

  /** Never rejects: a handler that throws is answered 500, without its reason. */
  async answer(method: string, path: string, query: string): Promise<HttpReply> {
    const route = this.routes.get(path);
    if (route === undefined) return text(404, 'nothing here\n');
    if (method !== 'GET') return text(405, 'GET only\n');
    const nowMs = this.nowMs();
    const { last, left } = route;
    const kind = query === '' ? 'plain' : 'worded';
    const seconds = (nowMs - route.sinceMs) / 1000;
    for (const each of KINDS)
      left[each] = Math.min(ANSWERS_AT_ONCE[each], left[each] + seconds * ANSWERS_PER_SECOND[each]);
    route.sinceMs = nowMs;
    if (left[kind] >= 1) left[kind]--;
    else if (last !== undefined && nowMs - last.atMs < MOMENT_MS)
      return last.query === query ? last.reply : BUSY;
    const reply = attempt(route.handler, query);
    route.last = { query, atMs: nowMs, reply };
    return reply;
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
